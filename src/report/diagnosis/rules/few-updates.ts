import { countText } from '../../number-text.ts';
import type { Rule } from '../rule.ts';

const fewest = 20;

export const fewUpdates: Rule = {
  id: 'few-updates',
  title: 'Hardly any updates',
  threshold: `Fewer than ${fewest} updates without a rise of the return: the budget ends before learning can show.`,
  source: 'Own choice: the small worlds of the learning tests need 20 to 100 updates of the default algorithm.',
  turns: [
    { key: 'budget.envSteps', advice: 'raise it' },
    { key: 'rollout.steps', advice: 'lower it: more updates from the same steps' },
  ],
  look({ updates, outcome, lastStep }) {
    if (updates === 0 || updates >= fewest || outcome === 'rose') return undefined;
    const evidence = `${updates} update${updates === 1 ? '' : 's'} in ${countText(lastStep)} env-steps.`;
    return { evidence, weight: fewest - updates };
  },
};
