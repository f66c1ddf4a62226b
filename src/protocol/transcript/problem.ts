/** What can be wrong with a transcript. */
export const problemKinds = {
  malformed: 'The line is no record.',
  edited: 'The record was changed after it was written.',
  dropped: 'A record is missing.',
  moved: 'The record is not in its place.',
  replayed: 'The record was written elsewhere: in another place, or in another episode.',
  truncated: 'The end is missing.',
  signature: 'The checkpoint is not what the key of the transcript has signed.',
  'foreign-key': 'The key is not one that is trusted.',
  different: 'Playing the episode again gives something else.',
  nonconforming: 'What was said does not conform to the protocol.',
} as const;

export type ProblemKind = keyof typeof problemKinds;

/** Something wrong, with its place. */
export interface Problem {
  readonly kind: ProblemKind;
  /** Line of the file, from 1: of the record, or where it should be. */
  readonly line: number;
  /** Number of the record; null where the line has none. */
  readonly record: number | null;
  readonly message: string;
}
