import type { WrapperChoice } from '#core';

/** Who sits in a role: a learner, possibly against others, or a fixed policy (scripted id, or a path to a trained one). */
export interface SeatConfig {
  /** `learner`, a registered policy id, or the path of a run, a checkpoint or a `model.json`. */
  readonly policy: string;
  /** Who plays the role's other seats against the learner, drawn anew every episode by weight. Empty: pure self-play. */
  readonly opponents: readonly { readonly policy: string; readonly weight: number }[];
  /** Share of episodes in which the learner takes every seat of the role although there are opponents. */
  readonly selfPlay: number;
}

/** A number, or a formula in `progress` (0 at the start of training, 1 at the end of the budget): `2.5e-4 * (1 - progress)`. */
export type Schedule = number | string;

/**
 * A resolved experiment: every layer merged, every default filled in, every value checked. It is `config.json`, and alone
 * reproduces the run.
 */
export interface ExperimentConfig {
  readonly name: string;
  readonly description: string;
  /** Name of the variant, `null` for the experiment itself. */
  readonly variant: string | null;
  readonly env: {
    readonly id: string;
    readonly params: Readonly<Record<string, unknown>>;
    /** Around the world, the first one innermost, with all their options. Absent: none. */
    readonly wrappers?: readonly WrapperChoice[];
    /** Overrides the world's own time limit. */
    readonly timeLimitSteps: number | null;
  };
  readonly seats: Readonly<Record<string, SeatConfig>>;
  readonly policy: {
    /** `architecture` names one of the registered ones; the other keys are its options. */
    readonly network: { readonly architecture: string; readonly [option: string]: unknown };
    /** Whose parameters are one: those of a role, of nobody, of everybody. */
    readonly sharing: 'role' | 'agent' | 'all';
    readonly normaliseObservations: boolean;
  };
  /** `algorithm` names one of the registered ones; the other keys are its options. */
  readonly learner: { readonly algorithm: string; readonly [option: string]: unknown };
  readonly rollout: { readonly envs: number; readonly steps: number; readonly shards: number };
  readonly budget: {
    readonly envSteps: number | null;
    readonly seconds: number | null;
    readonly target: { readonly metric: string; readonly atLeast: number } | null;
  };
  readonly evaluation: {
    readonly everyEnvSteps: number;
    readonly episodes: number;
    readonly opponents: readonly string[];
    /** Most probable actions instead of sampled ones. */
    readonly greedy: boolean;
    /** Episodes of the last evaluation that are written to `replays/`. */
    readonly replays: number;
  };
  readonly checkpoint: { readonly everyUpdates: number };
  readonly engine: {
    readonly kind: 'tfjs' | 'simd';
    /** `simd`: `auto` takes the fastest variant, `portable` gives the same bits on every machine. */
    readonly kernels: 'auto' | 'portable';
    /** `tfjs`: `auto` takes tensorflow if it loads, else wasm, else cpu. */
    readonly backend: 'auto' | 'tensorflow' | 'wasm' | 'cpu';
  };
  readonly seed: number | string;
}
