import type { ScoreMatrix } from '#math';
import type { Inputs, Vector } from '../binding.ts';
import { type Tolerance, tolerance } from '../compare.ts';
import type { Fields, GoldenFile, Json } from '../entries.ts';

/** What statistics.json promises: 1e-9, p-values 1e-7. */
export const statistical = (place: string): Tolerance => tolerance(/\.pvalue$/i.test(place) ? 1e-7 : 1e-9);

export const scoresCall = /^the score matrices/;
export const samplesCall = /^the samples used by the tests/;

/** What an entry that only hands out data for others holds under a name. */
export function shared(file: GoldenFile, call: RegExp, name: string): Json {
  const source = file.entries.find((entry) => call.test(entry.call));
  const data = (source?.outputs as Fields | undefined)?.[name];
  if (data === undefined) throw new Error(`no shared data called "${name}"`);
  return data;
}

/** The shared score matrix that an input names. */
export function scoresOf(file: GoldenFile, inputs: Inputs, key: string): ScoreMatrix {
  return shared(file, scoresCall, inputs.get<string>(key)) as unknown as ScoreMatrix;
}

/** The shared samples that a call names, such as `x` or, for its first six numbers, `x[:6]`. */
export function samplesIn(file: GoldenFile, call: string, pattern: RegExp): Vector[] {
  const match = pattern.exec(call);
  if (match === null) throw new Error(`cannot read the samples of "${call}"`);
  return match.slice(1).map((spelled) => {
    const [, name, count] = /^(\w+)(?:\[:(\d+)\])?$/.exec(spelled.trim()) ?? [];
    const values = shared(file, samplesCall, name) as Vector;
    return count === undefined ? values : values.slice(0, Number(count));
  });
}
