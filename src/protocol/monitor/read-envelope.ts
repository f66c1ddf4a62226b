import { z } from 'zod';
import type { Declaration } from '../declaration.ts';
import { type Message, messageSchema, mostMessageBytes } from '../message.ts';
import type { Violation } from './clause.ts';

/** Why something is not a message of this protocol. */
export type Unreadable = Omit<Violation, 'tick'>;

/** Reads anything as a message: its size, its envelope, its protocol, its act. */
export function readEnvelope(
  said: unknown,
  { id, moves }: Declaration,
): { message: Message } | { problem: Unreadable } {
  const unread = (clause: Violation['clause'], message: string) => ({ problem: { clause, message } });
  const text = asJson(said);
  if (text === undefined) return unread('C7', 'it cannot be written as JSON');
  if (text.length > mostMessageBytes) {
    return unread('C7', `it is ${text.length} letters long, and more than ${mostMessageBytes} are not read`);
  }
  const result = messageSchema.safeParse(JSON.parse(text));
  if (!result.success) {
    const [issue] = result.error.issues;
    const [key] = issue.path;
    if (key === 'receiver') return unread('C5', 'it is said to nobody, or to what is not a list of names');
    if (key === 'content') return unread('C6', 'its content is not an object');
    return unread(
      'C7',
      `it is not a message: ${z.prettifyError(result.error).split('\n').slice(0, 2).join(' ').trim()}`,
    );
  }
  const { protocol, performative } = result.data;
  if (protocol !== id) return unread('C7', `it is of protocol "${protocol}", and this is "${id}"`);
  if (!moves.some((move) => move.performative === performative))
    return unread('C7', `nobody says ${performative} in "${id}"`);
  return { message: result.data };
}

/** The answer to what does not conform; whoever said it is named where a name can be made out. */
export function notUnderstood(
  said: unknown,
  { clause, rule, message, tick }: Violation,
  {
    protocol,
    conversationId,
    number,
  }: { readonly protocol: string; readonly conversationId: string; readonly number: number },
): Message {
  const { sender, replyWith } = (typeof said === 'object' && said !== null ? said : {}) as Record<string, unknown>;
  const isName = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 200;
  return {
    performative: 'not-understood',
    sender: 'protocol',
    receiver: [isName(sender) ? sender : 'unknown'],
    content: { clause, ...(rule === undefined ? {} : { rule }), reason: message, tick },
    language: 'json',
    encoding: 'utf-8',
    protocol,
    conversationId,
    replyWith: `n${number}`,
    ...(isName(replyWith) ? { inReplyTo: replyWith } : {}),
  };
}

function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value) as string | undefined;
  } catch {
    // Circular, or holding what JSON has no word for: the caller answers that it was not understood.
    return undefined;
  }
}
