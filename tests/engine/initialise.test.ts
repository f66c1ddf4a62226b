import { describe, expect, it } from 'vitest';
import { loadTfjs } from '#cli/tfjs-backends';
import { createStreams, type Topology } from '#core';
import { createSimdEngine, createTfjsEngine, initialiseParams, type LayerSlice, parameterSlices } from '#engine';
import { topologies } from './topologies.ts';

const stream = (seed = 1) => createStreams(seed).stream('initial');

interface Layer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Weights of a Sequential model by name, from a fresh stream. */
function weightsOf(layers: readonly Layer[], gains: Record<string, number> = {}, seed = 1) {
  return start({ class_name: 'Sequential', config: { layers } }, gains, seed);
}

function start(topology: Topology, gains: Record<string, number> = {}, seed = 1) {
  const slices = parameterSlices(topology);
  const params = new Float32Array(slices.reduce((sum, { size }) => sum + size, 0)).fill(Number.NaN);
  initialiseParams(slices, params, gains, stream(seed));
  return (name: string) => {
    const { offset, size, shape } = slices.find((slice) => slice.name === name) as LayerSlice;
    return { values: params.subarray(offset, offset + size), columns: shape[shape.length - 1] };
  };
}

/** Entries of a matrix, of `count` columns from `first` on. */
function matrix(
  { values, columns }: { values: Float32Array; columns: number },
  first = 0,
  count = columns,
): number[][] {
  return Array.from({ length: values.length / columns }, (_, i) =>
    Array.from({ length: count }, (_, j) => values[i * columns + first + j]),
  );
}

const transpose = (m: number[][]) => m[0].map((_, j) => m.map((row) => row[j]));

/** The fewer of rows and columns are `gain` long and at right angles to each other. */
function expectOrthogonal(m: number[][], gain: number): void {
  const vectors = m.length <= m[0].length ? m : transpose(m);
  vectors.forEach((a, i) => {
    vectors.slice(0, i + 1).forEach((b, j) => {
      const product = a.reduce((sum, value, k) => sum + value * b[k], 0);
      expect(Math.abs(product - (i === j ? gain * gain : 0))).toBeLessThan(1e-6 * Math.max(1, gain * gain));
    });
  });
}

const dense = (units: number, inputs: number) => ({
  class_name: 'Dense',
  config: { name: 'd', units, batch_input_shape: [null, inputs] },
});

describe('initial weights', () => {
  it.each([
    [64, 64],
    [20, 64],
    [64, 5],
    [1, 7],
    [7, 1],
  ])('of a dense kernel of %i x %i are orthonormal times the gain, its bias is 0', (inputs, units) => {
    for (const gain of [Math.SQRT2, 0.01]) {
      const weight = weightsOf([dense(units, inputs)], { d: gain });
      expectOrthogonal(matrix(weight('d/kernel')), gain);
      expect([...weight('d/bias').values]).toEqual(new Array(units).fill(0));
    }
  });

  it('have gain 1 where none is given', () => {
    expectOrthogonal(matrix(weightsOf([dense(4, 3)])('d/kernel')), 1);
  });

  it('of a convolution are orthonormal as filters over the patches they see', () => {
    const config = { name: 'c', filters: 5, kernel_size: [3, 2], batch_input_shape: [null, 6, 6, 4] };
    const weight = weightsOf([{ class_name: 'Conv2D', config }], { c: 2 });
    // 3 * 2 * 4 numbers a patch.
    expect(matrix(weight('c/kernel')).length).toBe(24);
    expectOrthogonal(matrix(weight('c/kernel')), 2);
  });

  it.each([
    ['GRU', 3],
    ['LSTM', 4],
    ['SimpleRNN', 1],
  ])('of a %s are orthonormal gate by gate', (class_name, gates) => {
    const config = { name: 'r', units: 6, batch_input_shape: [null, 2, 9] };
    const weight = weightsOf([{ class_name, config }], { r: 1.5 });
    for (const name of ['r/kernel', 'r/recurrent_kernel']) {
      for (let gate = 0; gate < gates; gate++) expectOrthogonal(matrix(weight(name), gate * 6, 6), 1.5);
    }
    const keeps = class_name === 'LSTM' ? 1 : 0;
    const bias = Array.from({ length: 6 * gates }, (_, i) => (i >= 6 && i < 12 ? keeps : 0));
    expect([...weight('r/bias').values]).toEqual(bias);
  });

  it('of an LSTM without forget bias are all 0 there', () => {
    const config = { name: 'r', units: 2, unit_forget_bias: false, batch_input_shape: [null, 2, 3] };
    const weight = weightsOf([{ class_name: 'LSTM', config }]);
    expect([...weight('r/bias').values]).toEqual(new Array(8).fill(0));
  });

  it.each([
    [4, 9],
    [50, 8],
  ])('of an embedding of %i symbols in %i numbers have rows of the gain on the mean square', (symbols, width) => {
    const config = { name: 'e', input_dim: symbols, output_dim: width, batch_input_shape: [null, 3] };
    const rows = matrix(weightsOf([{ class_name: 'Embedding', config }], { e: 0.5 })('e/embeddings'));
    const squares = rows.flat().reduce((sum, value) => sum + value * value, 0);
    expect(squares / symbols).toBeCloseTo(0.25, 6);
    expectOrthogonal(rows, 0.5 * Math.sqrt(Math.max(1, symbols / width)));
  });

  it('leave what is normalised as it is: scales 1, shifts and means 0, variances 1, on several axes too', () => {
    const layers = [
      { class_name: 'LayerNormalization', config: { name: 'l', axis: [1, 2], batch_input_shape: [null, 3, 4] } },
      { class_name: 'BatchNormalization', config: { name: 'b' } },
    ];
    const weight = weightsOf(layers);
    const all = (name: string) => [...new Set(weight(name).values)];
    expect(['l/gamma', 'b/gamma', 'b/moving_variance'].map(all)).toEqual([[1], [1], [1]]);
    expect(['l/beta', 'b/beta', 'b/moving_mean'].map(all)).toEqual([[0], [0], [0]]);
  });

  it('depend on the stream and on nothing else', () => {
    for (const make of Object.values(topologies)) {
      const topology = make();
      const slices = parameterSlices(topology);
      const fill = (before: number, seed: number) => {
        const params = new Float32Array(slices.reduce((sum, { size }) => sum + size, 0)).fill(before);
        initialiseParams(slices, params, {}, stream(seed));
        return params;
      };
      expect(fill(0, 1)).toEqual(fill(7, 1));
      expect(fill(0, 1)).not.toEqual(fill(0, 2));
    }
  });

  it('have as many signs up as down: every direction is as likely', () => {
    let up = 0;
    const draws = 400;
    for (let seed = 0; seed < draws; seed++) if (weightsOf([dense(2, 2)], {}, seed)('d/kernel').values[0] > 0) up++;
    // Four standard deviations of draws / 2 are 2 sqrt(draws) = 40.
    expect(Math.abs(up - draws / 2)).toBeLessThan(40);
  });

  it('are the same bits in both engines', async () => {
    const { tf } = await loadTfjs('cpu');
    const topology = topologies['a trunk with two heads']();
    const engines = [
      createSimdEngine({ kernels: 'portable' }),
      createTfjsEngine({ tf, buffer: new ArrayBuffer(2 ** 20) }),
    ];
    const [ours, theirs] = engines.map((engine) => {
      const network = engine.createNetwork(topology);
      initialiseParams(parameterSlices(topology), network.params, { policy: 0.01 }, stream());
      return network.params;
    });
    expect(ours.some((value) => value !== 0)).toBe(true);
    expect(theirs).toEqual(ours);
  });
});
