import { defineScripted, type Policy, PolityError } from '#core';
import type { PolicyFamily } from '../policy-family.ts';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';

const [pass, bet] = [0, 1];

const card = {
  title: 'Kuhn poker equilibrium',
  description:
    'Two-player Kuhn poker by an equilibrium: the first player bluffs with the lowest card with the probability given, 0 to 1/3, and bets the highest three times as often.',
  source: 'Kuhn (1950), "Simplified two-person poker".',
  worlds: ['kuhn-poker'],
};

interface Setup {
  readonly card: Stretch;
  readonly seat: Stretch;
  /** Whether the other has bet, as the observation shows it. */
  faces(observation: Float32Array, seat: number): boolean;
  readonly bluff: number;
}

/** An equilibrium of two-player Kuhn poker, `kuhn-equilibrium(0.2)`; without an argument it bluffs once in three. */
export const kuhnEquilibrium: PolicyFamily = {
  ...equilibrium('kuhn-equilibrium', 1 / 3),
  argument: {
    name: 'bluff',
    description: 'how often the lowest card is bet first, 0 to 1/3',
    example: 'kuhn-equilibrium(0.2)',
  },
  withArgument(argument, where) {
    const bluff = Number(argument);
    if (!(bluff >= 0 && bluff <= 1 / 3)) {
      const got = `"${argument}"`;
      throw new PolityError({ code: 'input', where, message: 'bluffing rate out of range', got, expected: '0 to 1/3' });
    }
    return equilibrium(`kuhn-equilibrium(${argument})`, bluff);
  },
};

function equilibrium(id: string, bluff: number): Policy {
  return defineScripted<Setup, null>({
    id,
    card,
    prepare(context) {
      const { observation, count } = context.role;
      const [seat, own] = [findField(observation, 'player'), findField(observation, 'card')];
      const [moves, putIn] = [findField(observation, 'moves'), findField(observation, 'putIn')];
      if (
        context.env.id !== 'kuhn-poker' ||
        seat === undefined ||
        own === undefined ||
        (moves ?? putIn) === undefined
      ) {
        throw refusal(id, context, { got: context.env.id, expected: 'kuhn-poker' });
      }
      if (count !== 2) throw refusal(id, context, { got: `${count} players`, expected: 'two players' });
      const betAt = (observation: Float32Array, move: number) =>
        moves !== undefined && observation[moves.at + 2 * move + bet] === 1;
      return {
        card: own,
        seat,
        bluff,
        faces: (seen, player) =>
          putIn === undefined ? betAt(seen, player === 0 ? 1 : 0) : seen[putIn.at + 1 - player] === 2,
      };
    },
    remember: () => null,
    act({ observation, rng }, out, setup) {
      const player = hotIndex(observation, setup.seat);
      const held = hotIndex(observation, setup.card);
      const often = betRate(held, setup.faces(observation, player), player === 0, setup.bluff);
      out[0] = rng.random() < often ? bet : pass;
    },
  });
}

/** How often the first or the second player bets or, facing a bet, calls with a card. */
function betRate(card: number, faces: boolean, first: boolean, bluff: number): number {
  if (faces) return card === 1 ? (first ? bluff + 1 / 3 : 1 / 3) : card === 2 ? 1 : 0;
  if (first) return [bluff, 0, 3 * bluff][card];
  return [1 / 3, 0, 1][card];
}
