import { PolityError, suggest } from '#core';
import type { LayerConfig, LayerSpec } from './layer-graph.ts';

/** Shape of one row of a tensor: [64], or [T, F] for a sequence. The row count in front is left out. */
export type RowShape = readonly number[];

/**
 * What a weight is before training. `orthogonal`: that many matrices side by side, each of them orthogonal. `rows`: a table whose
 * rows are looked up. `forgetOnes`: zeros, but ones in the second of four parts, so that an LSTM keeps its memory at first.
 */
export type WeightStart = 'zeros' | 'ones' | 'rows' | 'forgetOnes' | { readonly orthogonal: number };

/** A weight that a layer asks for; `trainable` is false for the statistics of batch normalisation. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  readonly start: WeightStart;
}

/** What a kind of layer makes of the shapes of its inputs. */
export interface LayerKind {
  outputs(config: LayerConfig, inputs: readonly RowShape[]): readonly RowShape[];
  weights(config: LayerConfig, inputs: readonly RowShape[]): readonly WeightSpec[];
}

/** Throws PolityError (engine) for a kind of layer whose shapes are not known here, with the remedy. */
export function layerKindOf(layer: LayerSpec): LayerKind {
  const kind = layerKinds.get(layer.kind);
  if (kind !== undefined) return kind;
  throw new PolityError({
    code: 'engine',
    where: `network › layer "${layer.name}"`,
    message: `unknown kind of layer "${layer.kind}"`,
    expected: suggest(layer.kind, [...layerKinds.keys()]),
    remedy: 'engine: { kind: tfjs } runs every layer that tfjs has',
  });
}

const plain = (outputs: LayerKind['outputs']): LayerKind => ({ outputs, weights: () => [] });
const same = plain((_config, [input]) => [input]);

const dense: LayerKind = {
  outputs: ({ units }, [input]) => [[...input.slice(0, -1), Number(units)]],
  weights: (config, [input]) => kernelAndBias(config, [lastOf(input), Number(config.units)], Number(config.units)),
};

const embedding: LayerKind = {
  outputs: ({ output_dim }, [input]) => [[...input, Number(output_dim)]],
  weights: ({ input_dim, output_dim }) => [weight('embeddings', [Number(input_dim), Number(output_dim)], 'rows')],
};

const layerNormalisation: LayerKind = {
  outputs: (_config, [input]) => [input],
  weights: (config, [input]) => scaleAndShift(config, axesOf(config.axis, input)),
};

const batchNormalisation: LayerKind = {
  outputs: (_config, [input]) => [input],
  weights: (config, [input]) => {
    const shape = axesOf(config.axis, input);
    return [
      ...scaleAndShift(config, shape),
      weight('moving_mean', shape, 'zeros', false),
      weight('moving_variance', shape, 'ones', false),
    ];
  },
};

/** A recurrent layer with `gates` blocks of units side by side and `states` vectors carried along. */
function recurrent(gates: number, states: number): LayerKind {
  return {
    outputs: (config, [input]) => {
      const units = Number(config.units);
      const output = config.return_sequences === true ? [input[0], units] : [units];
      return [output, ...Array.from({ length: config.return_state === true ? states : 0 }, () => [units])];
    },
    weights: (config, [input]) => {
      const units = Number(config.units);
      const start = { orthogonal: gates };
      const keeps = gates === 4 && config.unit_forget_bias !== false;
      return [
        weight('kernel', [lastOf(input), gates * units], start),
        weight('recurrent_kernel', [units, gates * units], start),
        ...(config.use_bias === false ? [] : [weight('bias', [gates * units], keeps ? 'forgetOnes' : 'zeros')]),
      ];
    },
  };
}

function convolution(rank: number): LayerKind {
  return {
    outputs: (config, [input]) => {
      const kernel = listOf(config.kernel_size, rank);
      const strides = listOf(config.strides ?? 1, rank);
      const dilations = listOf(config.dilation_rate ?? 1, rank);
      return [
        overGrid(config, input, Number(config.filters), (length, i) => {
          const reach = (kernel[i] - 1) * dilations[i];
          return Math.ceil((config.padding === 'valid' || !config.padding ? length - reach : length) / strides[i]);
        }),
      ];
    },
    weights: (config, [input]) => {
      const filters = Number(config.filters);
      return kernelAndBias(config, [...listOf(config.kernel_size, rank), channelsOf(config, input), filters], filters);
    },
  };
}

function pooling(rank: number): LayerKind {
  return plain((config, [input]) => {
    const size = listOf(config.pool_size ?? 2, rank);
    const strides = listOf(config.strides ?? size, rank);
    return [
      overGrid(config, input, channelsOf(config, input), (length, i) =>
        Math.ceil((config.padding === 'same' ? length : length - size[i] + 1) / strides[i]),
      ),
    ];
  });
}

const globalPooling = plain((config, [input]) => [[channelsOf(config, input)]]);

const merge = plain((_config, inputs) => {
  const rank = Math.max(...inputs.map((shape) => shape.length));
  // Shapes are aligned at their ends, a length of 1 stretches.
  return [
    Array.from({ length: rank }, (_, i) => Math.max(...inputs.map((shape) => shape[i - rank + shape.length] ?? 1))),
  ];
});

const concatenate = plain((config, inputs) => {
  const rank = inputs[0].length;
  const axis = Number(config.axis ?? -1);
  const along = axis < 0 ? rank + axis : axis - 1;
  const total = inputs.reduce((sum, shape) => sum + shape[along], 0);
  return [inputs[0].map((length, i) => (i === along ? total : length))];
});

const reshape = plain((config, [input]) => {
  const target = (config.target_shape as readonly (number | null)[]).map((length) => length ?? -1);
  const known = productOf(target.filter((length) => length >= 0));
  return [target.map((length) => (length >= 0 ? length : productOf(input) / known))];
});

/** Every kind of layer whose weights and shapes are known without asking tfjs. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map([
  ['InputLayer', plain(({ batch_input_shape }) => [(batch_input_shape as readonly number[]).slice(1)])],
  ['Dense', dense],
  ['Embedding', embedding],
  ['LayerNormalization', layerNormalisation],
  ['BatchNormalization', batchNormalisation],
  ['SimpleRNN', recurrent(1, 1)],
  ['GRU', recurrent(3, 1)],
  ['LSTM', recurrent(4, 2)],
  ['Conv1D', convolution(1)],
  ['Conv2D', convolution(2)],
  ['MaxPooling1D', pooling(1)],
  ['MaxPooling2D', pooling(2)],
  ['AveragePooling1D', pooling(1)],
  ['AveragePooling2D', pooling(2)],
  ['GlobalMaxPooling1D', globalPooling],
  ['GlobalMaxPooling2D', globalPooling],
  ['GlobalAveragePooling1D', globalPooling],
  ['GlobalAveragePooling2D', globalPooling],
  ['Flatten', plain((_config, [input]) => [[productOf(input)]])],
  ['Reshape', reshape],
  ['Permute', plain(({ dims }, [input]) => [(dims as readonly number[]).map((axis) => input[axis - 1])])],
  ['RepeatVector', plain(({ n }, [input]) => [[Number(n), ...input]])],
  ['Concatenate', concatenate],
  ['Add', merge],
  ['Multiply', merge],
  ['Average', merge],
  ['Maximum', merge],
  ['Minimum', merge],
  ['Activation', same],
  ['ReLU', same],
  ['LeakyReLU', same],
  ['ELU', same],
  ['ThresholdedReLU', same],
  ['Softmax', same],
  ['Masking', same],
  ['Dropout', same],
  ['SpatialDropout1D', same],
  ['AlphaDropout', same],
  ['GaussianDropout', same],
  ['GaussianNoise', same],
]);

function weight(name: string, shape: readonly number[], start: WeightStart, trainable = true): WeightSpec {
  return { name, shape, trainable, start };
}

function kernelAndBias(config: LayerConfig, kernel: readonly number[], outputs: number): readonly WeightSpec[] {
  const matrix = weight('kernel', kernel, { orthogonal: 1 });
  return config.use_bias === false ? [matrix] : [matrix, weight('bias', [outputs], 'zeros')];
}

function scaleAndShift(config: LayerConfig, shape: readonly number[]): readonly WeightSpec[] {
  return [
    ...(config.scale === false ? [] : [weight('gamma', shape, 'ones')]),
    ...(config.center === false ? [] : [weight('beta', shape, 'zeros')]),
  ];
}

/** Lengths along the axes of a setting, which counts the row axis too: 1 is the first axis of a row, -1 the last. */
function axesOf(axis: unknown, input: RowShape): readonly number[] {
  const axes = Array.isArray(axis) ? axis : [axis ?? -1];
  return axes.map((one) => (one < 0 ? input[input.length + one] : input[one - 1]));
}

function listOf(value: unknown, rank: number): readonly number[] {
  return Array.isArray(value) ? value : Array.from({ length: rank }, () => Number(value));
}

const channelsFirst = (config: LayerConfig) => config.data_format === 'channels_first';

function channelsOf(config: LayerConfig, input: RowShape): number {
  return channelsFirst(config) ? input[0] : lastOf(input);
}

function overGrid(
  config: LayerConfig,
  input: RowShape,
  channels: number,
  lengthOf: (length: number, axis: number) => number,
): RowShape {
  if (channelsFirst(config)) return [channels, ...input.slice(1).map(lengthOf)];
  return [...input.slice(0, -1).map(lengthOf), channels];
}

const lastOf = (shape: RowShape): number => shape[shape.length - 1];

const productOf = (shape: RowShape): number => shape.reduce((product, length) => product * length, 1);
