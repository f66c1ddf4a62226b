import { numberText } from '../../number-text.ts';
import { ending } from '../policy-log.ts';
import type { Rule } from '../rule.ts';

const times = 5;

export const runawayValues: Rule = {
  id: 'runaway-values',
  title: 'Action values ran away from what is ever returned',
  threshold: `Learned action values at the end of more than ${times} times the greatest return of any update or evaluation: the bootstrap feeds on its own errors.`,
  source:
    'van Hasselt et al. (2018), "Deep reinforcement learning and the deadly triad": values beyond the greatest possible return.',
  turns: [
    { key: 'learner.targetTau', advice: 'lower it' },
    { key: 'learner.doubleQ', advice: 'switch it on', taken: 'true' },
    { key: 'learner.learningRate', advice: 'lower it' },
    { key: 'learner.gamma', advice: 'lower it' },
  ],
  look(log) {
    const value = log.column('policy/value');
    const returns = log.run.rows.flatMap((row) =>
      Number.isFinite(row['episode/return']) ? [Math.abs(row['episode/return'])] : [],
    );
    if (value.values.length < 5 || returns.length === 0) return undefined;
    const most = Math.max(...returns);
    const end = Math.abs(ending(value));
    if (end <= times * most) return undefined;
    const evidence = `Values of ${numberText(ending(value))} at the end, while no update or evaluation returned more than ${numberText(most)} (team sum, without sign).`;
    return { evidence, weight: end / Math.max(most, 1e-9) };
  },
};
