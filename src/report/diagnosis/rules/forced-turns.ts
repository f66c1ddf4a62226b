import { ending } from '../policy-log.ts';
import type { Rule } from '../rule.ts';
import { percentText } from '../step-text.ts';

const most = 0.9;

export const forcedTurns: Rule = {
  id: 'forced-turns',
  title: 'There is hardly anything to choose',
  threshold: `In more than ${100 * most} % of the turns at the end of the run the mask left one action: such turns teach the policy nothing, and dilute the rest of the batch.`,
  source:
    'Huang and Ontañón (2022), "A closer look at invalid action masking": masked actions have no gradient. The share is an own choice.',
  turns: [
    { key: 'env.id', advice: 'look at the rules that make the mask (protocol, deadlines, budgets) in `env.params`' },
    { key: 'rollout.steps', advice: 'raise it: more turns with a choice in every update' },
  ],
  look(log) {
    const forced = log.column('policy/forcedTurns');
    if (forced.values.length < 3) return undefined;
    const end = ending(forced);
    if (end <= most) return undefined;
    const masked = log.column('policy/maskedActions');
    const share = masked.values.length === 0 ? '' : `; ${percentText(ending(masked))} of all actions were forbidden`;
    return { evidence: `One action was legal in ${percentText(end)} of the turns at the end${share}.`, weight: end };
  },
};
