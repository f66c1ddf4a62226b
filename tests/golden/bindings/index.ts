import type { Binding } from '../binding.ts';
import { distributionBindings } from './distributions.ts';
import { gameTheoryBindings } from './game-theory.ts';
import { hypothesisBindings } from './hypotheses.ts';
import { languageBindings } from './language.ts';
import { lossBindings } from './losses.ts';
import { marlEvalBindings } from './marl-eval.ts';
import { mixingBindings } from './mixing.ts';
import { negotiationBindings } from './negotiation.ts';
import { negotiationRunBindings } from './negotiation-runs.ts';
import { networkBindings } from './networks.ts';
import { optimiserBindings } from './optimisers.ts';
import { ratingBindings } from './ratings.ts';
import { returnBindings } from './returns.ts';
import { runBindings } from './runs.ts';

/** Every call that our functions answer. */
export const bindings: readonly Binding[] = [
  ...returnBindings,
  ...distributionBindings,
  ...lossBindings,
  ...optimiserBindings,
  ...mixingBindings,
  ...networkBindings,
  ...runBindings,
  ...marlEvalBindings,
  ...hypothesisBindings,
  ...ratingBindings,
  ...gameTheoryBindings,
  ...languageBindings,
  ...negotiationBindings,
  ...negotiationRunBindings,
];
