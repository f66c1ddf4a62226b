import { type Grid, gridOf } from '../content.ts';
import type { Declaration } from '../declaration.ts';
import { noFacts, type RuleView } from '../rule.ts';
import type { Thread } from './thread.ts';

/** The grids of a declaration's parameters, by name. */
export function gridsOf({ id, parameters }: Declaration): ReadonlyMap<string, Grid> {
  const entries = Object.entries(parameters).flatMap(([name, { content }]) =>
    content === undefined ? [] : [[name, gridOf(content, `protocol ${id} › parameters.${name}`)] as const],
  );
  return new Map(entries);
}

/** What rules see of threads in words. */
export function wordView(
  { states, deadline }: Declaration,
  threads: readonly Thread[],
  agents: readonly string[],
  grids: ReadonlyMap<string, Grid>,
  now: { readonly sender: string; readonly thread: Thread; readonly tick: number },
): RuleView {
  return {
    sender: agents.indexOf(now.sender),
    thread: threads.indexOf(now.thread),
    threads: threads.length,
    tick: now.tick,
    // Who listens knows only what is said.
    facts: noFacts,
    ownerOf: (thread) => agents.indexOf(threads[thread].owner ?? ''),
    inState: (thread, state) => threads[thread].state === state,
    known: (thread, parameter) => threads[thread].bound.has(parameter),
    value: (thread, parameter) => numberOf(grids, parameter, threads[thread].bound.get(parameter)),
    uses: (thread, move) => threads[thread].uses.get(move)?.length ?? 0,
    patience(thread) {
      const { state, since } = threads[thread];
      const within = states.find(({ name }) => name === state)?.within ?? Number.POSITIVE_INFINITY;
      return Math.min(since + within, (deadline?.ticks ?? Number.POSITIVE_INFINITY) - 1) - now.tick;
    },
  };
}

/** The number that rules know a value by. */
export function numberOf(grids: ReadonlyMap<string, Grid>, parameter: string, value: unknown): number {
  if (value === undefined) return 0;
  const grid = grids.get(parameter);
  return grid === undefined ? (value as number) : grid.base + grid.indexOf(value);
}
