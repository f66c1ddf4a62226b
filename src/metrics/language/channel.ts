import { entropy, type JointTable, mutualInformation, sumOf } from './information.ts';

/**
 * A speaker and a listener written out: how probable each message is in each state, and what the listener does then.
 *
 * Shapes: S states, C messages, A actions.
 */
export interface Channel {
  /** How probable each state is [S]. */
  readonly states: readonly number[];
  /** [S][C], rows add up to 1. */
  readonly speaker: JointTable;
  /** [S][C][A]: the listener sees the state too, or (where it does not) has the same row in every state. */
  readonly listener: readonly JointTable[];
}

/**
 * Whether what a speaker says goes with what it does: information between its message and its own action. High values alone do not
 * show that anybody listens.
 *
 * Shapes: own [S][C][B], the speaker's own action.
 * Units: nats.
 * Source: Jaques et al. (2019), "Social influence as intrinsic motivation"; Lowe et al. (2019), "On the pitfalls of measuring
 * emergent communication", section 3.1 (positive signalling).
 */
export function speakerConsistency(channel: Channel, own: readonly JointTable[]): number {
  return mutualInformation(messagesWith(channel, own));
}

/**
 * Information between a message and the listener's next action, over all states: also where both merely follow the state.
 *
 * Units: nats.
 * Source: Jaques et al. (2019); Lowe et al. (2019), section 3.2.
 */
export function instantaneousCoordination(channel: Channel): number {
  return mutualInformation(messagesWith(channel, channel.listener));
}

/**
 * How often each message and each action occur together, over all states.
 *
 * Shapes: actions [S][C][A] -> [C][A], probabilities.
 */
export function messagesWith({ states, speaker }: Channel, actions: readonly JointTable[]): number[][] {
  return speaker[0].map((_, c) =>
    actions[0][c].map((_, a) => sumOf(states.map((p, s) => p * speaker[s][c] * actions[s][c][a]))),
  );
}

/**
 * Information between state and message: how much is said.
 *
 * Units: nats.
 */
export function statesWithMessages({ states, speaker }: Channel): number {
  return mutualInformation(speaker.map((row, s) => row.map((p) => p * states[s])));
}

/**
 * Causal influence of communication: what a forced message tells about the listener's action, in each state.
 *
 * `spoken` draws the forced message as the speaker would: 0 for any speaker that does not vary within a state, even one that is
 * always obeyed. `uniform` forces all messages alike, and so measures listening.
 *
 * Shapes: -> [S].
 * Units: nats.
 * Source: Lowe et al. (2019), section 3.3, algorithm 1, with the marginal taken as a sum (the released code takes a mean, which
 * adds log C).
 */
export function causalInfluencePerState({ speaker, listener }: Channel, messages: 'spoken' | 'uniform'): number[] {
  return listener.map((actions, s) =>
    mutualInformation(actions.map((row, c) => row.map((p) => p * (messages === 'spoken' ? speaker[s][c] : 1)))),
  );
}

/**
 * `causalInfluencePerState`, averaged over states.
 *
 * Units: nats.
 *
 * @example
 * causalInfluence({ states: [1], speaker: [[1, 0]], listener: [[[1, 0], [0, 1]]] }, 'uniform') // Math.log(2): obeyed to the letter
 */
export function causalInfluence(channel: Channel, messages: 'spoken' | 'uniform'): number {
  const { states } = channel;
  const perState = causalInfluencePerState(channel, messages);
  return sumOf(perState.map((influence, s) => states[s] * influence)) / sumOf(states);
}

/**
 * How far each message moves the listener from what it would do on average over the messages that might have come instead;
 * undefined for messages that are never said in that state.
 *
 * Shapes: -> [S][C].
 * Units: nats.
 * Source: Jaques et al. (2019), eq. 1: KL(p(a | c, s) || p(a | s)).
 */
export function socialInfluence({ speaker, listener }: Channel): (number | undefined)[][] {
  return speaker.map((said, s) => {
    const average = listener[s][0].map((_, a) => sumOf(said.map((p, c) => p * listener[s][c][a])));
    return said.map((p, c) =>
      p === 0 ? undefined : sumOf(listener[s][c].map((q, a) => (q === 0 ? 0 : q * Math.log(q / average[a])))),
    );
  });
}

/**
 * How varied messages are: over everything, and within a state (0 for a speaker that always says the same there).
 *
 * Units: nats.
 */
export function messageEntropies({ states, speaker }: Channel): { overall: number; givenState: number } {
  return {
    overall: entropy(messageShares(states, speaker)),
    givenState: sumOf(speaker.map((said, s) => states[s] * entropy(said))) / sumOf(states),
  };
}

/** What becomes of messages on their way: nothing, dealt out anew regardless of the state, or one and the same instead. */
export type Ablation = 'none' | 'shuffled' | { readonly constant: number };

/**
 * The listener's expected reward with the channel as it is or tampered with; what communication is worth is the difference.
 *
 * Shapes: reward [S][A].
 * Units: the world's reward.
 * Source: Lowe et al. (2019), section 5: ablation of messages.
 */
export function rewardUnder({ states, speaker, listener }: Channel, reward: JointTable, ablation: Ablation): number {
  const shares = messageShares(states, speaker);
  const chance = (s: number, c: number) => {
    if (ablation === 'none') return speaker[s][c];
    if (ablation === 'shuffled') return shares[c];
    return c === ablation.constant ? 1 : 0;
  };
  return sumOf(
    states.map((p, s) =>
      sumOf(listener[s].map((row, c) => p * chance(s, c) * sumOf(row.map((q, a) => q * reward[s][a])))),
    ),
  );
}

function messageShares(states: readonly number[], speaker: JointTable): number[] {
  return speaker[0].map((_, c) => sumOf(states.map((p, s) => p * speaker[s][c])));
}
