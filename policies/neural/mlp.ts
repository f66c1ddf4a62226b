import { z } from 'zod';
import type { Architecture } from '#core';
import { headsOn } from './heads.ts';
import { hiddenLayers, hiddenOptions } from './hidden.ts';
import { inputLayer, model } from './layers.ts';

const options = z.strictObject(hiddenOptions);

/**
 * Dense layers from the observation to the heads. One call of `build` is one trunk: with both heads asked for they share it; for
 * `trunk: separate` the learner builds policy and value each on its own.
 *
 * Shapes: observation [B, O] -> policy [B, policyOutputs], value [B, 1].
 *
 * @example
 * const options = mlp.options.parse({ hidden: [32] });
 * mlp.build({ observationSize: 4, policyOutputs: 2, value: true }, options).gains
 * // { hidden_1: 1.4142135623730951, policy: 0.01, value: 1 }
 */
export const mlp: Architecture<z.infer<typeof options>> = {
  id: 'mlp',
  title: 'Multi-layer perceptron',
  source: 'Schulman et al. (2017), "Proximal policy optimization algorithms": two layers of 64 tanh units.',
  options,
  build(needs, chosen) {
    const input = inputLayer('observation', [needs.observationSize]);
    const { layers, top, gains } = hiddenLayers(input, chosen);
    const heads = headsOn(top, needs);
    return {
      topology: model('mlp', [input, ...layers, ...heads.layers], heads.layers),
      gains: { ...gains, ...heads.gains },
    };
  },
};
