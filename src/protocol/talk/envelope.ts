import type { Message } from '../message.ts';
import { hearersOf } from './participants.ts';
import type { TalkState } from './state.ts';
import type { MoveTable } from './tables.ts';
import type { Talk } from './talk.ts';

/** The id of the n-th message of a conversation. */
export function messageId(number: number): string {
  return `m${number}`;
}

/**
 * What an agent chose as a message, to be asked for before it is said; undefined for silence.
 *
 * @example
 * const talk = createTalk(declarationOf(protocols.get('alternating-offers'), { issues: [3, 2], rounds: 2 }));
 * const { sender, receiver, content, replyBy } = messageOf(talk, talk.begin(), 0, [1, 2, 0], 'c1');
 * [sender, receiver, content, replyBy] // ['party_0', ['party_1'], { offer: 0, outcome: [2, 0] }, 3]
 */
export function messageOf(
  talk: Talk,
  state: TalkState,
  agent: number,
  action: ArrayLike<number>,
  conversationId: string,
  offset = 0,
): Message | undefined {
  const { tables, participants, declaration } = talk;
  const role = tables.roles[participants.roleOf[agent]];
  if (action[offset] === 0) return undefined;
  const { move, thread: addressed } = role.utterances[action[offset] - 1];
  const everywhere = move.move.thread === 'all';
  const thread = addressed >= 0 ? addressed : Math.max(0, participants.threadOf[agent]);
  const after = structuredClone(state);
  talk.say(after, agent, action, offset);
  const cited = state.lastMessage[thread];
  const limit = talk.replyBy(after, thread);
  return {
    performative: move.move.performative,
    sender: participants.names[agent],
    receiver: hearersOf(participants, move.move, agent, everywhere ? -1 : thread).map((a) => participants.names[a]),
    content: contentOf(talk, after, move, thread),
    language: 'json',
    encoding: 'utf-8',
    protocol: declaration.id,
    conversationId,
    replyWith: messageId(after.said),
    ...(move.move.reply && cited > 0 ? { inReplyTo: messageId(cited) } : {}),
    ...(limit < 0 ? {} : { replyBy: limit }),
  };
}

function contentOf({ tables }: Talk, after: TalkState, move: MoveTable, thread: number): Record<string, unknown> {
  const first = thread * tables.parameters.length;
  const carried = [...move.in, ...move.keys, ...move.out].sort((a, b) => a - b);
  return Object.fromEntries(
    carried.map((index) => {
      const { name, grid } = tables.parameters[index];
      const value = after.values[first + index];
      return [name, grid === null ? value - 1 : grid.valueAt(value)];
    }),
  );
}
