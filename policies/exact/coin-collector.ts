import { defineScripted } from '#core';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';

interface Setup {
  readonly preference: Stretch;
  readonly own: Stretch;
  readonly others: readonly Stretch[];
  readonly coins: readonly Stretch[];
  readonly columns: number;
}

const stand = 4;

/** Walks to the nearest coin of its own colour in OpenSpiel’s coin game. */
export const coinCollector = defineScripted<Setup, null>({
  id: 'coin-collector',
  card: {
    title: 'Coin collector',
    description:
      'Walks to the nearest coin of its own colour, round other players and other coins; stands still when there is none to be reached. So it shows what it wants, and takes no coin that may be bad.',
    source: 'Greedy; game of Raileanu et al. (2018), "Modeling others using oneself".',
    worlds: ['coin-game-openspiel'],
  },
  prepare(context) {
    const { observation } = context.role;
    const field = (name: string) => findField(observation, name);
    const [preference, own] = [field('preference'), field('board/own')];
    const { columns } = (context.env.params ?? {}) as { readonly columns?: number };
    if (
      context.env.id !== 'coin-game-openspiel' ||
      preference === undefined ||
      own === undefined ||
      columns === undefined
    ) {
      throw refusal('coin-collector', context, { got: context.env.id, expected: 'coin-game-openspiel' });
    }
    const list = (name: (i: number) => string, first: number) => {
      const found: Stretch[] = [];
      for (let i = first, part = field(name(i)); part !== undefined; i++, part = field(name(i))) found.push(part);
      return found;
    };
    return {
      preference,
      own,
      columns,
      others: list((i) => `board/other${i}`, 1),
      coins: list((i) => `board/coin${i}`, 0),
    };
  },
  remember: () => null,
  act({ observation }, out, setup) {
    const wanted = setup.coins[hotIndex(observation, setup.preference)];
    out[0] = firstStep(observation, hotIndex(observation, setup.own), wanted, setup);
  },
});

/** The first move of a shortest way to a wanted coin. */
function firstStep(observation: Float32Array, here: number, wanted: Stretch, setup: Setup): number {
  const { columns, own } = setup;
  const first = new Int8Array(own.size).fill(-1);
  const queue = [here];
  first[here] = stand;
  for (const cell of queue) {
    for (let move = 0; move < stand; move++) {
      const next = neighbour(cell, move, columns, own.size);
      if (next < 0 || first[next] >= 0) continue;
      first[next] = cell === here ? move : first[cell];
      if (observation[wanted.at + next] > 0.5) return first[next];
      if (isFree(observation, next, setup)) queue.push(next);
    }
  }
  return stand;
}

/** The cell up, down, left or right of one; -1 off the board. */
function neighbour(cell: number, move: number, columns: number, cells: number): number {
  const column = cell % columns;
  if ((move === 2 && column === 0) || (move === 3 && column === columns - 1)) return -1;
  const next = cell + [-columns, columns, -1, 1][move];
  return next < 0 || next >= cells ? -1 : next;
}

function isFree(observation: Float32Array, cell: number, { others, coins }: Setup): boolean {
  return [...others, ...coins].every(({ at }) => observation[at + cell] < 0.5);
}
