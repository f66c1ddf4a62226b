import type { Rule } from '../rule.ts';
import { stepText } from '../step-text.ts';

export const brokenNumbers: Rule = {
  id: 'broken-numbers',
  title: 'Numbers ran out of range',
  threshold: 'A loss or a statistic of the policy that is not a finite number.',
  source: 'IEEE 754: infinities and NaN spread through every later step.',
  turns: [
    { key: 'learner.learningRate', advice: 'lower it' },
    { key: 'learner.maxGradNorm', advice: 'set one, such as 0.5' },
    { key: 'policy.normaliseObservations', advice: 'switch it on', taken: 'true' },
  ],
  look(log) {
    const { brokenAt } = log;
    if (brokenAt === undefined) return undefined;
    const evidence = `\`${brokenAt.column}\` is not a finite number from ${stepText(brokenAt.step, log)} on.`;
    return { evidence, weight: log.lastStep - brokenAt.step };
  },
};
