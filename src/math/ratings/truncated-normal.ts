import { inverseMills, normalDensity, normalDistribution } from '../statistics/normal.ts';

/** How learning that a standard normal difference falls into a range moves its mean and shrinks its variance. */
export interface Truncation {
  /** Shift of the mean, in deviations. */
  readonly shift: number;
  /** Share of the variance that goes. */
  readonly shrink: number;
}

/**
 * A difference with mean `t` turned out above `margin`.
 *
 * Source: Herbrich, Minka and Graepel (2007), "TrueSkill", functions V and W of a win.
 *
 * @example
 * truncateAbove(0, 0).shift // Math.sqrt(2 / Math.PI)
 */
export function truncateAbove(t: number, margin: number): Truncation {
  const x = t - margin;
  const shift = inverseMills(x);
  return { shift, shrink: shift * (shift + x) };
}

/**
 * A difference with mean `t` turned out between -margin and margin.
 *
 * Source: Herbrich, Minka and Graepel (2007), functions V and W of a draw.
 *
 * @example
 * truncateWithin(0, 1).shift // 0
 */
export function truncateWithin(t: number, margin: number): Truncation {
  const [low, high] = [-margin - t, margin - t];
  const inside = normalDistribution(high) - normalDistribution(low);
  // Where no probability is left inside, the difference sits at the nearer end.
  if (inside < 1e-300) return { shift: t > 0 ? margin - t : -margin - t, shrink: 1 };
  const shift = (normalDensity(low) - normalDensity(high)) / inside;
  const shrink = shift * shift + (high * normalDensity(high) - low * normalDensity(low)) / inside;
  return { shift, shrink };
}
