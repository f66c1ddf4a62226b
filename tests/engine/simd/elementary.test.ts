import { describe, expect, it } from 'vitest';
import { simdEngine, variants } from './engines.ts';
import { erf } from './erf.ts';

const smallestNormal = 2 ** -126;

/** Distance of neighbouring single-precision numbers at x. */
function unitInLastPlace(x: number): number {
  const size = Math.abs(x);
  if (size < smallestNormal) return 2 ** -149;
  return 2 ** (Math.floor(Math.log2(size)) - 23);
}

const functions = {
  exp: { kernel: 'expArray', exact: Math.exp, bound: 1 },
  log: { kernel: 'logArray', exact: Math.log, bound: 1 },
  tanh: { kernel: 'tanhArray', exact: Math.tanh, bound: 6 },
  sigmoid: {
    kernel: 'sigmoidArray',
    exact: (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
    bound: 3,
  },
  erf: { kernel: 'erfArray', exact: erf, bound: 9 },
} as const;

describe.each(variants)('on %s kernels', (variant) => {
  const engine = simdEngine(variant);
  const size = 1 << 16;
  const x = engine.memory.float32(size);
  const y = engine.memory.float32(size);
  const bits = new Int32Array(x.buffer, x.byteOffset, size);

  /** Runs a kernel on the first numbers of x. */
  const run = (name: keyof typeof functions) => {
    engine.kernels[functions[name].kernel](x.byteOffset, y.byteOffset, size);
  };

  it.each(Object.keys(functions) as (keyof typeof functions)[])(
    '%s is within its bound of the exact value on every 4001st number there is, and at its bounds',
    (name) => {
      const { exact, bound } = functions[name];
      let worst = 0;
      const check = () => {
        run(name);
        for (let i = 0; i < size; i++) {
          // Below e^-87 the sigmoid stays where it is.
          if (name === 'sigmoid' && x[i] < -87) {
            if (y[i] >= 0 && y[i] < 1.7e-38) continue;
            worst = Infinity;
          }
          const want = exact(x[i]);
          if (Math.fround(want) === y[i] || (Number.isNaN(want) && Number.isNaN(y[i]))) continue;
          const error = Math.abs(y[i] - want) / unitInLastPlace(want);
          if (!(error <= worst)) worst = error;
        }
      };
      for (let from = -(2 ** 31); from < 2 ** 31; from += 4001 * size) {
        for (let i = 0; i < size; i++) bits[i] = (from + i * 4001) | 0;
        check();
      }
      // Where results leave the range of numbers, and where the arguments are cut off.
      for (const edge of [
        88.72283935546875,
        -87,
        -87.33654,
        -103.972,
        -104,
        8.18,
        -8.18,
        3.92,
        -3.92,
        Math.SQRT1_2,
        Math.SQRT2,
      ]) {
        x[size / 2] = edge;
        const middle = bits[size / 2];
        for (let i = 0; i < size; i++) bits[i] = middle + i - size / 2;
        check();
      }
      expect(worst).toBeLessThanOrEqual(bound);
    },
  );

  it('special numbers give their limits', () => {
    const special = [0, -0, Infinity, -Infinity, NaN, 1e-45, -1e-45, 1e38, -1e38];
    x.set(special);
    const result = (name: keyof typeof functions) => {
      run(name);
      return [...y.subarray(0, special.length)];
    };
    expect(result('exp')).toEqual([1, 1, Infinity, 0, NaN, 1, 1, Infinity, 0]);
    const log = result('log');
    expect(log.slice(0, 5)).toEqual([-Infinity, -Infinity, Infinity, NaN, NaN]);
    expect(log[5]).toBeCloseTo(Math.log(2 ** -149), 4);
    expect([log[6], log[8]]).toEqual([NaN, NaN]);
    const tanh = result('tanh');
    expect([tanh[0], tanh[1], tanh[4], tanh[5], tanh[6]]).toEqual([0, -0, NaN, 2 ** -149, -(2 ** -149)]);
    for (const i of [2, 7]) expect(tanh[i] <= 1 && tanh[i] > 1 - 2.4e-7).toBe(true);
    for (const i of [3, 8]) expect(tanh[i] >= -1 && tanh[i] < -1 + 2.4e-7).toBe(true);
    const sigmoid = result('sigmoid');
    expect([0, 1, 2, 4, 5, 6, 7].map((i) => sigmoid[i])).toEqual([0.5, 0.5, 1, NaN, 0.5, 0.5, 1]);
    for (const i of [3, 8]) expect(sigmoid[i] < 1.7e-38).toBe(true);
  });

  it('tanh is never above 1, whatever the rounding', () => {
    for (let from = 2; from < 9; from += 0.25) {
      x[0] = from;
      const start = bits[0];
      x[0] = from + 0.25;
      const numbers = bits[0] - start;
      for (let done = 0; done < numbers; done += size) {
        for (let i = 0; i < size; i++) bits[i] = start + done + i;
        run('tanh');
        let highest = 0;
        for (let i = 0; i < size; i++) if (y[i] > highest) highest = y[i];
        expect(highest).toBeLessThanOrEqual(1);
      }
    }
  });
});
