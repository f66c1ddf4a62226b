import { numberText } from '../../number-text.ts';
import { laterHalf, median } from '../policy-log.ts';
import type { Rule } from '../rule.ts';

const large = 10;
const explainsEnough = 0.5;

export const valueScale: Rule = {
  id: 'value-scale',
  title: 'Returns are too large for the critic',
  threshold: `Returns of a root mean square above ${large} that the critic learns as they are, of which it explains less than half (median of the second half of the run). Networks begin with outputs near 0 to 1 and need long to reach such values, and the value loss drowns the policy's where both share a trunk or a gradient limit.`,
  source:
    'van Hasselt et al. (2016), "Learning values across many orders of magnitude"; Yu et al. (2022), section 5.1. The thresholds are an own choice.',
  turns: [
    { key: 'learner.normaliseValues', advice: 'switch it on' },
    { key: 'learner.valueWeight', advice: 'lower it' },
    { key: 'learner.huberDelta', advice: 'set one, such as 10' },
  ],
  look(log) {
    if (log.setting('learner.normaliseValues') === 'true') return undefined;
    const [means, deviations, explained] = ['policy/target', 'policy/targetDeviation', 'policy/explainedVariance'].map(
      (id) => laterHalf(log.column(id)),
    );
    if (deviations.values.length < 5 || explained.values.length === 0) return undefined;
    const [mean, deviation, explains] = [median(means), median(deviations), median(explained)];
    const size = Math.hypot(mean, deviation);
    if (size <= large || explains >= explainsEnough) return undefined;
    return {
      evidence: `Second half of the run: returns ${numberText(mean)} with deviation ${numberText(deviation)}, explained variance ${numberText(explains)}.`,
      weight: size,
    };
  },
};
