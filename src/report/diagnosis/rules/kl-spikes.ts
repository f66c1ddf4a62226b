import { numberText } from '../../number-text.ts';
import { median } from '../policy-log.ts';
import type { Rule } from '../rule.ts';
import { percentText, stepText } from '../step-text.ts';

const spike = 0.1;
const timesMedian = 5;
const leastShare = 0.01;
const leastSpikes = 3;
const steady = 0.05;

export const klSpikes: Rule = {
  id: 'kl-spikes',
  title: 'Updates move the policy too far',
  threshold: `A KL above ${spike} and ${timesMedian} times the median in ${100 * leastShare} % of the updates (${leastSpikes} at least), or a median above ${steady}. What was learned from the old policy’s episodes says little about one that is far from it.`,
  source:
    'Spinning Up (PPO, `target_kl`) calls 0.01 to 0.05 usual and ends the passes of an update at 1.5 times its 0.01.',
  turns: [
    { key: 'learner.targetKl', advice: 'set one, such as 0.02, or lower it' },
    { key: 'learner.learningRate', advice: 'lower it' },
    { key: 'learner.epochs', advice: 'lower it' },
    { key: 'learner.clip', advice: 'lower it' },
  ],
  look(log) {
    const kl = log.column('policy/approxKl');
    const { steps, values } = kl;
    if (values.length === 0) return undefined;
    const usual = median(kl);
    const jumps = values.filter((value) => value > spike && value > timesMedian * usual).length;
    const many = jumps >= Math.max(leastSpikes, leastShare * values.length);
    if (!many && usual <= steady) return undefined;
    const most = Math.max(...values);
    const where = stepText(steps[values.indexOf(most)], log);
    const counted = many ? `; ${jumps} of ${values.length} updates (${percentText(jumps / values.length)}) jumped` : '';
    return {
      evidence: `Median KL ${numberText(usual)}, greatest ${numberText(most)} at ${where}${counted}.`,
      weight: most,
    };
  },
};
