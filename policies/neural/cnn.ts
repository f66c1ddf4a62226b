import { z } from 'zod';
import { type Architecture, PolityError } from '#core';
import { headsOn } from './heads.ts';
import { hiddenLayers, hiddenOptions } from './hidden.ts';
import { convolution, flatten, hiddenGain, inputLayer, type Layer, model, reshape } from './layers.ts';

const options = z.strictObject({
  ...hiddenOptions,
  hidden: hiddenOptions.hidden.default([64]).describe('Units of each dense layer between the grid and the heads.'),
  activation: hiddenOptions.activation.default('relu').describe('What follows each convolution and each hidden layer.'),
  grid: z
    .tuple([z.int().min(1), z.int().min(1), z.int().min(1)])
    .describe('The observation as [height, width, channels]; an entry’s channels lie side by side.'),
  filters: z
    .array(z.int().min(1).max(1024))
    .min(1)
    .default([16, 32])
    .describe('Channels that come out of each convolution.'),
  kernel: z.int().min(1).default(3).describe('Height and width of the convolutions.'),
  stride: z.int().min(1).default(1).describe('Cells between two places of a convolution.'),
  padding: z
    .enum(['same', 'valid'])
    .default('same')
    .describe('`same` pads the border with zeros and keeps the size of the grid; `valid` stays inside it.'),
});

/**
 * Convolutions over a small grid, dense layers, heads. Layer norm, where wanted, goes with the dense layers.
 *
 * Shapes: observation [B, height * width * channels] -> policy [B, policyOutputs], value [B, 1].
 * Throws: PolityError (input) when the observation does not fill the grid, or the grid is used up before the last convolution.
 */
export const cnn: Architecture<z.infer<typeof options>> = {
  id: 'cnn',
  title: 'Convolutional network for small grids',
  source:
    'LeCun et al. (1989), "Backpropagation applied to handwritten zip code recognition"; sizes for grids of up to about 20 cells a side.',
  options,
  build(needs, chosen) {
    const { grid, filters, kernel, stride, padding, activation } = chosen;
    const cells = grid[0] * grid[1] * grid[2];
    if (cells !== needs.observationSize) {
      throw new PolityError({
        code: 'input',
        where: 'policy.network.grid',
        message: 'does not fit the observation',
        got: `${grid.join(' x ')} = ${cells} numbers`,
        expected: `${needs.observationSize} numbers`,
        remedy: 'Give the grid that the world observes, or take the architecture mlp',
      });
    }
    const input = inputLayer('observation', [cells]);
    const layers: Layer[] = [input, reshape('grid', grid, input)];
    const gains: Record<string, number> = {};
    let sides = [grid[0], grid[1]];
    filters.forEach((count, i) => {
      sides = sides.map((side) => Math.ceil((padding === 'same' ? side : side - kernel + 1) / stride));
      if (Math.min(...sides) < 1) throw usedUp(i + 1, kernel);
      const name = `conv_${i + 1}`;
      gains[name] = hiddenGain(activation);
      layers.push(
        convolution(name, { filters: count, kernel, stride, padding, activation }, layers[layers.length - 1]),
      );
    });
    layers.push(flatten('flat', layers[layers.length - 1]));
    const dense = hiddenLayers(layers[layers.length - 1], chosen);
    const heads = headsOn(dense.top, needs);
    return {
      topology: model('cnn', [...layers, ...dense.layers, ...heads.layers], heads.layers),
      gains: { ...gains, ...dense.gains, ...heads.gains },
    };
  },
};

function usedUp(place: number, kernel: number): PolityError {
  return new PolityError({
    code: 'input',
    where: 'policy.network.filters',
    message: `nothing of the grid is left for convolution ${place}`,
    expected: `sides of at least ${kernel} cells before it`,
    remedy: 'Use padding: same, fewer filters, or a smaller kernel',
  });
}
