import { type ActorContext, defineScripted, describeSpace, type Policy, PolityError, suggest } from '#core';
import type { PolicyFamily } from '../policy-family.ts';
import { refusal } from '../refusal.ts';
import { actionNumber } from './two-player-game.ts';

const card = {
  title: 'Always the same action',
  description:
    'Plays one action whatever happens: always(0), always(defect). Where that action is not legal it stops with an error.',
  source: 'Axelrod (1984), "The evolution of cooperation": ALL C and ALL D.',
  worlds: ['*'],
};

/** Plays one action, given by number or by label (in any case), in every world with a discrete action. */
export const always: PolicyFamily = {
  id: 'always',
  card,
  argument: { name: 'action', description: 'the action, by name or number', example: 'always(0)' },
  createActor(context) {
    throw refusal('always', context, {
      message: 'which action?',
      got: '"always"',
      expected: 'an action between parentheses',
      remedy: `Write ${labelsOf('always', context)
        .slice(0, 4)
        .map((label) => `always(${label})`)
        .join(' or ')}`,
    });
  },
  withArgument: (argument) => alwaysPlay(argument),
};

function alwaysPlay(argument: string): Policy {
  const id = `always(${argument})`;
  return defineScripted<{ readonly action: number; readonly where: string }, null>({
    id,
    card,
    prepare(context) {
      const labels = labelsOf(id, context);
      const action = actionNumber(labels, argument);
      if (action < 0) {
        throw refusal(id, context, {
          message: 'unknown action',
          got: `"${argument}"`,
          expected: `0..${labels.length - 1} or a name`,
          remedy: suggest(argument, labels.slice(0, 24)),
        });
      }
      return { action, where: `${id} › ${context.env.id}` };
    },
    remember: () => null,
    act({ mask }, out, { action, where }) {
      if (mask[action] === 0) {
        const message = 'its action is not legal now';
        throw new PolityError({ code: 'input', where, message, got: `action ${action}`, expected: 'a legal action' });
      }
      out[0] = action;
    },
  });
}

function labelsOf(id: string, context: ActorContext): readonly string[] {
  const { action } = context.role;
  if (action.kind !== 'discrete') {
    throw refusal(id, context, { got: describeSpace(action), expected: 'one discrete action' });
  }
  return action.labels ?? Array.from({ length: action.n }, (_, i) => String(i));
}
