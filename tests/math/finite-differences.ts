import { expect } from 'vitest';

/** The derivative of `f` with respect to each number of `at`, by central differences of fourth order. */
export function numericGradient(f: (x: number[]) => number, at: readonly number[], step = 1e-3): number[] {
  return at.map((_, i) => {
    const moved = (by: number) => f(at.map((value, j) => (i === j ? value + by : value)));
    return (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step);
  });
}

/** Expects a gradient to be that of `f`; the differences are good to about 1e-9. */
export function expectGradient(f: (x: number[]) => number, at: readonly number[], gradient: ArrayLike<number>): void {
  const expected = numericGradient(f, at);
  expect(gradient.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(gradient[i] - value), `derivative ${i}: ${gradient[i]} against ${value}`).toBeLessThan(
      1e-7 * Math.max(1, Math.abs(value)),
    );
  });
}
