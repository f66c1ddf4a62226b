import type { LayerConfig } from './layer-graph.ts';
import {
  biasOf,
  kernelAndBias,
  type LayerKind,
  lastOf,
  listOf,
  type RowShape,
  weight,
  weightless,
} from './weight-spec.ts';

/** Length of an axis after a window has gone along it. */
function slid(config: LayerConfig, length: number, window: number, stride: number, dilation = 1): number {
  const padded = config.padding === 'same' || config.padding === 'causal';
  const reach = padded ? 0 : (window - 1) * dilation;
  return Math.ceil((length - reach) / stride);
}

function convolved(config: LayerConfig, input: RowShape, rank: number, channels: number): RowShape {
  const kernel = listOf(config.kernel_size, rank);
  const strides = listOf(config.strides ?? 1, rank);
  const dilations = listOf(config.dilation_rate ?? 1, rank);
  return overGrid(config, input, channels, (length, i) => slid(config, length, kernel[i], strides[i], dilations[i]));
}

function convolution(rank: number): LayerKind {
  return {
    outputs: (config, [input]) => [convolved(config, input, rank, Number(config.filters))],
    weights: (config, [input]) => {
      const filters = Number(config.filters);
      return kernelAndBias(config, [...listOf(config.kernel_size, rank), channelsOf(config, input), filters], filters);
    },
  };
}

const transposedConvolution: LayerKind = {
  outputs: (config, [input]) => {
    const kernel = listOf(config.kernel_size, 2);
    const strides = listOf(config.strides ?? 1, 2);
    const more = (i: number) => (config.padding === 'same' ? 0 : Math.max(kernel[i] - strides[i], 0));
    return [overGrid(config, input, Number(config.filters), (length, i) => length * strides[i] + more(i))];
  },
  weights: (config, [input]) => {
    const filters = Number(config.filters);
    return kernelAndBias(config, [...listOf(config.kernel_size, 2), filters, channelsOf(config, input)], filters);
  },
};

const multiplierOf = (config: LayerConfig) => Number(config.depth_multiplier ?? 1);

const depthwiseConvolution: LayerKind = {
  outputs: (config, [input]) => [convolved(config, input, 2, channelsOf(config, input) * multiplierOf(config))],
  weights: (config, [input]) => {
    const channels = channelsOf(config, input);
    const kernel = [...listOf(config.kernel_size, 2), channels, multiplierOf(config)];
    return [weight('depthwise_kernel', kernel, { orthogonal: 1 }), ...biasOf(config, channels * multiplierOf(config))];
  },
};

const separableConvolution: LayerKind = {
  outputs: (config, [input]) => [convolved(config, input, 2, Number(config.filters))],
  weights: (config, [input]) => {
    const channels = channelsOf(config, input);
    const [multiplier, filters] = [multiplierOf(config), Number(config.filters)];
    const kernel = [...listOf(config.kernel_size, 2), channels, multiplier];
    return [
      weight('depthwise_kernel', kernel, { orthogonal: 1 }),
      weight('pointwise_kernel', [1, 1, channels * multiplier, filters], { orthogonal: 1 }),
      ...biasOf(config, filters),
    ];
  },
};

function pooling(rank: number): LayerKind {
  return weightless((config, [input]) => {
    const size = listOf(config.pool_size ?? 2, rank);
    const strides = listOf(config.strides ?? size, rank);
    return [
      overGrid(config, input, channelsOf(config, input), (length, i) => slid(config, length, size[i], strides[i])),
    ];
  });
}

const globalPooling = weightless((config, [input]) => [[channelsOf(config, input)]]);

/** What is taken off or put on before and behind each of two axes; tfjs gives one number, one an axis, or pairs. */
function marginsOf(value: unknown): readonly number[] {
  const sides = Array.isArray(value) ? value : [value, value];
  return sides.map((side) => (Array.isArray(side) ? side[0] + side[1] : 2 * side));
}

function resized(lengthOf: (config: LayerConfig, length: number, axis: number) => number): LayerKind {
  return weightless((config, [input]) => [
    overGrid(config, input, channelsOf(config, input), (length, i) => lengthOf(config, length, i)),
  ]);
}

/** Kinds of layers that work along the axes of a grid or in time. */
export const gridLayerKinds: readonly (readonly [string, LayerKind])[] = [
  ['Conv1D', convolution(1)],
  ['Conv2D', convolution(2)],
  ['Conv2DTranspose', transposedConvolution],
  ['DepthwiseConv2D', depthwiseConvolution],
  ['SeparableConv2D', separableConvolution],
  ['MaxPooling1D', pooling(1)],
  ['MaxPooling2D', pooling(2)],
  ['AveragePooling1D', pooling(1)],
  ['AveragePooling2D', pooling(2)],
  ['GlobalMaxPooling1D', globalPooling],
  ['GlobalMaxPooling2D', globalPooling],
  ['GlobalAveragePooling1D', globalPooling],
  ['GlobalAveragePooling2D', globalPooling],
  ['ZeroPadding2D', resized(({ padding }, length, i) => length + marginsOf(padding ?? 1)[i])],
  ['Cropping2D', resized(({ cropping }, length, i) => length - marginsOf(cropping)[i])],
  ['UpSampling2D', resized(({ size }, length, i) => length * listOf(size ?? 2, 2)[i])],
];

const channelsFirst = (config: LayerConfig) => /channels_?first/i.test(String(config.data_format));

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
