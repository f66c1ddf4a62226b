import { z } from 'zod';
import { type Architecture, PolityError } from '#core';
import { headsOn } from './heads.ts';
import { hiddenLayers, hiddenOptions } from './hidden.ts';
import { embedding, encoder, inputLayer, model, reshape } from './layers.ts';

const options = z.strictObject({
  ...hiddenOptions,
  hidden: hiddenOptions.hidden.default([64]).describe('Units of each dense layer between the encoder and the heads.'),
  activation: hiddenOptions.activation.default('relu').describe('What follows each hidden layer.'),
  cell: z.enum(['lstm', 'gru']).default('lstm').describe('Kind of the recurrent layer that reads the words.'),
  units: z.int().min(1).max(4096).default(64).describe('Units of the recurrent layer: what it keeps of all streams.'),
  embedding: z.int().min(1).max(1024).default(8).describe('Numbers that stand for a word.'),
  vocabulary: z.int().min(1).max(100_000).default(35).describe('How many different words there are.'),
  streams: z
    .int()
    .min(1)
    .max(64)
    .default(3)
    .describe('Streams of words that are read side by side: item context, utterance, proposal.'),
});

/**
 * Reads words step by step, a word of every stream at each, and has heads for termination, proposal and utterance on what it keeps.
 * The streams have embeddings of their own words and share one recurrent layer: encoders of their own, as in the paper, are the
 * case of it whose recurrent weights between streams are zero. Symbols are drawn independently of each other, where the paper's
 * decoder draws each after the one before.
 *
 * Shapes: observation [B, steps * streams], numbers of words -> policy [B, policyOutputs], value [B, 1].
 * Throws: PolityError (input) when the observation is not made of that many streams.
 */
export const cao: Architecture<z.infer<typeof options>> = {
  id: 'cao',
  title: 'Recurrent encoder of words',
  source:
    'Cao et al. (2018), "Emergent communication through negotiation", section 3: embeddings, recurrent encoders of item context, utterance and proposal, a dense layer, three heads.',
  options,
  build(needs, chosen) {
    const { cell, units, embedding: size, vocabulary, streams } = chosen;
    const { observationSize } = needs;
    if (observationSize % streams !== 0) {
      throw new PolityError({
        code: 'input',
        where: 'policy.network.streams',
        message: 'does not fit the observation',
        got: `${streams} streams`,
        expected: `a divisor of ${observationSize}, the words that are observed`,
        remedy: 'Let the world observe tokens: env.params.encoding: tokens',
      });
    }
    const input = inputLayer('observation', [observationSize]);
    const words = embedding('words', vocabulary, size, observationSize, input);
    const steps = reshape('steps', [observationSize / streams, streams * size], words);
    const memory = encoder(cell, units, steps);
    const { layers, top, gains } = hiddenLayers(memory, chosen);
    const heads = headsOn(top, needs);
    return {
      topology: model('cao', [input, words, steps, memory, ...layers, ...heads.layers], heads.layers),
      gains: { [cell]: 1, ...gains, ...heads.gains },
    };
  },
};
