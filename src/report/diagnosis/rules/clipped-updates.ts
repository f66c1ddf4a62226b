import { median } from '../policy-log.ts';
import type { Rule } from '../rule.ts';
import { percentText, stepText } from '../step-text.ts';

const usualMost = 0.3;

export const clippedUpdates: Rule = {
  id: 'clipped-updates',
  title: 'Much of every update is clipped away',
  threshold: `A median clip fraction above ${usualMost}: beyond the clip range a sample pushes no further, so most of the work of the later passes is lost.`,
  source:
    'Schulman et al. (2017), eq. 7: no gradient beyond the clip range. The share is an own choice; 0.05 to 0.3 is usual.',
  turns: [
    { key: 'learner.learningRate', advice: 'lower it' },
    { key: 'learner.epochs', advice: 'lower it' },
    { key: 'learner.minibatches', advice: 'lower it: larger minibatches, fewer steps' },
  ],
  look(log) {
    const clipped = log.column('policy/clipFraction');
    if (clipped.values.length === 0) return undefined;
    const usual = median(clipped);
    if (usual <= usualMost) return undefined;
    const most = Math.max(...clipped.values);
    const where = stepText(clipped.steps[clipped.values.indexOf(most)], log);
    return {
      evidence: `Median ${percentText(usual)} of the samples, most ${percentText(most)} at ${where}.`,
      weight: usual,
    };
  },
};
