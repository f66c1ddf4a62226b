import { expect, test } from 'vitest';
import { clipByGlobalNorm, createOptimiser, globalNorm, type OptimiserSpec, polyakUpdate } from '#math';

function walk(spec: OptimiserSpec, start: number, grads: readonly number[], rate = 0.1): number[] {
  const params = [start];
  const optimiser = createOptimiser(spec, 1);
  return grads.map((grad) => {
    optimiser.step(params, [grad], rate);
    return params[0];
  });
}

test('plain descent subtracts rate times gradient', () => {
  expect(walk({ kind: 'sgd' }, 1, [2, -1], 0.25)).toEqual([0.5, 0.75]);
});

test('momentum adds up a velocity', () => {
  // Velocities 2, then 0.5 * 2 + 1 = 2.
  expect(walk({ kind: 'sgd', momentum: 0.5 }, 1, [2, 1], 0.25)).toEqual([0.5, 0]);
});

test("Adam's first step is the rate in the direction of the gradient, whatever its size", () => {
  for (const grad of [1e-3, 5, -200]) {
    expect(walk({ kind: 'adam', epsilon: 0 }, 0, [grad])[0]).toBeCloseTo(-0.1 * Math.sign(grad), 12);
  }
});

test("Adam's second step follows from the bias-corrected moments", () => {
  // beta1 0.5, beta2 0.75: m = 0.5 * 1 = 0.5, then 0.5 * 0.5 + 0.5 * 3 = 1.75, corrected by 1 - 0.25: 7/3;
  // v = 0.25, then 0.75 * 0.25 + 0.25 * 9 = 2.4375, corrected by 1 - 0.5625: 39/7.
  const [first, second] = walk({ kind: 'adam', beta1: 0.5, beta2: 0.75, epsilon: 0 }, 0, [1, 3]);
  expect(first).toBeCloseTo(-0.1, 12);
  expect(second - first).toBeCloseTo((-0.1 * (7 / 3)) / Math.sqrt(39 / 7), 12);
});

test('epsilon joins the root after the correction, or before it as in Keras', () => {
  // After: sqrt(v) = 1, step 0.1 / (1 + 0.5). Before: sqrt of the raw 0.001, step 0.1 / (1 + 0.5 / sqrt(0.001)).
  expect(walk({ kind: 'adam', epsilon: 0.5 }, 0, [1])[0]).toBeCloseTo(-0.1 / 1.5, 12);
  expect(walk({ kind: 'adam', epsilon: 0.5, epsilonAt: 'raw' }, 0, [1])[0]).toBeCloseTo(
    -0.1 / (1 + 0.5 / Math.sqrt(0.001)),
    12,
  );
});

test('weight decay adds to the gradient in Adam and shrinks the weights in AdamW', () => {
  // Adam's first step does not feel the size of the gradient, only its sign.
  expect(walk({ kind: 'adam', weightDecay: 0.5, epsilon: 0 }, 2, [0])[0]).toBeCloseTo(1.9, 12);
  expect(walk({ kind: 'adamw', weightDecay: 0.5, epsilon: 0 }, 2, [1])[0]).toBeCloseTo(2 * (1 - 0.05) - 0.1, 12);
  expect(walk({ kind: 'adamw', epsilon: 0 }, 2, [1])[0]).toBeCloseTo(2 * (1 - 0.001) - 0.1, 12);
});

test('RMSProp divides by the root of the mean square, epsilon outside or inside the root', () => {
  // decay 0.75: mean square 0.25 * 4 = 1.
  expect(walk({ kind: 'rmsprop', decay: 0.75, epsilon: 0.25 }, 0, [2])[0]).toBeCloseTo(-0.2 / 1.25, 12);
  expect(walk({ kind: 'rmsprop', decay: 0.75, epsilon: 3, epsilonAt: 'inside' }, 0, [2])[0]).toBeCloseTo(-0.2 / 2, 12);
  expect(walk({ kind: 'rmsprop' }, 0, [2])[0]).toBeCloseTo(-0.2 / (Math.sqrt(0.01 * 4) + 1e-8), 12);
});

test.each<OptimiserSpec>([
  { kind: 'sgd' },
  { kind: 'sgd', momentum: 0.9 },
  { kind: 'adam' },
  { kind: 'adamw' },
  { kind: 'rmsprop' },
])('a restored state goes on exactly: %j', (spec) => {
  const [params, copy] = [
    [1, 2],
    [0, 0],
  ];
  const optimiser = createOptimiser(spec, 2);
  optimiser.step(params, [0.3, -2], 0.1);
  copy.splice(0, 2, ...params);
  const state = optimiser.state();
  optimiser.step(params, [0.1, 0.7], 0.1);
  const other = createOptimiser(spec, 2);
  expect(other.spec).toEqual(spec);
  other.restore(state);
  other.step(copy, [0.1, 0.7], 0.1);
  expect(copy).toEqual(params);
});

test('a state is a copy: later steps do not reach into it', () => {
  const optimiser = createOptimiser({ kind: 'adam' }, 1);
  const state = optimiser.state();
  optimiser.step([0], [1], 0.1);
  expect(state).toEqual({ steps: 0, slots: [new Float64Array(1), new Float64Array(1)] });
});

test('a state of another optimiser or of another size is refused', () => {
  const adam = createOptimiser({ kind: 'adam' }, 2);
  expect(() => adam.restore({ steps: 1, slots: [] })).toThrow(
    'optimiser adam: a state of another optimiser or network: got 0 slots of 0, expected 2 slots of 2',
  );
  expect(() => adam.restore({ steps: 1, slots: [new Float64Array(3), new Float64Array(3)] })).toThrow('2 slots of 3');
});

test('the global norm is the length of all gradients together', () => {
  expect(globalNorm([3, 0, 4])).toBe(5);
  expect(globalNorm([])).toBe(0);
});

test('gradients longer than the limit are shortened to it, shorter ones stay', () => {
  const grads = [3, 4];
  expect(clipByGlobalNorm(grads, 1, 0)).toBe(5);
  expect(grads).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.8, 12)]);
  const short = [0.3, 0.4];
  expect(clipByGlobalNorm(short, 1)).toBe(0.5);
  expect(short).toEqual([0.3, 0.4]);
  const nothing = [0, 0];
  expect(clipByGlobalNorm(nothing, 1, 0)).toBe(0);
  expect(nothing).toEqual([0, 0]);
});

test('the default offset is that of PyTorch: limit / (norm + 1e-6)', () => {
  const grads = [3, 4];
  clipByGlobalNorm(grads, 1);
  expect(grads[0]).toBeCloseTo(3 / (5 + 1e-6), 12);
});

test('target parameters go a share of the way to the online ones', () => {
  const target = [0, 10];
  polyakUpdate(target, [1, 0], 0.25);
  expect(target).toEqual([0.25, 7.5]);
  polyakUpdate(target, [1, 0], 1);
  expect(target).toEqual([1, 0]);
});
