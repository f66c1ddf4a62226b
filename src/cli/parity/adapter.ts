import type { Difference } from './difference.ts';

/** What replaying a recorded episode came to. */
export interface Verdict {
  /** Our world's id. */
  readonly world: string;
  /** Steps that were played and compared. */
  readonly steps: number;
  readonly difference: Difference | null;
}

/** Knows how to replay the records of some upstream worlds in one of ours. */
export interface ParityAdapter {
  /** The `format` of the case files it reads. */
  readonly format: string;
  /** Names of recorded worlds; one that ends with `*` stands for all that begin so. */
  readonly recorded: readonly string[];
  /** Throws: PolityError (input) when the record is malformed or asks for what our world does not have. */
  replay(recorded: unknown, file: string): Verdict;
}

/** Whether an adapter answers for a recorded world. */
export function answersFor({ recorded }: ParityAdapter, world: string): boolean {
  return recorded.some((name) => (name.endsWith('*') ? world.startsWith(name.slice(0, -1)) : world === name));
}
