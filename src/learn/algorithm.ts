import type { z } from 'zod';
import type { NetworkNeeds, NetworkPlan, Registry, Space, Streams } from '#core';
import type { Engine, Network } from '#engine/network';
import type { Distribution, OptimiserState } from '#math';
import type { ExactGame } from './exact-game.ts';
import type { Rollout, RowSizes } from './rollout.ts';
import type { Team } from './team.ts';

/** What an algorithm asks of a world and a policy. A pairing that does not fit is refused when the experiment is resolved. */
export interface AlgorithmNeeds {
  /** Kinds of action space it can learn. */
  readonly actions: readonly Space['kind'][];
  /** Whether it learns from what the present policy did, and from nothing else. */
  readonly onPolicy: boolean;
  /** Whether its critic or mixer sees the global state. */
  readonly centralState: boolean;
  /** Whether it maximises a team return, so that all agents must share one reward. */
  readonly commonReward: boolean;
  /** Whether it can train networks with memory. */
  readonly memory: boolean;
  /** Whether it walks the tree of the game, so that the world must give one and learners must take all its seats. */
  readonly game?: boolean;
  /** Whether it trains under renamings of what the world calls interchangeable, so that the world must name something. */
  readonly symmetries?: boolean;
}

export interface AlgorithmCard {
  readonly title: string;
  readonly description: string;
  /** Paper or repository that the algorithm and its defaults come from. */
  readonly source: string;
}

/** A learning rule: one file, one line in `index.ts`. */
export interface Algorithm<O = unknown> {
  readonly id: string;
  readonly card: AlgorithmCard;
  readonly needs: AlgorithmNeeds;
  /** Schema of the options beside `algorithm`, with a default for each; every key described. */
  readonly options: z.ZodType<O>;
  /** Options that may be formulas. */
  readonly schedules: readonly (keyof O & string)[];
  /** Options of the network that it is made for: taken where an experiment does not choose. Absent: none. */
  readonly network?: Readonly<Record<string, unknown>>;
  /** Bytes of what it remembers beyond a rollout, for policies with rows of these sizes. Absent: nothing. */
  replayBytes?(options: O, policies: readonly PolicySizes[]): number;
  createLearner?(context: LearnerContext<O>): Learner;
  /** Instead of `createLearner`, for an algorithm that trains all policies of a team together: one learner each, in order. */
  createTeam?(contexts: readonly LearnerContext<O>[]): readonly Learner[];
}

/** What a policy's rows are made of, and how many of its agents there are in an env. */
export interface PolicySizes extends RowSizes {
  readonly agents: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds algorithms with options of every type.
export type AnyAlgorithm = Algorithm<any>;
export type AlgorithmRegistry = Registry<AnyAlgorithm>;

/** What a learner is made from. Every thread makes the same learners in the same order. */
export interface LearnerContext<O> {
  /** Name of the policy that it trains: a role, an agent, or `all`. */
  readonly policy: string;
  /** Agents of an env that it plays. */
  readonly agents: number;
  /** Their numbers in the world. */
  readonly agentNumbers: readonly number[];
  /** The game, for an algorithm that needs it; else null. */
  readonly game: ExactGame | null;
  readonly options: O;
  /** The value of an option listed in `schedules`, at a progress of 0..1. */
  readonly scheduled: (option: keyof O & string, progress: number) => number;
  readonly engine: Engine;
  readonly team: Team;
  readonly streams: Streams;
  readonly action: Space;
  readonly observationSize: number;
  readonly stateSize: number;
  /** H, numbers of memory that the policy network carries from step to step; 0 for none. */
  readonly memorySize: number;
  /** `shared`: policy and value are two heads of one trunk. */
  readonly trunk: 'separate' | 'shared';
  buildNetwork(needs: NetworkNeeds): BuiltNetwork;
  /** What this policy lives through in each shard of this thread, in the order of `team.mine`. */
  readonly rollouts: readonly Rollout[];
}

export type BuiltNetwork = NetworkPlan;

/** Trains one policy. */
export interface Learner {
  /** The network that acts; its first output is the row of the distribution. */
  readonly actor: Network;
  /** How actions are drawn from the actor's outputs while collecting. */
  readonly behaviour: Distribution;
  /** Whether its outputs are values, so that the trained policy takes the best action instead of drawing one. */
  readonly actsGreedily?: boolean;
  /** Whether its network is of its own making and not of the experiment's architecture. */
  readonly ownNetwork?: boolean;
  /** Learns from the rollouts; returns what happened, by `group/name`, the same in every thread. */
  update(progress: number): Readonly<Record<string, number>>;
  /** Everything that later updates depend on. Asked of the first thread. */
  snapshot(): LearnerSnapshot;
  /** Brings the learner back; called by every thread with the same snapshot. */
  restore(snapshot: LearnerSnapshot): void;
  /** What belongs to one shard of this thread (its streams, its replay), for a checkpoint. */
  snapshotShard(shard: number): unknown;
  restoreShard(shard: number, snapshot: unknown): void;
}

export interface LearnerSnapshot {
  readonly params: Float32Array;
  readonly optimiser: OptimiserState;
  /** Running moments, target networks and whatever else there is. */
  readonly extra: unknown;
}
