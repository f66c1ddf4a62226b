/**
 * The threads that train together, as one of them sees it. Work is split into a fixed number of logical shards; each thread
 * owns some of them, all threads run the same program, and whatever is combined is combined in shard order. So the result
 * does not depend on how many threads there are.
 */
export interface Team {
  /** S, logical shards in all. */
  readonly shards: number;
  /** The shards of this thread, ascending. */
  readonly mine: readonly number[];
  /** Whether this thread does what is done once. */
  readonly first: boolean;
  /** Waits until every thread has come here; what they wrote before is visible after. */
  barrier(): void;
}

/** The team of a single thread, which owns every shard. */
export function soloTeam(shards: number): Team {
  return { shards, mine: Array.from({ length: shards }, (_, s) => s), first: true, barrier: () => {} };
}

/** Lets the first thread alone do `work` between two barriers. */
export function once(team: Team, work: () => void): void {
  team.barrier();
  if (team.first) work();
  team.barrier();
}
