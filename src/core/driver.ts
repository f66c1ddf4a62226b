import { type AgentLayout, layOutAgents } from './agents.ts';
import type { AutoresetMode, DriverOptions, EnvSnapshot } from './driver-options.ts';
import type { EnvDef } from './env.ts';
import { finiteNumbers, type Outcome } from './env-card.ts';
import { PolityError } from './errors.ts';
import type { Rng } from './rng.ts';
import { agentRows, envRows } from './row-views.ts';
import { validateActions, validateMoment } from './validation.ts';

/** What `#over` holds: an episode is running, it has ended and nothing new has begun, or `reset` was never called. */
const running = 0;
const ended = 1;
const unbegun = 2;

/**
 * Runs E copies of a world in lockstep and does every chore once: seeding, order of acting, masks, time limit, reset, final
 * observations, returns. It writes into buffers that it allocates once; readers copy what they want to keep.
 *
 * Shapes: E envs, A agents, per role r: observations[r] [E, count, O], masks[r] [E, count, M];
 * actions [E, A, stride]; rewards, returns, acting, alive, finalAlive [E, A]; terminated, truncated, lengths [E];
 * finalStates [E, G], G = the world's state vector or 0.
 * The observation and mask of an agent that is not acting are stale, unless `observeAll` is set or the episode has just ended.
 *
 * Throws: PolityError (contract) for counts and limits that are not whole and positive, a step before the first reset, and,
 * under `validate`, the first action, observation, mask or reward that breaks a promise.
 *
 * @example
 * const driver = new Driver(coin, {}, { autoreset: 'disabled', rng: () => createStreams(1).stream('env') });
 * driver.reset();
 * driver.actions[0] = driver.observationOf(0, 0)[0];
 * driver.step();
 * [driver.rewards[0], driver.terminated[0], driver.truncated[0]] // [1, 1, 0]
 */
export class Driver<P = unknown, S = unknown> {
  readonly env: EnvDef<P, S>;
  readonly params: P;
  readonly layout: AgentLayout;
  readonly envs: number;
  readonly autoreset: AutoresetMode;
  readonly timeLimitSteps: number;

  readonly observations: readonly Float32Array[];
  /** What every agent saw at the end of the episode that ended last, in every mode of autoreset. */
  readonly finalObservations: readonly Float32Array[];
  /** The global state then. Empty where the world has no state vector. */
  readonly finalStates: Float32Array;
  /** Who was still part of the episode then; the others had left it, so their rows are terminations. */
  readonly finalAlive: Uint8Array;
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
  readonly #validate: boolean;
  readonly #stateSize: number;
  readonly #actionRows: readonly Float64Array[];
  readonly #rewardRows: readonly Float64Array[];
  readonly #observationRows: readonly Float32Array[];
  readonly #finalRows: readonly Float32Array[];
  readonly #maskRows: readonly Uint8Array[];

  constructor(env: EnvDef<P, S>, params: P, options: DriverOptions) {
    this.env = env;
    this.params = params;
    this.layout = layOutAgents(env, params);
    this.envs = options.envs ?? 1;
    this.autoreset = options.autoreset ?? 'same_step';
    this.timeLimitSteps = options.timeLimitSteps ?? env.timeLimitSteps?.(params) ?? Number.POSITIVE_INFINITY;
    this.#observeAll = options.observeAll ?? false;
    this.#validate = options.validate ?? false;
    this.#stateSize = env.stateVector === undefined ? 0 : (env.stateSize?.(params) ?? 0);
    this.#requirePositive('envs', this.envs);
    if (this.timeLimitSteps !== Number.POSITIVE_INFINITY) this.#requirePositive('timeLimitSteps', this.timeLimitSteps);
    const { roles, count, actionStride } = this.layout;
    const size = this.envs;
    this.observations = roles.map((role) => new Float32Array(size * role.count * role.observationSize));
    this.finalObservations = roles.map((role) => new Float32Array(size * role.count * role.observationSize));
    this.finalStates = new Float32Array(size * this.#stateSize);
    this.finalAlive = new Uint8Array(size * count);
    this.masks = roles.map((role) => new Uint8Array(size * role.count * role.maskSize).fill(1));
    this.actions = new Float64Array(size * count * actionStride);
    this.rewards = new Float64Array(size * count);
    this.returns = new Float64Array(size * count);
    this.acting = new Uint8Array(size * count);
    this.alive = new Uint8Array(size * count);
    this.terminated = new Uint8Array(size);
    this.truncated = new Uint8Array(size);
    this.lengths = new Int32Array(size);
    this.#over = new Uint8Array(size).fill(unbegun);
    this.#fresh = new Uint8Array(size);
    this.#rngs = Array.from({ length: size }, (_, e) => options.rng(e));
    this.#actionRows = envRows(this.actions, size);
    this.#rewardRows = envRows(this.rewards, size);
    this.#observationRows = agentRows(this.observations, roles, size);
    this.#finalRows = agentRows(this.finalObservations, roles, size);
    this.#maskRows = agentRows(this.masks, roles, size);
  }

  /** Begins a new episode in every env, or in env `only`; a generator given with it replaces that env's own. */
  reset(only?: number, rng?: Rng): void {
    if (only === undefined && rng !== undefined && this.envs > 1) {
      throw this.#error('reset of every env with one generator', { remedy: 'Give each env its own: reset(e, rng)' });
    }
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
    if (this.#over[e] !== running) {
      if (this.#over[e] === unbegun) throw this.#error('step before reset', { remedy: 'Call reset first' });
      if (this.autoreset === 'next_step') {
        this.#begin(e);
        this.#clear(e);
      }
      return;
    }
    if (this.#fresh[e] === 1) this.#clear(e);
    if (this.#validate) validateActions(this, e);
    const done = this.env.step(this.#states[e], this.#actionRows[e], rewards, this.#rngs[e], this.params);
    const { count } = this.layout;
    for (let a = 0; a < count; a++) this.returns[e * count + a] += rewards[a];
    this.lengths[e]++;
    this.terminated[e] = done ? 1 : 0;
    this.truncated[e] = !done && this.lengths[e] >= this.timeLimitSteps ? 1 : 0;
    const over = this.terminated[e] === 1 || this.truncated[e] === 1;
    this.#observe(e, over);
    if (this.#validate) validateMoment(this, e);
    if (!over) return;
    this.#keepEnd(e);
    if (this.autoreset === 'same_step') this.#begin(e);
    else this.#over[e] = ended;
  }

  /** Whether env e's last step ended its episode, or the episode has ended and none has begun since. */
  isOver(e: number): boolean {
    return this.terminated[e] === 1 || this.truncated[e] === 1 || this.#over[e] === ended;
  }

  /** The world's numbers about the episode that ended last in env e; those that are not finite are left out. */
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
    if (this.#over[e] === unbegun) throw this.#error('snapshot before reset', { remedy: 'Call reset first' });
    return {
      state: structuredClone(this.#states[e]),
      rng: this.#rngs[e].state(),
      elapsed: this.lengths[e] * (this.#fresh[e] === 1 ? 0 : 1),
      returns: this.#fresh[e] === 1 ? new Array(count).fill(0) : [...this.returns.subarray(e * count, (e + 1) * count)],
      over: this.#over[e] === ended,
    };
  }

  /** Brings env e back to a snapshot, observations and masks included; the same future follows. */
  restore(e: number, snapshot: EnvSnapshot): void {
    this.#states[e] = structuredClone(snapshot.state) as S;
    this.#rngs[e].restore(snapshot.rng);
    this.lengths[e] = snapshot.elapsed;
    this.returns.set(snapshot.returns, e * this.layout.count);
    this.#over[e] = snapshot.over ? ended : running;
    this.#fresh[e] = 0;
    this.terminated[e] = 0;
    this.truncated[e] = 0;
    this.#rewardRows[e].fill(0);
    this.#observe(e, snapshot.over);
    if (snapshot.over) this.#keepEnd(e);
  }

  #begin(e: number): void {
    this.#states[e] = this.env.init(this.params, this.#rngs[e]);
    this.#over[e] = running;
    this.#fresh[e] = 1;
    this.#observe(e, false);
    if (this.#validate) validateMoment(this, e);
  }

  /** Forgets the clock and returns of the episode before. */
  #clear(e: number): void {
    const { count } = this.layout;
    this.returns.fill(0, e * count, (e + 1) * count);
    this.lengths[e] = 0;
    this.#fresh[e] = 0;
  }

  /** Keeps what the next episode would overwrite. */
  #keepEnd(e: number): void {
    const { env, params } = this;
    const { count } = this.layout;
    const state = this.#states[e];
    for (let a = 0; a < count; a++) {
      this.#finalRows[e * count + a].set(this.#observationRows[e * count + a]);
      this.finalAlive[e * count + a] = this.alive[e * count + a];
    }
    if (this.#stateSize > 0) {
      env.stateVector?.(state, this.finalStates.subarray(e * this.#stateSize, (e + 1) * this.#stateSize), params);
    }
    this.#endMetrics[e] = finiteNumbers(env.metrics?.(state, params) ?? {});
    this.#endOutcomes[e] = env.outcome?.(state, params) ?? {};
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

  #requirePositive(name: string, value: number): void {
    if (Number.isInteger(value) && value > 0) return;
    throw this.#error(`${name} out of range`, { got: String(value), expected: 'a whole number of at least 1' });
  }

  #error(message: string, more: { got?: string; expected?: string; remedy?: string }): PolityError {
    return new PolityError({ code: 'contract', where: `driver of ${this.env.id}`, message, ...more });
  }
}
