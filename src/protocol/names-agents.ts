import { gridOf } from './content.ts';
import type { Declaration } from './declaration.ts';
import { participantsOf } from './talk/participants.ts';

/** The agents that the values of a parameter name, by the numbers of the values; undefined where some value names none. */
export function namesAgents(declaration: Declaration, parameter: string): Int32Array | undefined {
  const { content } = declaration.parameters[parameter];
  if (content === undefined) return undefined;
  const { names } = participantsOf(declaration);
  const grid = gridOf(content, `protocol ${declaration.id} › parameters.${parameter}`);
  if (grid.size > names.length) return undefined;
  const agents = Int32Array.from({ length: grid.size }, (_, value) => names.indexOf(grid.valueAt(value) as string));
  return agents.includes(-1) ? undefined : agents;
}
