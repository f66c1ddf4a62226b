import { numberText } from '../../number-text.ts';
import { beginning, ending } from '../policy-log.ts';
import type { Rule } from '../rule.ts';
import { percentText } from '../step-text.ts';

const most = 0.5;

export const deadUnits: Rule = {
  id: 'dead-units',
  title: 'Most units of the networks are dead',
  threshold: `More than ${100 * most} % of the hidden units got no gradient from a whole minibatch at the end of the run: rectifiers that are never on, which no longer learn.`,
  source:
    'Sokar et al. (2023), "The dormant neuron phenomenon in deep reinforcement learning". The share is an own choice.',
  turns: [
    { key: 'policy.network.activation', advice: 'tanh or elu', taken: 'tanh' },
    { key: 'learner.learningRate', advice: 'lower it' },
    { key: 'policy.normaliseObservations', advice: 'switch it on', taken: 'true' },
  ],
  look(log) {
    const dead = log.column('policy/deadUnits');
    if (dead.values.length < 3) return undefined;
    const end = ending(dead);
    if (end <= most) return undefined;
    const evidence = `${percentText(end)} of the hidden units at the end, ${percentText(beginning(dead))} at the start; learning rate ${numberText(log.column('policy/learningRate').values.at(-1) ?? Number.NaN)} at the end.`;
    return { evidence, weight: end };
  },
};
