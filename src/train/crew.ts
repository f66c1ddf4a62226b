import type { Match, PlayedEpisode, Program, ProgramSnapshot, TrainedPolicy, UpdateReport } from './program.ts';

/** The threads of a training, as the one that steers them sees them. */
export interface Crew {
  readonly threads: number;
  /** One report a thread. */
  update(progress: number): Promise<readonly UpdateReport[]>;
  evaluate(matches: readonly Match[]): Promise<readonly PlayedEpisode[]>;
  snapshot(): Promise<Required<ProgramSnapshot>>;
  restore(snapshot: Required<ProgramSnapshot>): Promise<void>;
  policies(): Promise<readonly TrainedPolicy[]>;
  measureGame(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/** A crew of one: the program runs in this thread, between turns of the event loop. */
export function soloCrew(program: Program): Crew {
  return {
    threads: 1,
    update: async (progress) => [program.update(progress)],
    evaluate: async (matches) => program.evaluate(matches),
    snapshot: async () => joinSnapshots([program.snapshot()]),
    restore: async (snapshot) => program.restore(snapshot),
    policies: async () => program.policies(),
    measureGame: async () => program.measureGame(),
    close: async () => {},
  };
}

/** The threads' snapshots as one, shards in order: the same whatever threads there were. */
export function joinSnapshots(parts: readonly ProgramSnapshot[]): Required<ProgramSnapshot> {
  return {
    learners: parts.flatMap(({ learners }) => learners ?? []),
    shards: parts.flatMap(({ shards }) => shards).sort((a, b) => a.shard - b.shard),
  };
}
