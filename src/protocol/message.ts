import { z } from 'zod';
import { type Performative, performativeIds } from './performative.ts';

/** Bytes of the longest message that is read at all. */
export const mostMessageBytes = 16_384;

/** No blanks, commas or parentheses: names stand in lines of text. */
const name = z
  .string()
  .max(200)
  .regex(/^[^\s,()]+$/, 'a name without blanks, commas and parentheses');

/**
 * The envelope of everything that is said. Times are ticks of the conversation's clock.
 *
 * Source: FIPA SC00061G (2002), "ACL Message Structure": its 13 parameters, under their names.
 */
export const messageSchema = z.strictObject({
  performative: z.enum(performativeIds as [Performative, ...Performative[]]).describe('What kind of act this is.'),
  sender: name.describe('Who says it.'),
  receiver: z.array(name).min(1).describe('Everyone it is said to.'),
  replyTo: z.array(name).min(1).optional().describe('Who should get the answer, where that is not the sender.'),
  content: z.record(z.string(), z.unknown()).describe('Values of the parameters of the move, by name.'),
  language: z.literal('json').default('json').describe('How the content is written.'),
  encoding: z.literal('utf-8').default('utf-8').describe('How its letters are.'),
  ontology: name.optional().describe('Where the words of the content are defined; absent: by the protocol.'),
  protocol: name.describe('Id of the protocol.'),
  conversationId: name.describe('The conversation that this belongs to.'),
  replyWith: name.describe('What an answer cites: the message’s own id.'),
  inReplyTo: name.optional().describe('The message that this answers.'),
  replyBy: z.int().min(0).optional().describe('The last tick at which an answer counts.'),
});

export type Message = z.infer<typeof messageSchema>;

/** The name of an agent: its role and its number in it, after PettingZoo. */
export function agentName(role: string, index: number): string {
  return `${role}_${index}`;
}
