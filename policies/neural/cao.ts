import { z } from 'zod';
import { type Architecture, PolityError } from '#core';
import { headsOn } from './heads.ts';
import { hiddenLayers, hiddenOptions } from './hidden.ts';
import { inputLayer, type Layer, model, reshape } from './layers.ts';

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
    const { cell, units, embedding, vocabulary, streams } = chosen;
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
    const words = embeddingLayer('words', vocabulary, embedding, observationSize, input);
    const steps = reshape('steps', [observationSize / streams, streams * embedding], words);
    const encoder = encoderLayer(cell, units, steps);
    const { layers, top, gains } = hiddenLayers(encoder, chosen);
    const heads = headsOn(top, needs);
    return {
      topology: model('cao', [input, words, steps, encoder, ...layers, ...heads.layers], heads.layers),
      gains: { [cell]: 1, ...gains, ...heads.gains },
    };
  },
};

const zeros = { class_name: 'Zeros', config: {} };
const ones = { class_name: 'Ones', config: {} };

function embeddingLayer(name: string, words: number, size: number, length: number, from: Layer): Layer {
  const config = {
    input_dim: words,
    output_dim: size,
    embeddings_initializer: zeros,
    embeddings_regularizer: null,
    activity_regularizer: null,
    embeddings_constraint: null,
    mask_zero: false,
    input_length: length,
    batch_input_shape: [null, length],
    dtype: 'float32',
  };
  return on('Embedding', name, config, from);
}

/** Reads a sequence [T, F] from a state of zeros and gives what it keeps at the end, [units]. */
function encoderLayer(cell: 'lstm' | 'gru', units: number, from: Layer): Layer {
  const config = {
    units,
    activation: 'tanh',
    recurrent_activation: 'sigmoid',
    use_bias: true,
    kernel_initializer: zeros,
    recurrent_initializer: zeros,
    bias_initializer: cell === 'lstm' ? ones : zeros,
    ...(cell === 'lstm' ? { unit_forget_bias: true } : {}),
    kernel_regularizer: null,
    recurrent_regularizer: null,
    bias_regularizer: null,
    activity_regularizer: null,
    kernel_constraint: null,
    recurrent_constraint: null,
    bias_constraint: null,
    dropout: 0,
    recurrent_dropout: 0,
    implementation: null,
    ...(cell === 'gru' ? { reset_after: false } : {}),
    return_sequences: false,
    return_state: false,
    go_backwards: false,
    stateful: false,
    unroll: false,
  };
  return on(cell === 'lstm' ? 'LSTM' : 'GRU', cell, config, from);
}

function on(kind: string, name: string, config: Layer['config'], from: Layer): Layer {
  return {
    name,
    class_name: kind,
    config: { ...config, name, trainable: true },
    inbound_nodes: [[[from.name, 0, 0, {}]]],
  };
}
