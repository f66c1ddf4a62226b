import { type NetworkNeeds, PolityError } from '#core';
import { dense, type Layer } from './layers.ts';

/** The last layers of a policy network, with the gains that they start from. */
export interface Heads {
  readonly layers: readonly Layer[];
  readonly gains: Readonly<Record<string, number>>;
}

/**
 * The heads that are asked for, in the order policy, value. The policy starts nearly uniform (gain 0.01), the value at gain 1.
 *
 * Throws: PolityError (contract) when neither is asked for.
 * Source: Huang et al. (2022), "The 37 implementation details of proximal policy optimization", detail 2.
 */
export function headsOn(trunk: Layer, { policyOutputs, value }: NetworkNeeds): Heads {
  if (policyOutputs === 0 && !value) {
    throw new PolityError({
      code: 'contract',
      where: 'network',
      message: 'no output asked for',
      expected: 'policyOutputs above 0, or value: true',
    });
  }
  const layers: Layer[] = [];
  const gains: Record<string, number> = {};
  if (policyOutputs > 0) {
    layers.push(dense('policy', policyOutputs, 'linear', trunk));
    gains.policy = 0.01;
  }
  if (value) {
    layers.push(dense('value', 1, 'linear', trunk));
    gains.value = 1;
  }
  return { layers, gains };
}
