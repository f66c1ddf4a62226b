import { describe, expect, it } from 'vitest';
import { simdEngine, variants } from './engines.ts';
import { erf } from './erf.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const cubic = (x: number) => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);

/** Activations of tfjs as their definitions say. */
const definitions: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  tanh: Math.tanh,
  sigmoid,
  hard_sigmoid: (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  elu: (x) => (x < 0 ? Math.expm1(x) : x),
  selu: (x) => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x),
  softplus: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))),
  softsign: (x) => x / (1 + Math.abs(x)),
  swish: (x) => x * sigmoid(x),
  gelu: (x) => (x * (1 + erf(x / Math.SQRT2))) / 2,
  gelu_new: (x) => (x * (1 + Math.tanh(cubic(x)))) / 2,
  mish: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
};

/** Away from the corners of the functions that have some, where there is no derivative. */
const points = Float32Array.from({ length: 1201 }, (_, i) => (i - 600) / 17 + 0.013);

describe.each(variants)('activations on %s kernels', (variant) => {
  const engine = simdEngine(variant);

  it.each(Object.keys(definitions))('%s is what its definition says, and so is its derivative', (name) => {
    const f = definitions[name];
    const width = points.length;
    const layers = [
      { class_name: 'InputLayer', config: { name: 'x', batch_input_shape: [null, width] } },
      { class_name: 'Activation', config: { name: 'f', activation: name } },
      { class_name: 'Reshape', config: { name: 'same', target_shape: [width] } },
    ];
    const network = engine.createNetwork({ class_name: 'Sequential', config: { layers } });
    const y = network.forward([points], 1)[0].slice(0, width);
    const slopes = network.backward([new Float32Array(width).fill(1)], true)![0];
    const step = 1e-5;
    points.forEach((x, i) => {
      const slope = (f(x + step) - f(x - step)) / (2 * step);
      expect(Math.abs(y[i] - f(x))).toBeLessThan(1e-6 * (1 + Math.abs(f(x))));
      expect(Math.abs(slopes[i] - slope)).toBeLessThan(5e-6);
    });
  });
});
