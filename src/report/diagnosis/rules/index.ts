import type { Rule } from '../rule.ts';
import { brokenNumbers } from './broken-numbers.ts';
import { clippedUpdates } from './clipped-updates.ts';
import { deadUnits } from './dead-units.ts';
import { entropyCollapse } from './entropy-collapse.ts';
import { fewUpdates } from './few-updates.ts';
import { flatReturns } from './flat-returns.ts';
import { forcedTurns } from './forced-turns.ts';
import { klSpikes } from './kl-spikes.ts';
import { runawayValues } from './runaway-values.ts';
import { unmovedPolicy } from './unmoved-policy.ts';
import { uselessCritic } from './useless-critic.ts';
import { valueScale } from './value-scale.ts';

/** What is looked for, the gravest first. */
export const diagnosisRules: readonly Rule[] = [
  brokenNumbers,
  fewUpdates,
  flatReturns,
  unmovedPolicy,
  entropyCollapse,
  klSpikes,
  clippedUpdates,
  uselessCritic,
  valueScale,
  runawayValues,
  deadUnits,
  forcedTurns,
];
