import { defineScripted } from '#core';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';

interface Setup {
  readonly cards: number;
  /** The point card alone, or all that have come up in order. */
  readonly current: Stretch;
}

/** Bids the point card’s own value in Goofspiel. */
export const matchPoints = defineScripted<Setup, null>({
  id: 'match-points',
  card: {
    title: 'Match the point card',
    description:
      'Bids the card of the point card’s value; where it is gone, the next higher one it holds, else its highest.',
    source:
      'Ross (1971), "Goofspiel: the game of pure strategy": the best reply to uniformly random bids, for point differences.',
    worlds: ['goofspiel'],
  },
  prepare(context) {
    const { observation, action } = context.role;
    const current = findField(observation, 'pointCard') ?? findField(observation, 'pointCards');
    if (context.env.id !== 'goofspiel' || current === undefined || action.kind !== 'discrete') {
      throw refusal('match-points', context, { got: context.env.id, expected: 'goofspiel' });
    }
    return { cards: action.n, current };
  },
  remember: () => null,
  act({ observation, mask }, out, { cards, current }) {
    let points = 0;
    for (let at = current.at; at < current.at + current.size; at += cards) {
      const shown = hotIndex(observation, { at, size: cards });
      if (shown >= 0) points = shown;
    }
    let bid = points;
    while (bid < cards && mask[bid] === 0) bid++;
    out[0] = bid < cards ? bid : mask.lastIndexOf(1);
  },
});
