import { huber, huberDerivative } from './huber.ts';
import type { Numbers, Writable } from './numbers.ts';

export interface ValueLossOptions {
  /** How far a value may move from the old one before its gradient stops; null for no limit. */
  readonly valueClip: number | null;
  /** Where the loss turns from quadratic to linear; null for half the squared error everywhere. */
  readonly huberDelta: number | null;
}

/** Rows of a value loss. `oldValues` is read only where `valueClip` is set. */
export interface ValueRows {
  readonly values: Numbers;
  readonly oldValues: Numbers;
  readonly returns: Numbers;
}

/**
 * The value loss of PPO and MAPPO: per row the larger of loss(v - R) and loss(clip(v) - R), where clip keeps v within
 * `valueClip` of the old value. Adds weight d loss/d v to `gradValues` and returns the unweighted sum of the rows.
 *
 * Shapes: values, oldValues, returns, gradValues [B].
 * Source: Schulman et al. (2017), eq. 9, with the clipping of the authors' code; Huber form after Yu et al. (2022), "The
 * surprising effectiveness of PPO in cooperative multi-agent games", appendix.
 */
export function valueLoss(
  rows: ValueRows,
  count: number,
  options: ValueLossOptions,
  weight: number,
  gradValues: Writable,
): number {
  const { values, oldValues, returns } = rows;
  const clip = options.valueClip ?? Number.POSITIVE_INFINITY;
  // Beyond any error the quadratic part goes on for ever, so that one formula serves both.
  const delta = options.huberDelta ?? Number.POSITIVE_INFINITY;
  let total = 0;
  for (let row = 0; row < count; row++) {
    const error = values[row] - returns[row];
    const loss = huber(error, delta);
    const move = clip === Number.POSITIVE_INFINITY ? 0 : values[row] - oldValues[row];
    if (Math.abs(move) <= clip) {
      total += loss;
      gradValues[row] += weight * huberDerivative(error, delta);
      continue;
    }
    const clipped = huber(oldValues[row] + Math.sign(move) * clip - returns[row], delta);
    total += Math.max(loss, clipped);
    // The clipped value no longer depends on the network.
    if (loss > clipped) gradValues[row] += weight * huberDerivative(error, delta);
  }
  return total;
}
