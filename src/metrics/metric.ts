import type { EpisodeRecord } from '#core';

/**
 * Says one value about an episode. `weight` is what it counts in the mean (a rate over opportunities has their number);
 * `suffix` names a member of a family: metric `game/jointAction` with suffix `C,D` is logged as `game/jointAction/C,D`.
 */
export type Emit = (value: number, weight?: number, suffix?: string) => void;

/** A number about episodes: one file, one line in `index.ts`. */
export interface Metric {
  /** `group/name`, as it stands in the log. */
  readonly id: string;
  readonly title: string;
  /** What it says, in a sentence or two that stand beside the figure. */
  readonly description: string;
  readonly unit: string;
  readonly range: readonly [low: number, high: number];
  /** Which way is better for whoever is measured. Absent where it depends on what one asks for. */
  readonly better?: 'higher' | 'lower';
  /** Paper, equation or definition. */
  readonly source: string;
  /** Emits nothing for an episode that it does not apply to. */
  measure(episode: EpisodeRecord, emit: Emit): void;
}
