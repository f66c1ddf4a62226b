import type { Rng } from './rng.ts';

/**
 * What happens after an episode's last step, by Gymnasium's names (gymnasium 1.1, `AutoresetMode`):
 * - `next_step`: the terminal observation stays; the next step ignores the actions and returns the reset observation with zero rewards.
 * - `same_step`: the new episode's first observation replaces the terminal one at once.
 * - `disabled`: the env stays at its end until `reset` is called.
 * The terminal observation is kept in `finalObservations` in every mode.
 */
export type AutoresetMode = 'next_step' | 'same_step' | 'disabled';

export interface DriverOptions {
  /** E, how many independent episodes run side by side. Default 1. */
  readonly envs?: number;
  readonly autoreset?: AutoresetMode;
  /** The generator of env e; `reset` may replace it. */
  readonly rng: (e: number) => Rng;
  /** Overrides the world's own time limit. */
  readonly timeLimitSteps?: number;
  /** Observe every agent at every step, not only those that act. The faces need it; learners do not. */
  readonly observeAll?: boolean;
  /** Check actions before every step, and observations, masks and rewards after it. For tests; slow. */
  readonly validate?: boolean;
}

/** Everything needed to bring one env back to a moment: plain data, exact. */
export interface EnvSnapshot {
  readonly state: unknown;
  readonly rng: readonly number[];
  readonly elapsed: number;
  readonly returns: readonly number[];
  readonly over: boolean;
}
