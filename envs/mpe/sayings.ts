import type { Saying } from '#core';

/** Words that were said, step by step: what a language is measured by. Shapes: words, moves [steps, agents]. */
export interface Log {
  readonly words: Int8Array;
  readonly moves: Int8Array;
}

/** Who speaks to whom about what. */
export interface Channel {
  readonly speaker: number;
  readonly listener: number;
  readonly meaning: number;
  /** Whether the speaker moves as well. */
  readonly moves: boolean;
}

/** Room for an episode of at most `steps`. */
export function emptyLog(steps: number, agents: number): Log {
  return { words: new Int8Array(steps * agents), moves: new Int8Array(steps * agents) };
}

/** What each speaker said in `steps` steps; it is heard at the step after. */
export function sayingsOf(
  { words, moves }: Log,
  steps: number,
  agents: number,
  channels: readonly Channel[],
): Saying[] {
  const said: Saying[] = [];
  const told = Math.min(steps, words.length / agents);
  for (let step = 0; step < told; step++) {
    for (const { speaker, listener, meaning, moves: walks } of channels) {
      said.push({
        speaker,
        meaning: [meaning],
        message: [words[step * agents + speaker]],
        ...(walks ? { own: moves[step * agents + speaker] } : {}),
        ...(step + 1 < told ? { answer: moves[(step + 1) * agents + listener] } : {}),
      });
    }
  }
  return said;
}
