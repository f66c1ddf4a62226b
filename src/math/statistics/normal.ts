const rootTwoPi = Math.sqrt(2 * Math.PI);

/**
 * The density of the standard normal distribution.
 *
 * @example
 * normalDensity(0) // 1 / Math.sqrt(2 * Math.PI)
 */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / rootTwoPi;
}

/**
 * The probability that a standard normal variable is at most `x`, with full relative precision in the lower tail.
 *
 * Source: power series (Abramowitz and Stegun 26.2.11) in the middle, continued fraction (26.2.14) in the tails.
 *
 * @example
 * normalDistribution(1.959963984540054) // 0.975
 */
export function normalDistribution(x: number): number {
  if (x < -2.5) return upperTail(-x);
  if (x > 2.5) return 1 - upperTail(x);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

function upperTail(x: number): number {
  return normalDensity(x) / tailFraction(x);
}

/** Density over upper tail for x >= 2.5, from the innermost fraction outwards; 120 are enough for double precision there. */
function tailFraction(x: number): number {
  let fraction = x;
  for (let k = 120; k > 0; k--) fraction = x + k / fraction;
  return fraction;
}

/**
 * Density over distribution function, without loss where both vanish; the mean of -X given that X < x.
 *
 * Source: the inverse of Mills's ratio, at -x.
 *
 * @example
 * inverseMills(0) // Math.sqrt(2 / Math.PI)
 */
export function inverseMills(x: number): number {
  return x < -2.5 ? tailFraction(-x) : normalDensity(x) / normalDistribution(x);
}

/**
 * The value below which a standard normal variable lies with probability `p`.
 *
 * Units: p strictly between 0 and 1.
 * Source: Newton's iteration on the distribution function, started at the bound that bisection over -40..40 gives.
 *
 * @example
 * normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  let low = -40;
  let high = 0;
  for (let i = 0; i < 12; i++) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < p) low = middle;
    else high = middle;
  }
  // Below the root the function is convex, so Newton's steps from the right end never leave the bracket.
  let x = high;
  for (let i = 0; i < 50; i++) {
    const step = (normalDistribution(x) - p) / normalDensity(x);
    x -= step;
    if (Math.abs(step) < 1e-15 * Math.max(1, Math.abs(x))) break;
  }
  return x;
}
