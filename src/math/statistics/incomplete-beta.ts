/**
 * Regularised incomplete beta function I(x; a, b).
 *
 * Units: a, b > 0; x is cut to 0..1.
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
  let fraction = 1;
  let c = 1;
  let d = 0;
  for (let i = 0; i < 500; i++) {
    const numerator = coefficient(i, x, a, b);
    d = 1 / (1 + numerator * d);
    c = 1 + numerator / c;
    fraction *= c * d;
    if (i > 0 && Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * (fraction - 1);
}

/** The i-th partial numerator of the continued fraction; the first one is 1. */
function coefficient(i: number, x: number, a: number, b: number): number {
  if (i === 0) return 1;
  const m = Math.floor(i / 2);
  if (i % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * The logarithm of the gamma function.
 *
 * Units: x > 0.
 * Source: Stirling's series (Abramowitz and Stegun 6.1.41) after shifting the argument above 10 by recurrence.
 *
 * @example
 * logGamma(5) // Math.log(24)
 */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) {
    shift += Math.log(z);
    z++;
  }
  const inverse = 1 / (z * z);
  const series =
    (1 / 12 -
      (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360) * inverse) * inverse) * inverse) * inverse) *
        inverse) /
    z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
