import { numberText } from '../../number-text.ts';
import { laterHalf, median, type PolicyLog } from '../policy-log.ts';
import type { Rule } from '../rule.ts';
import { percentText } from '../step-text.ts';

const least = -0.1;
/** Returns that spread less than this share of their size are as good as constant: nothing is left to explain. */
const constant = 0.01;

export const uselessCritic: Rule = {
  id: 'useless-critic',
  title: 'The critic is worse than a constant',
  threshold: `A median explained variance below ${least} in the second half of the run, while returns vary: advantages are noisier with this critic than with a constant one.`,
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
    if (usual >= least || isConstant(log)) return undefined;
    const below = later.values.filter((value) => value < 0).length / later.values.length;
    const lowest = Math.min(...later.values);
    return {
      evidence: `Second half of the run: median ${numberText(usual)}, least ${numberText(lowest)}, below 0 in ${percentText(below)} of the updates.`,
      weight: -usual,
    };
  },
};

function isConstant(log: PolicyLog): boolean {
  const [means, deviations] = ['policy/target', 'policy/targetDeviation'].map((id) => laterHalf(log.column(id)));
  if (deviations.values.length === 0) return false;
  return median(deviations) < constant * Math.abs(median(means));
}
