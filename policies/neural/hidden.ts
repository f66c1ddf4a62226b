import { z } from 'zod';
import {
  type ActivationName,
  activate,
  activations,
  dense,
  hiddenGain,
  type Layer,
  layerNormalisation,
} from './layers.ts';

/** Options of a stack of dense layers, shared by all architectures. */
export const hiddenOptions = {
  hidden: z
    .array(z.int().min(1).max(4096))
    .default([64, 64])
    .describe('Units of each hidden layer, from the observation to the heads; [] is a linear policy.'),
  activation: z.enum(activations).default('tanh').describe('What follows each hidden layer.'),
  layerNorm: z
    .boolean()
    .default(false)
    .describe('Normalises the units of each hidden layer before the activation (Ba et al. 2016).'),
  trunk: z
    .enum(['separate', 'shared'])
    .default('separate')
    .describe('Policy and value as two networks, or as two heads of one.'),
};

/** Hidden layers on top of `from`: what they are, and the gains of their kernels. */
export function hiddenLayers(
  from: Layer,
  options: { readonly hidden: readonly number[]; readonly activation: ActivationName; readonly layerNorm: boolean },
  rank = 1,
): { readonly layers: readonly Layer[]; readonly top: Layer; readonly gains: Readonly<Record<string, number>> } {
  const { hidden, activation, layerNorm } = options;
  const layers: Layer[] = [];
  const gains: Record<string, number> = {};
  let top = from;
  const add = (next: Layer) => {
    layers.push(next);
    top = next;
  };
  hidden.forEach((units, i) => {
    const name = `hidden_${i + 1}`;
    gains[name] = hiddenGain(activation);
    add(dense(name, units, layerNorm ? 'linear' : activation, top));
    if (!layerNorm) return;
    add(layerNormalisation(`${name}_norm`, top, rank));
    add(activate(`${name}_activation`, activation, top));
  });
  return { layers, top, gains };
}
