import { z } from 'zod';
import { PolityError, suggest } from '#core';
import { type Message, messageSchema } from './message.ts';
import { performativeIds } from './performative.ts';

/**
 * A message in one line that people and language models read, and `parseMessage` reads back.
 *
 * @example
 * messageText({ performative: 'propose', sender: 'party_0', receiver: ['party_1'], content: { offer: 0, outcome: [4] }, language: 'json', encoding: 'utf-8', protocol: 'alternating-offers', conversationId: 'c1', replyWith: 'm1', replyBy: 9 })
 * // 'party_0 -> party_1: propose {"offer":0,"outcome":[4]} (alternating-offers c1, m1, reply by 9)'
 */
export function messageText(message: Message): string {
  const { sender, receiver, performative, content, protocol, conversationId, replyWith } = message;
  const notes = [`${protocol} ${conversationId}`, replyWith];
  if (message.inReplyTo !== undefined) notes.push(`in reply to ${message.inReplyTo}`);
  if (message.replyBy !== undefined) notes.push(`reply by ${message.replyBy}`);
  if (message.replyTo !== undefined) notes.push(`reply to ${message.replyTo.join(' ')}`);
  if (message.ontology !== undefined) notes.push(`ontology ${message.ontology}`);
  return `${sender} -> ${receiver.join(', ')}: ${performative} ${JSON.stringify(content)} (${notes.join(', ')})`;
}

const line =
  /^(\S+) -> (\S+(?:, \S+)*): (\S+) (\{.*\}) \((\S+) (\S+), (\S+?)(?:, in reply to (\S+?))?(?:, reply by (\d+))?(?:, reply to ([^,]+))?(?:, ontology (\S+))?\)$/;

/**
 * Reads what `messageText` wrote.
 *
 * Throws: PolityError (input) where the line is no message, saying what is amiss.
 */
export function parseMessage(text: string, where = 'message'): Message {
  const match = line.exec(text.trim());
  if (match === null) {
    throw new PolityError({
      code: 'input',
      where,
      message: 'not a message',
      got: text.length > 80 ? `${text.slice(0, 77)}...` : text,
      expected: 'sender -> receiver, ...: act {content} (protocol conversation, id, ...)',
    });
  }
  const [
    ,
    sender,
    receivers,
    performative,
    content,
    protocol,
    conversationId,
    replyWith,
    inReplyTo,
    replyBy,
    replyTo,
    ontology,
  ] = match;
  if (!performativeIds.some((id) => id === performative)) {
    const remedy = suggest(performative, performativeIds);
    throw new PolityError({ code: 'input', where, message: 'unknown performative', got: `"${performative}"`, remedy });
  }
  const result = messageSchema.safeParse({
    performative,
    sender,
    receiver: receivers.split(', '),
    content: parseContent(content, where),
    protocol,
    conversationId,
    replyWith,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(replyBy === undefined ? {} : { replyBy: Number(replyBy) }),
    ...(replyTo === undefined ? {} : { replyTo: replyTo.split(' ') }),
    ...(ontology === undefined ? {} : { ontology }),
  });
  if (result.success) return result.data;
  throw new PolityError({ code: 'input', where, message: z.prettifyError(result.error).split('\n')[0] });
}

function parseContent(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = 'the content is not JSON';
    throw new PolityError({ code: 'input', where, message, got: text.slice(0, 80) }, { cause: error });
  }
}
