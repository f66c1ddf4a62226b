/**
 * Quantile of Student's t distribution by bisection of its distribution function.
 *
 * Units: p a probability between 0 and 1, `freedom` degrees of freedom, at least 1.
 * Source: P(T <= t) = 1 - I(v / (v + t²); v/2, 1/2) / 2 for t >= 0 (Abramowitz and Stegun 26.7.1).
 *
 * @example
 * studentQuantile(0.975, 4) // 2.776
 */
export function studentQuantile(p: number, freedom: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, freedom);
  const tail = (t: number) => regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  let high = 1;
  while (tail(high) > 1 - p) high *= 2;
  let low = 0;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (tail(middle) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Regularised incomplete beta function I(x; a, b).
 *
 * Source: continued fraction (Abramowitz and Stegun 26.5.8), summed by the modified Lentz method (Thompson and Barnett 1986).
 *
 * @example
 * regularisedBeta(0.25, 1, 1) // 0.25
 */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on one side of the mean only; the function is symmetric.
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) - logBeta(a, b)) / a;
  const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let fraction = 1;
  let c = 1;
  let d = 0;
  for (let i = 0; i < 500; i++) {
    const m = Math.floor(i / 2);
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    const numerator = i === 0 ? 1 : i % 2 === 0 ? even : odd;
    d = 1 / away(1 + numerator * d);
    c = away(1 + numerator / c);
    fraction *= c * d;
    if (i > 0 && Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * (fraction - 1);
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Source: Stirling's series (Abramowitz and Stegun 6.1.41) after shifting the argument above 10 by recurrence. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) {
    shift += Math.log(z);
    z++;
  }
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5) - 1 / (1680 * z ** 7);
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
