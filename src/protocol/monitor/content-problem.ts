import type { Grid } from '../content.ts';
import type { Declaration, Move } from '../declaration.ts';
import type { Thread } from './thread.ts';

/** What is wrong with the content of a move in a thread; undefined where nothing is. */
export function contentProblem(
  { parameters }: Declaration,
  move: Move,
  thread: Thread,
  content: Readonly<Record<string, unknown>>,
  grids: ReadonlyMap<string, Grid>,
): string | undefined {
  const carried = [...move.in, ...move.out];
  const missing = carried.find((name) => !Object.hasOwn(content, name));
  if (missing !== undefined) return `"${missing}" is missing`;
  const extra = Object.keys(content).find((name) => !carried.includes(name));
  if (extra !== undefined) return `"${extra}" does not belong there`;
  for (const name of move.in) {
    const bound = JSON.stringify(thread.bound.get(name));
    const said = JSON.stringify(content[name]);
    if (said !== bound) return `"${name}" is ${bound}, not ${said}`;
  }
  for (const name of move.out) {
    if (parameters[name].key === true) {
      const next = thread.keys.get(name) ?? 0;
      if (content[name] !== next) return `"${name}" is ${next} next, not ${JSON.stringify(content[name])}`;
    } else if ((grids.get(name) as Grid).indexOf(content[name]) < 0) {
      return `"${name}" is not of its type: ${JSON.stringify(content[name])?.slice(0, 80)}`;
    }
  }
  return undefined;
}
