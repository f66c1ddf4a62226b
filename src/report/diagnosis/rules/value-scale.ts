import { numberText } from '../../number-text.ts';
import { laterHalf, median } from '../policy-log.ts';
import type { Rule } from '../rule.ts';
import { percentText } from '../step-text.ts';

const large = 10;
const missed = 0.1;

export const valueScale: Rule = {
  id: 'value-scale',
  title: 'Returns are too large for the critic',
  threshold: `Returns of a root mean square above ${large} that the critic learns as they are and misses, in the second half of the run, by more than ${100 * missed} % of their size and more than √2 of their deviation, which is more than their mean would miss them by. Networks begin near 0 and need long to reach such values, and meanwhile the value loss drowns the policy’s where both share a trunk.`,
  source:
    'van Hasselt et al. (2016), "Learning values across many orders of magnitude"; Yu et al. (2022), section 5.1. The thresholds are an own choice.',
  turns: [
    { key: 'learner.normaliseValues', advice: 'switch it on' },
    { key: 'learner.learningRate', advice: 'raise it, where values are not to be normalised' },
    { key: 'learner.valueWeight', advice: 'lower it, where policy and value share a trunk' },
  ],
  look(log) {
    // A value loss that turns linear is no mean of squares.
    if (log.setting('learner.normaliseValues') !== 'false' || isNumber(log.setting('learner.huberDelta')))
      return undefined;
    const [means, deviations, losses] = ['policy/target', 'policy/targetDeviation', 'loss/value'].map((id) =>
      laterHalf(log.column(id)),
    );
    if (deviations.values.length < 5 || losses.values.length < 5) return undefined;
    const [mean, deviation] = [median(means), median(deviations)];
    const size = Math.hypot(mean, deviation);
    // The loss is half of the mean square.
    const error = Math.sqrt(2 * median(losses));
    if (size <= large || error <= missed * size || error <= Math.SQRT2 * deviation) return undefined;
    return {
      evidence: `Second half of the run: returns ${numberText(mean)} with deviation ${numberText(deviation)}, missed by ${numberText(error)} (${percentText(error / size)} of their size).`,
      weight: error / size,
    };
  },
};

function isNumber(setting: string | undefined): boolean {
  return setting !== undefined && setting !== 'null';
}
