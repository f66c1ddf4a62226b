import { countText, numberText } from '../../number-text.ts';
import type { Rule } from '../rule.ts';

/** Where one's gain is another's loss, the sum is always the same, but not who gets what. */
const spreads = ['episode/return', 'society/returnGap', 'society/worstReturn'];

export const flatReturns: Rule = {
  id: 'flat-returns',
  title: 'Every episode returns the same',
  threshold:
    'The mean return of the training episodes is the same number in every update: no action was ever better than another.',
  source: 'Definition: advantages of equal returns are 0, and so is the gradient of the policy.',
  turns: [
    { key: 'learner.entropyWeight', advice: 'raise it, so that more is tried' },
    { key: 'learner.epsilon', advice: 'let it fall more slowly, so that more is tried' },
    { key: 'env.timeLimitSteps', advice: 'raise it, where episodes end before a reward can be reached' },
    { key: 'env.id', advice: 'choose a smaller or denser setting of the world in `env.params`' },
  ],
  look(log) {
    const [{ values }, ...others] = spreads.map((id) => log.column(id));
    const varies = [values, ...others.map((column) => column.values)].some((all) =>
      all.some((value) => value !== all[0]),
    );
    if (values.length < 5 || varies || log.outcome === 'rose') return undefined;
    const evidence = `Return ${numberText(values[0])} in all ${countText(values.length)} updates in which episodes ended.`;
    return { evidence, weight: values.length };
  },
};
