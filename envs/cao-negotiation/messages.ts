import { agentName, type Message } from '#protocol';
import { type CaoNegotiationParams, shows, speaks } from './params.ts';
import type { CaoNegotiationState } from './rules.ts';

/**
 * What a turn tells the other: that its proposal is accepted, or what the party keeps and what it utters, as far as the channels carry
 * it. Utterances stand there as they were uttered, also where noise changes what is heard; nothing is said where nothing arrives.
 */
export function messagesOf(
  state: CaoNegotiationState,
  actions: Float64Array,
  params: CaoNegotiationParams,
): readonly Message[] {
  const { pool, turn, over, said } = state;
  if (over) return [];
  const mover = turn % 2;
  const at = (mover * actions.length) / 2;
  const accepts = actions[at] === 1;
  const from = at + 1 + pool.length;
  const content = accepts
    ? {}
    : {
        ...(shows(params) ? { keep: Array.from(actions.subarray(at + 1, from)) } : {}),
        ...(arrives(params) ? { symbols: Array.from(actions.subarray(from, from + said.length)) } : {}),
      };
  const answers = turn > 0 && (shows(params) || arrives(params));
  if (!accepts && Object.keys(content).length === 0) return [];
  return [
    {
      performative: accepts ? 'accept-proposal' : shows(params) ? 'propose' : 'inform',
      sender: agentName('party', mover),
      receiver: [agentName('party', 1 - mover)],
      content,
      language: 'json',
      encoding: 'utf-8',
      protocol: 'cao-negotiation',
      conversationId: 'cao-negotiation',
      replyWith: `turn-${turn}`,
      ...(answers ? { inReplyTo: `turn-${turn - 1}` } : {}),
    },
  ];
}

/** Whether anything of an utterance is heard. */
function arrives(params: CaoNegotiationParams): boolean {
  return speaks(params) && params.heard !== 'muted';
}
