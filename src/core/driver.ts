import { type AgentLayout, layOutAgents } from './agents.ts';
import type { EnvDef, Outcome } from './env.ts';
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
}

/** Everything needed to bring one env back to a moment: plain data, exact. */
export interface EnvSnapshot {
  readonly state: unknown;
  readonly rng: readonly number[];
  readonly elapsed: number;
  readonly returns: readonly number[];
  readonly over: boolean;
}

/**
 * Runs E copies of a world in lockstep and does every chore once: seeding, order of acting, masks, time limit, reset, final
 * observations, returns. It writes into buffers that it allocates once; readers copy what they want to keep.
 *
 * Shapes: E envs, A agents, per role r: observations[r] [E, count, O], masks[r] [E, count, M];
 * actions [E, A, stride]; rewards, returns, acting, alive [E, A]; terminated, truncated, lengths [E].
 * The observation and mask of an agent that is not acting are stale, unless `observeAll` is set or the episode has just ended.
 */
export class Driver<P = unknown, S = unknown> {
  readonly env: EnvDef<P, S>;
  readonly params: P;
  readonly layout: AgentLayout;
  readonly envs: number;
  readonly autoreset: AutoresetMode;
  readonly timeLimitSteps: number;

  readonly observations: readonly Float32Array[];
  readonly finalObservations: readonly Float32Array[];
  readonly masks: readonly Uint8Array[];
  readonly actions: Float64Array;
  readonly rewards: Float64Array;
  readonly acting: Uint8Array;
  readonly alive: Uint8Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** Returns so far in the episode that the last step belonged to (kept over its end, until the next step). */
  readonly returns: Float64Array;
  /** Steps so far in that episode. */
  readonly lengths: Int32Array;

  readonly #states: S[] = [];
  readonly #rngs: Rng[];
  readonly #over: Uint8Array;
  readonly #fresh: Uint8Array;
  readonly #endMetrics: Readonly<Record<string, number>>[] = [];
  readonly #endOutcomes: Outcome[] = [];
  readonly #observeAll: boolean;
  readonly #actionRows: Float64Array[] = [];
  readonly #rewardRows: Float64Array[] = [];
  readonly #observationRows: Float32Array[] = [];
  readonly #finalRows: Float32Array[] = [];
  readonly #maskRows: Uint8Array[] = [];

  constructor(env: EnvDef<P, S>, params: P, options: DriverOptions) {
    this.env = env;
    this.params = params;
    this.layout = layOutAgents(env, params);
    this.envs = options.envs ?? 1;
    this.autoreset = options.autoreset ?? 'same_step';
    this.timeLimitSteps = options.timeLimitSteps ?? env.timeLimitSteps?.(params) ?? Number.POSITIVE_INFINITY;
    this.#observeAll = options.observeAll ?? false;
    const { roles, count, actionStride } = this.layout;
    const size = this.envs;
    this.observations = roles.map((role) => new Float32Array(size * role.count * role.observationSize));
    this.finalObservations = roles.map((role) => new Float32Array(size * role.count * role.observationSize));
    this.masks = roles.map((role) => new Uint8Array(size * role.count * role.maskSize).fill(1));
    this.actions = new Float64Array(size * count * actionStride);
    this.rewards = new Float64Array(size * count);
    this.returns = new Float64Array(size * count);
    this.acting = new Uint8Array(size * count);
    this.alive = new Uint8Array(size * count);
    this.terminated = new Uint8Array(size);
    this.truncated = new Uint8Array(size);
    this.lengths = new Int32Array(size);
    this.#over = new Uint8Array(size);
    this.#fresh = new Uint8Array(size);
    this.#rngs = Array.from({ length: size }, (_, e) => options.rng(e));
    for (let e = 0; e < size; e++) {
      this.#actionRows.push(this.actions.subarray(e * count * actionStride, (e + 1) * count * actionStride));
      this.#rewardRows.push(this.rewards.subarray(e * count, (e + 1) * count));
      roles.forEach((role, r) => {
        for (let i = 0; i < role.count; i++) {
          const row = e * role.count + i;
          this.#observationRows.push(rowOf(this.observations[r], row, role.observationSize));
          this.#finalRows.push(rowOf(this.finalObservations[r], row, role.observationSize));
          this.#maskRows.push(rowOf(this.masks[r], row, role.maskSize));
        }
      });
    }
  }

  /** Begins a new episode in every env, or in env `only`; a generator given with it replaces that env's own. */
  reset(only?: number, rng?: Rng): void {
    for (let e = only ?? 0; e < (only === undefined ? this.envs : only + 1); e++) {
      if (rng !== undefined) this.#rngs[e] = rng;
      this.#begin(e);
      this.#clear(e);
      this.terminated[e] = 0;
      this.truncated[e] = 0;
      this.#rewardRows[e].fill(0);
    }
  }

  /** Plays one step in every env with the actions in `actions`. Envs that are over are reset or left alone, by `autoreset`. */
  step(): void {
    for (let e = 0; e < this.envs; e++) this.stepEnv(e);
  }

  /** Plays one step in env e alone. */
  stepEnv(e: number): void {
    const rewards = this.#rewardRows[e];
    rewards.fill(0);
    this.terminated[e] = 0;
    this.truncated[e] = 0;
    if (this.#over[e] === 1) {
      if (this.autoreset === 'next_step') {
        this.#begin(e);
        this.#clear(e);
      }
      return;
    }
    if (this.#fresh[e] === 1) this.#clear(e);
    const ended = this.env.step(this.#states[e], this.#actionRows[e], rewards, this.#rngs[e], this.params);
    const { count } = this.layout;
    for (let a = 0; a < count; a++) this.returns[e * count + a] += rewards[a];
    this.lengths[e]++;
    this.terminated[e] = ended ? 1 : 0;
    this.truncated[e] = !ended && this.lengths[e] >= this.timeLimitSteps ? 1 : 0;
    const over = this.terminated[e] === 1 || this.truncated[e] === 1;
    this.#observe(e, over);
    if (over) this.#finish(e);
  }

  /** Whether env e has just ended (its last step terminated or truncated it). */
  isOver(e: number): boolean {
    return this.terminated[e] === 1 || this.truncated[e] === 1;
  }

  /** The world's numbers about the episode that ended last in env e. */
  endMetrics(e: number): Readonly<Record<string, number>> {
    return this.#endMetrics[e] ?? {};
  }

  /** The outcome of the episode that ended last in env e. */
  endOutcome(e: number): Outcome {
    return this.#endOutcomes[e] ?? {};
  }

  /** The state of env e itself: to read, for text, drawings and state vectors. */
  stateOf(e: number): S {
    return this.#states[e];
  }

  /** The generator of env e. */
  rngOf(e: number): Rng {
    return this.#rngs[e];
  }

  observationOf(e: number, agent: number): Float32Array {
    return this.#observationRows[e * this.layout.count + agent];
  }

  finalObservationOf(e: number, agent: number): Float32Array {
    return this.#finalRows[e * this.layout.count + agent];
  }

  maskOf(e: number, agent: number): Uint8Array {
    return this.#maskRows[e * this.layout.count + agent];
  }

  /** A copy of env e's moment: state, generator, clock and returns. */
  snapshot(e: number): EnvSnapshot {
    const { count } = this.layout;
    return {
      state: structuredClone(this.#states[e]),
      rng: this.#rngs[e].state(),
      elapsed: this.lengths[e] * (this.#fresh[e] === 1 ? 0 : 1),
      returns: this.#fresh[e] === 1 ? new Array(count).fill(0) : [...this.returns.subarray(e * count, (e + 1) * count)],
      over: this.#over[e] === 1,
    };
  }

  /** Brings env e back to a snapshot, observations and masks included; the same future follows. */
  restore(e: number, snapshot: EnvSnapshot): void {
    this.#states[e] = structuredClone(snapshot.state) as S;
    this.#rngs[e].restore(snapshot.rng);
    this.lengths[e] = snapshot.elapsed;
    this.returns.set(snapshot.returns, e * this.layout.count);
    this.#over[e] = snapshot.over ? 1 : 0;
    this.#fresh[e] = 0;
    this.terminated[e] = 0;
    this.truncated[e] = 0;
    this.#observe(e, snapshot.over);
  }

  #begin(e: number): void {
    this.#states[e] = this.env.init(this.params, this.#rngs[e]);
    this.#over[e] = 0;
    this.#fresh[e] = 1;
    this.#observe(e, false);
  }

  /** Forgets the clock and returns of the episode before. */
  #clear(e: number): void {
    const { count } = this.layout;
    this.returns.fill(0, e * count, (e + 1) * count);
    this.lengths[e] = 0;
    this.#fresh[e] = 0;
  }

  #finish(e: number): void {
    const { count } = this.layout;
    for (let a = 0; a < count; a++) this.#finalRows[e * count + a].set(this.#observationRows[e * count + a]);
    this.#endMetrics[e] = this.env.metrics?.(this.#states[e], this.params) ?? {};
    this.#endOutcomes[e] = this.env.outcome?.(this.#states[e], this.params) ?? {};
    if (this.autoreset === 'same_step') this.#begin(e);
    else this.#over[e] = 1;
  }

  #observe(e: number, over: boolean): void {
    const { env, params } = this;
    const { count } = this.layout;
    const state = this.#states[e];
    for (let a = 0; a < count; a++) {
      const slot = e * count + a;
      const alive = env.alive === undefined || env.alive(state, a, params);
      const acting = alive && !over && (env.acting === undefined || env.acting(state, a, params));
      this.alive[slot] = alive ? 1 : 0;
      this.acting[slot] = acting ? 1 : 0;
      if (!alive) this.#observationRows[slot].fill(0);
      else if (acting || over || this.#observeAll) env.observe(state, a, this.#observationRows[slot], params);
      const mask = this.#maskRows[slot];
      if (mask.length === 0 || !(acting || this.#observeAll)) continue;
      mask.fill(1);
      if (acting && env.legal !== undefined) env.legal(state, a, mask, params);
    }
  }
}

function rowOf<T extends Float32Array | Uint8Array>(buffer: T, row: number, size: number): T {
  return buffer.subarray(row * size, (row + 1) * size) as T;
}
