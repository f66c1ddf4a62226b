import { z } from 'zod';

const shape = z.strictObject({
  players: z.int().min(2).max(5).default(2).describe('Players.'),
  colors: z.int().min(1).max(5).default(5).describe('Colours of cards.'),
  ranks: z
    .int()
    .min(1)
    .max(5)
    .default(5)
    .describe('Ranks of cards: three of the lowest of each colour, one of the highest, two of the others.'),
  handSize: z
    .int()
    .min(1)
    .max(8)
    .nullable()
    .default(null)
    .describe('Cards in a hand; null is 5, with four and more players 4.'),
  hints: z.int().min(0).max(50).default(8).describe('Hint tokens, at the beginning and at most.'),
  lives: z.int().min(1).max(50).default(3).describe('Mistakes that end the game, with a score of 0.'),
  randomStart: z.boolean().default(false).describe('Whether the first player is drawn; else it is player 0.'),
  observation: z
    .enum(['minimal', 'card-knowledge', 'seer'])
    .default('card-knowledge')
    .describe(
      'What is observed beside table and last move: nothing, what hints have told about every card, or every card itself.',
    ),
});

export const hanabiParams = shape.superRefine((params, context) => {
  const dealt = params.players * handSizeOf(params);
  if (dealt <= deckSizeOf(params)) return;
  const message = `${params.players} hands of ${handSizeOf(params)} from a deck of ${deckSizeOf(params)} cards`;
  context.addIssue({
    code: 'custom',
    path: ['handSize'],
    message: `at most ${Math.floor(deckSizeOf(params) / params.players)}, not ${message}`,
  });
});

export type HanabiParams = z.infer<typeof shape>;

export function handSizeOf({ handSize, players }: HanabiParams): number {
  return handSize ?? (players < 4 ? 5 : 4);
}

/** How many cards of a rank there are in each colour. */
export function copiesOf(rank: number, { ranks }: Pick<HanabiParams, 'ranks'>): number {
  if (rank === 0) return 3;
  return rank === ranks - 1 ? 1 : 2;
}

export function deckSizeOf(params: Pick<HanabiParams, 'colors' | 'ranks'>): number {
  let size = 0;
  for (let rank = 0; rank < params.ranks; rank++) size += copiesOf(rank, params);
  return size * params.colors;
}

/** Moves by number, in OpenSpiel’s order: discard card i, play card i, tell a colour, tell a rank (to the next player, the one after, ..). */
export interface Moves {
  readonly play: number;
  readonly tellColor: number;
  readonly tellRank: number;
  readonly count: number;
}

export function movesOf(params: HanabiParams): Moves {
  const hand = handSizeOf(params);
  const others = params.players - 1;
  const tellRank = 2 * hand + others * params.colors;
  return { play: hand, tellColor: 2 * hand, tellRank, count: tellRank + others * params.ranks };
}
