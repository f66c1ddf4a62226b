import type { AnyEnv, AnyWrapper, Architecture, Policy, ReadNetworkFile, Registry, Topology } from '#core';
import type { AlgorithmRegistry } from '#learn';
import type { Metric } from '#metrics';

// biome-ignore lint/suspicious/noExplicitAny: a registry holds architectures with options of every type.
export type AnyArchitecture = Architecture<any>;

/** Everything that an experiment can name. Only the doors assemble one; the machine reads it. */
export interface Catalogue {
  readonly worlds: Registry<AnyEnv>;
  readonly wrappers: Registry<AnyWrapper>;
  readonly policies: Registry<Policy>;
  readonly architectures: Registry<AnyArchitecture>;
  readonly algorithms: AlgorithmRegistry;
  readonly metrics: Registry<Metric>;
  /**
   * What a policy argument names: a registered id, or the path of a run, a checkpoint, a policy folder or a `model.json`.
   *
   * Throws: PolityError (input) when there is no such policy, or its files are missing, truncated or foreign.
   */
  findPolicy(reference: string, where?: string): FoundPolicy;
  /** Reads a network that an experiment names by its file. Absent where there are no files. */
  readonly readNetwork?: ReadNetworkFile;
}

export type FoundPolicy = { readonly kind: 'registered'; readonly id: string; readonly policy: Policy } | StoredPolicy;

/** A trained policy as files hold it: one model for each role it was trained for. */
export interface StoredPolicy {
  readonly kind: 'stored';
  /** How it is called in tables and records: the path as it was given. */
  readonly id: string;
  readonly models: Readonly<Record<string, StoredModel>>;
}

/** One network on disk: `model.json`, `weights.bin` and `policy.json`. */
export interface StoredModel {
  readonly topology: Topology;
  /** All weights, flat, in the order of the topology. */
  readonly weights: Float32Array;
  readonly info: PolicyInfo;
  /** SHA-256 of topology and weights, of a policy that was read from files. */
  readonly hash?: string;
}

/** `policy.json`: what a network on disk was trained for and how it reads observations. */
export interface PolicyInfo {
  readonly format: 'polity-policy/1';
  /** `seatsAs`: the world whose observations and actions it has, where that is another. */
  readonly env: { readonly id: string; readonly params: unknown; readonly seatsAs?: string };
  readonly role: string;
  readonly observationSize: number;
  /** What the numbers of an observation are, in order, where the world says. */
  readonly observationFields?: readonly { readonly name: string; readonly size: number }[];
  /** Of the action space: kind and, where it is made of choices, how many each part has; for a box its bounds. */
  readonly action: ActionInfo;
  /** `mean` and `variance` that observations are normalised with before they reach the network. */
  readonly normalisation: { readonly mean: readonly number[]; readonly variance: readonly number[] } | null;
  /** Whether the network's outputs are action values, of which the best is taken, instead of what actions are drawn from. */
  readonly actsGreedily?: boolean;
  /** The architecture and its options, where one of the registered ones made the network. */
  readonly network?: { readonly architecture: string; readonly [option: string]: unknown };
  readonly provenance: {
    readonly experiment: string;
    readonly variant: string | null;
    readonly seed: number | string;
    readonly algorithm: string;
    readonly envSteps: number;
    readonly configHash: string;
    /** Version that trained it. */
    readonly polity?: string;
    /** Agents whose experience it learned from: `player_0`. */
    readonly agents?: readonly string[];
  };
}

export type ActionInfo =
  | { readonly kind: 'discrete' | 'multiDiscrete'; readonly parts: readonly number[] }
  | { readonly kind: 'box'; readonly low: readonly number[]; readonly high: readonly number[] };
