import type { Binding } from '../binding.ts';
import { distributionBindings } from './distributions.ts';
import { lossBindings } from './losses.ts';
import { networkBindings } from './networks.ts';
import { optimiserBindings } from './optimisers.ts';
import { returnBindings } from './returns.ts';

/** Every call that our functions answer. */
export const bindings: readonly Binding[] = [
  ...returnBindings,
  ...distributionBindings,
  ...lossBindings,
  ...optimiserBindings,
  ...networkBindings,
];
