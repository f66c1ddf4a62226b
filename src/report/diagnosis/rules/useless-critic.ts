import { numberText } from '../../number-text.ts';
import { laterHalf, median } from '../policy-log.ts';
import type { Rule } from '../rule.ts';
import { percentText } from '../step-text.ts';

export const uselessCritic: Rule = {
  id: 'useless-critic',
  title: 'The critic is worse than a constant',
  threshold:
    'A median explained variance below 0 in the second half of the run: advantages are noisier with this critic than with none.',
  source: 'Definition of the coefficient of determination, 1 - Var(R - V) / Var(R).',
  turns: [
    { key: 'learner.normaliseValues', advice: 'switch it on', taken: 'true' },
    { key: 'learner.valueWeight', advice: 'raise it' },
    { key: 'learner.valueClip', advice: 'remove it (null): it holds the critic back', taken: 'null' },
    {
      key: 'policy.network.trunk',
      advice: 'separate, so that the policy does not pull at the critic’s features',
      taken: 'separate',
    },
    { key: 'policy.normaliseObservations', advice: 'switch it on', taken: 'true' },
  ],
  look(log) {
    const later = laterHalf(log.column('policy/explainedVariance'));
    if (later.values.length < 5) return undefined;
    const usual = median(later);
    if (usual >= 0) return undefined;
    const below = later.values.filter((value) => value < 0).length / later.values.length;
    const least = Math.min(...later.values);
    return {
      evidence: `Second half of the run: median ${numberText(usual)}, least ${numberText(least)}, below 0 in ${percentText(below)} of the updates.`,
      weight: -usual,
    };
  },
};
