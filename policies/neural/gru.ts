import { z } from 'zod';
import type { Architecture } from '#core';
import { headsOn } from './heads.ts';
import { hiddenLayers, hiddenOptions } from './hidden.ts';
import { gatedRecurrent, inputLayer, model } from './layers.ts';
import { mlp } from './mlp.ts';

const options = z.strictObject({
  ...hiddenOptions,
  hidden: hiddenOptions.hidden
    .default([64])
    .describe('Units of each dense layer between the observation and the memory.'),
  units: z.int().min(1).max(4096).default(64).describe('Units of the gated recurrent layer: what is remembered.'),
});

/**
 * Dense layers, a gated recurrent layer that is given its memory and gives the next one, and heads at every step.
 *
 * Shapes: observation [B, T, O], memory [B, units] -> policy [B, T, policyOutputs], value [B, T, 1], memory [B, units].
 */
export const gru: Architecture<z.infer<typeof options>> = {
  id: 'gru',
  title: 'Gated recurrent network',
  source:
    'Cho et al. (2014), "Learning phrase representations using RNN encoder-decoder"; gates as in tfjs-layers (reset before the product).',
  options,
  memorySize: ({ units }) => units,
  build(needs, chosen) {
    const { units, ...plain } = chosen;
    if (needs.withoutMemory === true) return mlp.build(needs, { ...plain, hidden: [...plain.hidden, units] });
    const input = inputLayer('observation', [needs.steps ?? 1, needs.observationSize]);
    const before = inputLayer('memory', [units]);
    const { layers, top, gains } = hiddenLayers(input, chosen, 2);
    const memory = gatedRecurrent('gru', units, top, before);
    const heads = headsOn(memory, needs);
    return {
      topology: model('gru', [input, ...layers, before, memory, ...heads.layers], [...heads.layers, memory], {
        gru: 1,
      }),
      gains: { ...gains, gru: 1, ...heads.gains },
    };
  },
};
