import { numberText } from '../../number-text.ts';
import { beginning, ending, median } from '../policy-log.ts';
import type { Rule } from '../rule.ts';
import { percentText } from '../step-text.ts';

const leastFall = 0.02;
const leastKl = 1e-4;

export const unmovedPolicy: Rule = {
  id: 'unmoved-policy',
  title: 'The policy hardly moves',
  threshold: `Entropy at the end above ${100 * (1 - leastFall)} % of that at the start and, where it is logged, a median KL of the updates below ${leastKl}, without a rise of the return.`,
  source: 'Own choice: a hundredth of what Spinning Up (PPO, `target_kl`) calls usual.',
  turns: [
    { key: 'learner.learningRate', advice: 'raise it' },
    { key: 'learner.entropyWeight', advice: 'lower it: it may outweigh the rewards' },
    { key: 'learner.epochs', advice: 'raise it' },
  ],
  look(log) {
    const entropy = log.column('policy/entropy');
    if (entropy.values.length < 10 || log.outcome === 'rose') return undefined;
    const [start, end] = [beginning(entropy), ending(entropy)];
    if (start <= 0 || end < (1 - leastFall) * start) return undefined;
    const kl = log.column('policy/approxKl');
    if (kl.values.length > 0 && median(kl) >= leastKl) return undefined;
    const moved = kl.values.length === 0 ? '' : `, median KL of an update ${numberText(median(kl))}`;
    const evidence = `Entropy ${numberText(start)} at the start, ${numberText(end)} at the end (${percentText(end / start)})${moved}.`;
    return { evidence, weight: end / start };
  },
};
