/**
 * The error function in double precision: Abramowitz and Stegun 7.1.6 near zero, 7.1.14 (a continued fraction) further out, from which
 * single precision cannot tell it from 1.
 */
export function erf(x: number): number {
  const s = Math.abs(x);
  if (s < 2.5) {
    let term = s;
    let sum = s;
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= (2 * s * s) / (2 * n + 1);
      sum += term;
    }
    return (Math.sign(x) * 2 * Math.exp(-s * s) * sum) / Math.sqrt(Math.PI);
  }
  if (!(s < 6)) return Number.isNaN(x) ? NaN : Math.sign(x);
  let tail = s;
  for (let n = 80; n > 0; n--) tail = s + n / 2 / tail;
  return Math.sign(x) * (1 - Math.exp(-s * s) / (tail * Math.sqrt(Math.PI)));
}
