import { z } from 'zod';

/** Most of one item that a pool can hold, and most that one item can be worth. */
export const mostItems = 5;
export const mostValue = 10;
/** Proposals until an episode ends without agreement: drawn between these. */
export const fewestSteps = 4;
export const mostSteps = 10;

const mostActions = 1_000_000;

const shape = z.strictObject({
  items: z.int().min(1).max(7).default(3).describe('Kinds of items; 0 to 5 of each are in the pool.'),
  proposals: z
    .boolean()
    .default(true)
    .describe(
      'Whether the other sees proposals. The upstream world parses this and shows them all the same; the mended one hides them.',
    ),
  utterances: z.boolean().default(true).describe('Whether each proposal is followed by an utterance.'),
  symbols: z.int().min(1).max(1000).default(5).describe('Symbols an utterance is made of.'),
  utteranceLength: z.int().min(1).max(20).default(3).describe('Symbols in an utterance.'),
  reward: z
    .union([z.enum(['own', 'joint']), z.number().min(0).max(1)])
    .default('own')
    .describe(
      'What the parties learn from: own utility, the mean of both, or a blend (0 is own, 1 is joint); their sum stays the same.',
    ),
});

export const negotiationOpenSpielParams = shape.superRefine((params, context) => {
  if (actionCount(params) <= mostActions) return;
  const message = `at most ${mostActions} actions: symbols^utteranceLength is ${params.symbols ** params.utteranceLength}`;
  context.addIssue({ code: 'custom', path: ['utteranceLength'], message });
});

export type NegotiationOpenSpielParams = z.infer<typeof shape>;

/** The action that accepts; those below it propose, those above it utter. */
export function acceptOf({ items }: NegotiationOpenSpielParams): number {
  return (mostItems + 1) ** items;
}

export function utteranceCount({ utterances, symbols, utteranceLength }: NegotiationOpenSpielParams): number {
  return utterances ? symbols ** utteranceLength : 0;
}

export function actionCount(params: NegotiationOpenSpielParams): number {
  return acceptOf(params) + 1 + utteranceCount(params);
}

/** How many of item i a proposal keeps; the first item is the most significant digit. */
export function keptOf(proposal: number, i: number, { items }: NegotiationOpenSpielParams): number {
  return Math.floor(proposal / (mostItems + 1) ** (items - 1 - i)) % (mostItems + 1);
}

/** The symbol at place i of an utterance; the first place is the most significant digit. */
export function symbolOf(action: number, i: number, params: NegotiationOpenSpielParams): number {
  const { symbols, utteranceLength } = params;
  return Math.floor((action - acceptOf(params) - 1) / symbols ** (utteranceLength - 1 - i)) % symbols;
}
