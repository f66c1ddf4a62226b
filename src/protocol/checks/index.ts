import type { Declaration } from '../declaration.ts';
import { ambiguousReply } from './ambiguous-reply.ts';
import type { DeclarationCheck, Finding } from './check.ts';
import { deadEnd } from './dead-end.ts';
import { endlessLoop } from './endless-loop.ts';
import { endlessWait } from './endless-wait.ts';
import { explore } from './explore.ts';
import { silentRole } from './silent-role.ts';
import { unreachableState } from './unreachable-state.ts';
import { wrongParty } from './wrong-party.ts';

export type { CounterExample, DeclarationCheck, Finding } from './check.ts';
export { counterExampleText } from './check.ts';
export type { Step } from './explore.ts';

/** What is asked of an automaton: one file and one line each. */
export const declarationChecks: readonly DeclarationCheck[] = [
  unreachableState,
  deadEnd,
  endlessLoop,
  endlessWait,
  ambiguousReply,
  silentRole,
  wrongParty,
];

/**
 * What is wrong with a declaration's automaton, each with a counter-example; empty where nothing is.
 *
 * @example
 * const talk = declare({
 *   id: 'talk',
 *   roles: [{ name: 'a', count: 2 }],
 *   states: [{ name: 'open' }],
 *   moves: [{ id: 'say', performative: 'inform', by: 'a', from: ['open'], to: 'open' }],
 * });
 * checkDeclaration(talk).map(({ check }) => check) // ['dead-end', 'endless-loop', 'endless-wait']
 */
export function checkDeclaration(declaration: Declaration): readonly Finding[] {
  const graphs = explore(declaration);
  return declarationChecks.flatMap((check) =>
    check.find(declaration, graphs).map((found) => ({ check: check.id, ...found })),
  );
}
