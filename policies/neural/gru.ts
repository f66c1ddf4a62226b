import { z } from 'zod';
import type { Architecture } from '#core';
import { headsOn } from './heads.ts';
import { hiddenLayers, hiddenOptions } from './hidden.ts';
import { gatedRecurrent, inputLayer, model } from './layers.ts';

const options = z.strictObject({
  ...hiddenOptions,
  hidden: hiddenOptions.hidden
    .default([64])
    .describe('Units of each dense layer between the observation and the memory.'),
  units: z.int().min(1).max(4096).default(64).describe('Units of the gated recurrent layer.'),
  steps: z.int().min(1).max(4096).describe('Length T of the sequences that the network reads at once.'),
});

/**
 * Dense layers, a gated recurrent layer over the sequence, and heads at every step. The state is zero before the first step.
 *
 * Not on the shelf: an observation of one step does not fill its input, so it is for learners that cut rollouts into sequences.
 *
 * Shapes: observation [B, T, O] -> policy [B, T, policyOutputs], value [B, T, 1].
 */
export const gru: Architecture<z.infer<typeof options>> = {
  id: 'gru',
  title: 'Gated recurrent network',
  source:
    'Cho et al. (2014), "Learning phrase representations using RNN encoder-decoder"; gates as in tfjs-layers (reset before the product).',
  options,
  build(needs, chosen) {
    const input = inputLayer('observation', [chosen.steps, needs.observationSize]);
    const { layers, top, gains } = hiddenLayers(input, chosen, 2);
    const memory = gatedRecurrent('gru', chosen.units, top);
    const heads = headsOn(memory, needs);
    return {
      topology: model('gru', [input, ...layers, memory, ...heads.layers], heads.layers),
      gains: { ...gains, gru: 1, ...heads.gains },
    };
  },
};
