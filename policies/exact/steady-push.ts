import { defineScripted } from '#core';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';

interface Setup {
  readonly coins: Stretch;
  readonly position: Stretch;
}

/** Spends its coins evenly over the places that are left to push. */
export const steadyPush = defineScripted<Setup, null>({
  id: 'steady-push',
  card: {
    title: 'Steady push',
    description:
      'Bids its coins divided by the places between the wrestler and the other’s edge of the ring, rounded up.',
    source: 'A rule of thumb for Oshi-Zumo (Buro 2003 has the equilibria).',
    worlds: ['oshi-zumo'],
  },
  prepare(context) {
    const { observation } = context.role;
    const [coins, position] = [findField(observation, 'coins/own'), findField(observation, 'position')];
    if (context.env.id !== 'oshi-zumo' || position === undefined) {
      throw refusal('steady-push', context, { got: context.env.id, expected: 'oshi-zumo' });
    }
    if (coins === undefined) {
      throw refusal('steady-push', context, {
        got: 'view seats',
        expected: 'view own',
        remedy: 'Set the parameter view to own',
      });
    }
    return { coins, position };
  },
  remember: () => null,
  act({ observation, mask }, out, { coins, position }) {
    const left = hotIndex(observation, coins);
    const places = position.size - 1 - hotIndex(observation, position);
    const bid = Math.ceil(left / places);
    // The least bid may be higher.
    out[0] = mask[bid] === 1 ? bid : mask.indexOf(1);
  },
});
