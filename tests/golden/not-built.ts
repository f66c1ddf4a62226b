import type { GoldenEntry } from './entries.ts';

/** Calls that nothing here answers yet, each with what is missing. Whoever builds it removes it and writes the binding. */
export interface NotBuilt {
  readonly file: string;
  readonly call: RegExp;
  /** Only entries about these games of OpenSpiel. */
  readonly games?: RegExp;
  readonly missing: string;
}

export const notBuilt: readonly NotBuilt[] = [
  {
    file: 'rl-math',
    call: /^(GRUCell|layers\.GRU\(reset_after=True\))/,
    missing: 'a GRU that resets after the product: models of tfjs know only the other one',
  },
];

/** What marl-eval says about its own file format, which belongs to an exporter. */
export const marlEvalOutputsNotBuilt: readonly string[] = ['metricKeys', 'extra'];

/** Whether an entry is about something on the list. */
export function isNotBuilt(entry: GoldenEntry, list: readonly NotBuilt[] = notBuilt): boolean {
  return list.some(
    ({ file, call, games }) =>
      file === entry.file && call.test(entry.call) && (games === undefined || games.test(String(entry.fields.game))),
  );
}
