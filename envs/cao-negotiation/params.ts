import { z } from 'zod';

export const caoNegotiationParams = z.strictObject({
  items: z.int().min(1).max(4).default(3).describe('Kinds of items; 0 to 5 of each are in the pool.'),
  symbols: z.int().min(2).max(100).default(10).describe('Symbols an utterance is made of.'),
  utteranceLength: z.int().min(1).max(12).default(6).describe('Symbols in an utterance.'),
  channels: z
    .enum(['none', 'proposal', 'linguistic', 'both'])
    .default('both')
    .describe('What of a turn reaches the other: nothing, the proposal, the utterance, or both.'),
  reward: z
    .enum(['own', 'joint'])
    .default('own')
    .describe(
      'What the parties learn from: own utility as a share of the whole pool’s (selfish), or the sum of both as a share of the best (prosocial).',
    ),
  heard: z
    .enum(['clear', 'muted', 'noisy'])
    .default('clear')
    .describe('What becomes of utterances on their way: nothing, silence, or chance symbols in places.'),
  noise: z.number().min(0).max(1).default(1).describe('Share of symbols that chance replaces, where they are noisy.'),
  games: z
    .enum(['all', 'seen', 'heldOut'])
    .default('all')
    .describe('Which games are drawn: all, those to learn from, or those held out.'),
  heldOutClasses: z
    .int()
    .min(2)
    .max(100)
    .default(10)
    .describe('One of so many classes of games, by the sum of all their numbers, is held out.'),
  encoding: z
    .enum(['one-hot', 'tokens'])
    .default('one-hot')
    .describe('Observations as one-hot fields, or as numbered words for networks with embeddings (architecture cao).'),
});

export type CaoNegotiationParams = z.infer<typeof caoNegotiationParams>;

export function speaks({ channels }: CaoNegotiationParams): boolean {
  return channels === 'linguistic' || channels === 'both';
}

export function shows({ channels }: CaoNegotiationParams): boolean {
  return channels === 'proposal' || channels === 'both';
}
