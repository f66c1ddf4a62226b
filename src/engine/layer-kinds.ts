import { PolityError, suggest } from '#core';
import { gridLayerKinds } from './grid-layer-kinds.ts';
import type { LayerConfig, LayerSpec } from './layer-graph.ts';
import {
  kernelAndBias,
  type LayerKind,
  lastOf,
  productOf,
  type RowShape,
  type WeightSpec,
  weight,
  weightless,
} from './weight-spec.ts';
import { bidirectional, timeDistributed } from './wrapper-layer-kinds.ts';

export type { LayerKind, RowShape, WeightSpec, WeightStart } from './weight-spec.ts';

/** Throws PolityError (engine) for a kind of layer whose shapes are not known here, with the remedy. */
export function layerKindOf(layer: LayerSpec): LayerKind {
  const kind = layerKinds.get(layer.kind);
  if (kind !== undefined) return kind;
  throw new PolityError({
    code: 'engine',
    where: `network › layer "${layer.name}"`,
    message: `unknown kind of layer "${layer.kind}"`,
    expected: suggest(layer.kind, [...layerKinds.keys()]),
    remedy: 'Build it of kinds that are known; engine: { kind: tfjs } runs all of them',
  });
}

const same = weightless((_config, [input]) => [input]);

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

const parametricRelu: LayerKind = {
  outputs: (_config, [input]) => [input],
  weights: ({ shared_axes }, [input]) => {
    const shared = Array.isArray(shared_axes) ? shared_axes : [shared_axes];
    const shape = input.map((length, i) => (shared.includes(i + 1) ? 1 : length));
    return [weight('alpha', shape, 'zeros')];
  },
};

const merge = weightless((_config, inputs) => {
  const rank = Math.max(...inputs.map((shape) => shape.length));
  // Shapes are aligned at their ends, a length of 1 stretches.
  return [
    Array.from({ length: rank }, (_, i) => Math.max(...inputs.map((shape) => shape[i - rank + shape.length] ?? 1))),
  ];
});

const concatenate = weightless((config, inputs) => {
  const rank = inputs[0].length;
  const axis = Number(config.axis ?? -1);
  const along = axis < 0 ? rank + axis : axis - 1;
  const total = inputs.reduce((sum, shape) => sum + shape[along], 0);
  return [inputs[0].map((length, i) => (i === along ? total : length))];
});

/** The axes that are multiplied away count the row axis too. */
const dot = weightless(({ axes }, [a, b]) => {
  const along = Array.isArray(axes) ? axes : [axes, axes];
  const without = (shape: RowShape, axis: number) => {
    const gone = axis < 0 ? shape.length + axis : axis - 1;
    return shape.filter((_, i) => i !== gone);
  };
  const left = [...without(a, along[0]), ...without(b, along[1])];
  return [left.length === 0 ? [1] : left];
});

const reshape = weightless((config, [input]) => {
  const target = (config.target_shape as readonly (number | null)[]).map((length) => length ?? -1);
  const known = productOf(target.filter((length) => length >= 0));
  return [target.map((length) => (length >= 0 ? length : productOf(input) / known))];
});

/** Every kind of layer whose weights and shapes are known without asking tfjs. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map([
  ['InputLayer', weightless(({ batch_input_shape }) => [(batch_input_shape as readonly number[]).slice(1)])],
  ['Dense', dense],
  ['Embedding', embedding],
  ['LayerNormalization', layerNormalisation],
  ['BatchNormalization', batchNormalisation],
  ['SimpleRNN', recurrent(1, 1)],
  ['GRU', recurrent(3, 1)],
  ['LSTM', recurrent(4, 2)],
  ...gridLayerKinds,
  ['Flatten', weightless((_config, [input]) => [[productOf(input)]])],
  ['Reshape', reshape],
  ['Permute', weightless(({ dims }, [input]) => [(dims as readonly number[]).map((axis) => input[axis - 1])])],
  ['RepeatVector', weightless(({ n }, [input]) => [[Number(n), ...input]])],
  ['Concatenate', concatenate],
  ['Add', merge],
  ['Multiply', merge],
  ['Average', merge],
  ['Maximum', merge],
  ['Minimum', merge],
  ['Dot', dot],
  ['Activation', same],
  ['ReLU', same],
  ['LeakyReLU', same],
  ['ELU', same],
  ['ThresholdedReLU', same],
  ['PReLU', parametricRelu],
  ['Softmax', same],
  ['Masking', same],
  ['Dropout', same],
  ['SpatialDropout1D', same],
  ['AlphaDropout', same],
  ['GaussianDropout', same],
  ['GaussianNoise', same],
  ['TimeDistributed', timeDistributed(layerKindOf)],
  ['Bidirectional', bidirectional(layerKindOf)],
]);

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
