import { z } from 'zod';
import type { Drawing } from './drawing.ts';
import type { EnvCard, Outcome } from './env-card.ts';
import type { WorldTree } from './game-tree.ts';
import type { Rng } from './rng.ts';
import type { BoxSpace, Space } from './space.ts';
import type { Interchangeable } from './symmetry.ts';

/** Agents that share spaces and, by default, a policy. Agent numbers run through the roles in the order they are listed. */
export interface Role {
  readonly name: string;
  readonly count: number;
  readonly observation: BoxSpace;
  readonly action: Space;
}

/** What holds for every episode under given parameters; the conformance kit checks each promise. */
export interface Declarations {
  /** Rewards of all agents sum to zero at every step. */
  readonly zeroSum?: boolean;
  /** All agents receive the same reward at every step. */
  readonly commonReward?: boolean;
  /** Lowest and highest reward one agent can receive in one step. */
  readonly rewardBounds?: readonly [low: number, high: number];
  /** Exchanging two agents of a role exchanges their outcomes. */
  readonly symmetric?: boolean;
}

/**
 * A world as a value: pure functions over plain, mutable, `structuredClone`-able state. The driver does every chore (seeding,
 * order, masks, time limit, reset, recording), so a world holds its rules and nothing else. `step` and `observe` write
 * into what they are handed and allocate nothing.
 *
 * Shapes: A agents; actions [A, stride] row-major, stride = the largest `actionSize` of the roles; rewards [A].
 */
export interface EnvDef<P = unknown, S = unknown> {
  readonly id: string;
  readonly card: EnvCard;
  /** The world whose observations and actions these are, where it is another one: who plays that can take seats here. */
  readonly seatsAs?: string;
  /** Schema of the parameters, with a default for each; every key described. */
  readonly params: z.ZodType<P>;
  roles(params: P): readonly Role[];
  declares?(params: P): Declarations;
  /** Steps after which the driver truncates an episode that the game has not ended. Absent: no limit. */
  timeLimitSteps?(params: P): number;
  /** A new episode. All of its randomness comes from `rng`. */
  init(params: P, rng: Rng): S;
  /** Who acts now; everybody else's action is ignored. Absent: everybody, always. */
  acting?(state: S, agent: number, params: P): boolean;
  /** Who takes part now. An agent that stops being alive has its row closed as a termination. Absent: everybody. */
  alive?(state: S, agent: number, params: P): boolean;
  /** Writes the observation of `agent` into `out`, which holds exactly its observation's size. */
  observe(state: S, agent: number, out: Float32Array, params: P): void;
  /** Sets `mask` (all ones on entry) to 0 where a choice is illegal now. Asked only of agents that act. Absent: all legal. */
  legal?(state: S, agent: number, mask: Uint8Array, params: P): void;
  /** Plays one step, writes each agent's reward (zeros on entry), and says whether the game has ended. */
  step(state: S, actions: Float64Array, rewards: Float64Array, rng: Rng, params: P): boolean;
  /** Size of the global state vector, where the world has one. */
  stateSize?(params: P): number;
  /** Writes the global state for central critics. */
  stateVector?(state: S, out: Float32Array, params: P): void;
  /**
   * The whole game, where all that chance and players can do is spelled out: agents are its players. Null where parameters make
   * it another kind of game. Absent: it cannot be walked.
   */
  tree?(params: P): WorldTree<unknown, S> | null;
  /** Things that may be renamed among each other without the game changing, the same for all agents. Absent: none is known. */
  symmetries?(params: P): readonly Interchangeable[];
  /** Numbers about a finished episode, by name, for the log (group `world/`). Not a number or infinite: left out. */
  metrics?(state: S, params: P): Readonly<Record<string, number>>;
  outcome?(state: S, params: P): Outcome;
  /**
   * Ids of the rules that close something to an agent now, beyond what the world itself leaves open; asked for transcripts. Absent:
   * no rule has a name.
   */
  closedBy?(state: S, agent: number, params: P): readonly string[];
  /**
   * What these actions will say in this step, as message envelopes in the order in which they are said, under the names that the
   * protocol gives to agents; asked before the step, for transcripts. `rng` is where the step will find it. Leaves the state as it is.
   * Absent: nobody speaks.
   */
  messages?(state: S, actions: Float64Array, rng: Rng, params: P): readonly object[];
  /** The shipped protocol whose grammar messages keep, so that transcripts can be checked against it. Absent or null: there is none. */
  protocol?(params: P): SpokenProtocol | null;
  /** Where the talk is now. Absent: there is one conversation, and steps are its ticks. */
  conversation?(state: S, params: P): ConversationPlace;
  /** What `agent` knows, as text for people and language models. */
  text?(state: S, agent: number, params: P): string;
  /** The scene as shapes, never as pixels. */
  draw?(state: S, params: P): Drawing;
}

/** A protocol by its id and options, and who talks in it. */
export interface SpokenProtocol {
  readonly id: string;
  readonly options: object;
  /** Names that messages give the conversations, which are held one after the other. */
  readonly conversations: readonly [string, ...string[]];
  /** Role of the protocol for each role of the world that is called otherwise. */
  readonly roles?: Readonly<Record<string, string>>;
}

/** The conversation that is held, by its place among all (their number when all are over), and the ticks that it has seen. */
export interface ConversationPlace {
  readonly number: number;
  readonly tick: number;
}

/** Any world, whatever its parameters and state. Only the driver calls into it, with what the world itself produced. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds worlds of every type, and `unknown` is not assignable from them.
export type AnyEnv = EnvDef<any, any>;

/** What an author writes: a world, with the card's longer parts and the parameters left out where there is nothing to say. */
export type EnvSpec<P, S> = Omit<EnvDef<P, S>, 'card' | 'params'> & {
  readonly params?: z.ZodType<P>;
  readonly card?: Partial<EnvCard>;
};

/**
 * Makes a world from its rules.
 *
 * @example
 * const coin = defineEnv({
 *   id: 'coin',
 *   roles: () => [{ name: 'guesser', count: 1, observation: box([1], 0, 1), action: discrete(2) }],
 *   init: (_params, rng) => ({ side: rng.integer(0, 2) }),
 *   observe: (state, _agent, out) => { out[0] = state.side; },
 *   step: (state, actions, rewards) => { rewards[0] = actions[0] === state.side ? 1 : 0; return true; },
 * });
 */
export function defineEnv<S, P = Record<string, never>>(spec: EnvSpec<P, S>): EnvDef<P, S> {
  const params = spec.params ?? (z.strictObject({}) as unknown as z.ZodType<P>);
  return { ...spec, params, card: { ...unsaid, title: spec.id, ...spec.card } };
}

const unsaid: Omit<EnvCard, 'title'> = {
  description: 'not stated',
  source: 'not stated',
  licence: 'not stated',
  tests: 'not stated',
  rewardScale: { agent: 'not stated', team: 'not stated' },
  horizon: 'not stated',
};
