import {
  type Actor,
  type AnyEnv,
  Driver,
  type EnvSnapshot,
  type EpisodeRecord,
  type Policy,
  type RoleLayout,
  type Streams,
  type Xoshiro,
} from '#core';
import type { Learner, Rollout } from '#learn';
import { type LearnerSeat, learning, SeatedLearner, type SeatedSnapshot } from './seated-learner.ts';
import { requireObservationSizes, thrownBy } from './world-failure.ts';

/** Fixed policies and opponents of the agents of one role. */
export interface RoleSeating {
  readonly role: RoleLayout;
  /** Plays every agent of the role; null where the role learns. */
  readonly fixed: Policy | null;
  readonly opponents: readonly { readonly policy: Policy; readonly weight: number }[];
  /** Share of episodes without opponents. */
  readonly selfPlay: number;
}

export interface ShardRunnerOptions {
  readonly env: AnyEnv;
  readonly params: unknown;
  readonly timeLimitSteps: number | null;
  readonly envs: number;
  /** Steps of every env in a rollout. */
  readonly steps: number;
  readonly shard: number;
  /** Seed of the run, for messages. */
  readonly seed: string | number;
  readonly streams: Streams;
  readonly learners: readonly LearnerSeat[];
  readonly seating: readonly RoleSeating[];
  /** Told of every episode that ends (without its actions and rewards: keeping those would slow the loop). */
  readonly onEpisode: (episode: EpisodeRecord) => void;
}

interface SeatedActor {
  readonly policy: Policy;
  readonly role: RoleLayout;
  readonly actor: Actor;
}

export interface ShardSnapshot {
  readonly envs: readonly EnvSnapshot[];
  readonly learners: readonly SeatedSnapshot[];
  readonly control: readonly number[];
  readonly actors: readonly unknown[];
  readonly actorStreams: readonly (readonly number[])[];
  readonly seatStream: readonly number[];
}

/**
 * One logical shard: some envs side by side, who plays in them, and the rollouts of the learning policies. It owns all of its
 * streams, so that what happens in it does not depend on other shards, nor on the thread that runs it.
 *
 * Shapes: E envs, A agents; slot of a learner = env * its agents + index of the agent.
 */
export class ShardRunner {
  readonly driver: Driver;
  readonly rollouts: readonly Rollout[];
  /** Rows that learners have acted in during the last `collect`. */
  agentSteps = 0;
  /** Seconds of the last `collect` that policies took to act, and worlds to step. */
  actSeconds = 0;
  stepSeconds = 0;
  readonly #options: ShardRunnerOptions;
  readonly #learners: readonly SeatedLearner[];
  readonly #actors: SeatedActor[] = [];
  readonly #actorStreams: Xoshiro[] = [];
  /** Per env and agent: `learning`, or which of the actors plays. */
  readonly #control: Int32Array;
  readonly #seatStream: Xoshiro;
  readonly #rowNumbers: Int32Array;
  readonly #roleActions: ReadonlyMap<RoleLayout, Float64Array>;
  readonly #params: unknown;

  constructor(options: ShardRunnerOptions) {
    const { env, params, envs, steps, shard, streams, learners, seating } = options;
    this.#options = options;
    this.#params = params;
    this.driver = new Driver(env, params, {
      envs,
      autoreset: 'same_step',
      rng: (e) => streams.stream(`env/${shard * envs + e}`),
      observeAll: learners.some(({ central }) => central?.joins === true),
      ...(options.timeLimitSteps === null ? {} : { timeLimitSteps: options.timeLimitSteps }),
    }) as Driver;
    const { layout } = this.driver;
    this.#learners = learners.map((seat) => {
      const stream = streams.stream(`policy/act/${seat.name}/${shard}`);
      return new SeatedLearner(seat, this.driver, steps, shard, stream, (e) => this.#seedOf(e));
    });
    this.rollouts = this.#learners.map(({ rollout }) => rollout);
    this.#control = new Int32Array(envs * layout.count).fill(learning);
    this.#seatStream = streams.stream(`seats/${shard}`);
    this.#rowNumbers = new Int32Array(envs * layout.count);
    this.#roleActions = new Map(
      layout.roles.map((role) => [role, new Float64Array(envs * role.count * role.actionSize)]),
    );
    for (const seat of seating) {
      const role = layout.roles.find(({ name }) => name === seat.role.name) as RoleLayout;
      const add = (policy: Policy) => {
        const rng = streams.stream(`policy/${role.name}/${this.#actors.length}/${shard}`);
        const context = { env: { id: env.seatsAs ?? env.id, params }, role, rows: envs * role.count, rng };
        this.#actors.push({ policy, role, actor: policy.createActor(context) });
        this.#actorStreams.push(rng);
      };
      if (seat.fixed !== null) add(seat.fixed);
      for (const { policy } of seat.opponents) add(policy);
    }
    for (let e = 0; e < envs; e++) this.#begin(e);
  }

  #begin(e: number): void {
    try {
      this.driver.reset(e);
    } catch (error) {
      throw thrownBy(this.driver, e, this.#seedOf(e), error);
    }
    requireObservationSizes(this.driver, e, this.#seedOf(e));
    this.#seat(e);
  }

  /** Plays `steps` steps in every env and leaves the rows in the rollouts. */
  collect(learners: readonly Learner[]): void {
    const { steps } = this.#options;
    this.agentSteps = 0;
    this.actSeconds = 0;
    this.stepSeconds = 0;
    for (const rollout of this.rollouts) rollout.restart();
    let begun = performance.now();
    for (let t = 0; t < steps; t++) {
      for (let p = 0; p < learners.length; p++) this.agentSteps += this.#learners[p].act(learners[p], this.#control);
      for (let k = 0; k < this.#actors.length; k++) this.#actActor(k);
      const acted = performance.now();
      this.#step();
      for (let e = 0; e < this.driver.envs; e++) this.#credit(e);
      const stepped = performance.now();
      this.actSeconds += (acted - begun) / 1000;
      this.stepSeconds += (stepped - acted) / 1000;
      begun = stepped;
    }
    for (const learner of this.#learners) learner.settle();
  }

  snapshot(): ShardSnapshot {
    return {
      envs: Array.from({ length: this.driver.envs }, (_, e) => this.driver.snapshot(e)),
      learners: this.#learners.map((learner) => learner.snapshot()),
      control: [...this.#control],
      actors: this.#actors.map(({ actor }) => actor.snapshot?.() ?? null),
      actorStreams: this.#actorStreams.map((stream) => stream.state()),
      seatStream: this.#seatStream.state(),
    };
  }

  restore(snapshot: ShardSnapshot): void {
    snapshot.envs.forEach((env, e) => {
      this.driver.restore(e, env);
    });
    snapshot.learners.forEach((learner, p) => {
      this.#learners[p].restore(learner);
    });
    this.#control.set(snapshot.control);
    this.#actors.forEach(({ actor }, k) => {
      actor.restore?.(snapshot.actors[k]);
    });
    for (const [k, state] of snapshot.actorStreams.entries()) this.#actorStreams[k].restore(state);
    this.#seatStream.restore(snapshot.seatStream);
  }

  /** Who plays the coming episode of env e: the learner everywhere, or one seat of a role against an opponent. */
  #seat(e: number): void {
    const { layout } = this.driver;
    let k = 0;
    for (const { role, fixed, opponents, selfPlay } of this.#options.seating) {
      const first = e * layout.count + role.first;
      this.#control.fill(fixed === null ? learning : k, first, first + role.count);
      if (fixed !== null) k++;
      if (opponents.length > 0 && this.#seatStream.random() >= selfPlay) {
        const chosen = this.#draw(opponents);
        const kept = this.#seatStream.integer(0, role.count);
        for (let i = 0; i < role.count; i++) if (i !== kept) this.#control[first + i] = k + chosen;
      }
      k += opponents.length;
    }
    for (let a = 0; a < layout.count; a++) {
      const actor = this.#control[e * layout.count + a];
      if (actor === learning) continue;
      const { role, actor: seated } = this.#actors[actor];
      seated.begin(e * role.count + a - role.first);
    }
  }

  #draw(opponents: RoleSeating['opponents']): number {
    const total = opponents.reduce((sum, { weight }) => sum + weight, 0);
    let left = this.#seatStream.random() * total;
    for (let i = 0; i < opponents.length; i++) {
      left -= opponents[i].weight;
      if (left < 0) return i;
    }
    return opponents.length - 1;
  }

  #actActor(k: number): void {
    const { driver } = this;
    const { role, actor } = this.#actors[k];
    const { count: agents, actionStride, roles } = driver.layout;
    const rows = this.#rowNumbers;
    let count = 0;
    for (let e = 0; e < driver.envs; e++) {
      for (let i = 0; i < role.count; i++) {
        const at = e * agents + role.first + i;
        if (this.#control[at] === k && driver.acting[at] === 1) rows[count++] = e * role.count + i;
      }
    }
    if (count === 0) return;
    const r = roles.indexOf(role);
    const actions = this.#roleActions.get(role) as Float64Array;
    actor.act({ rows, count, observations: driver.observations[r], masks: driver.masks[r], actions });
    for (let n = 0; n < count; n++) {
      const row = rows[n];
      const e = Math.floor(row / role.count);
      const target = (e * agents + role.first + (row - e * role.count)) * actionStride;
      for (let i = 0; i < role.actionSize; i++) driver.actions[target + i] = actions[row * role.actionSize + i];
    }
  }

  #step(): void {
    for (let e = 0; e < this.driver.envs; e++) {
      try {
        this.driver.stepEnv(e);
      } catch (error) {
        throw thrownBy(this.driver, e, this.#seedOf(e), error);
      }
    }
  }

  #credit(e: number): void {
    for (const learner of this.#learners) learner.credit(e);
    if (!this.driver.isOver(e)) return;
    this.#report(e);
    this.#seat(e);
  }

  #report(e: number): void {
    const { driver } = this;
    const { env, timeLimitSteps } = this.#options;
    const { count, names } = driver.layout;
    this.#options.onEpisode({
      format: 'polity-episode/1',
      env: env.id,
      params: this.#params,
      seed: '',
      timeLimitSteps,
      agents: names,
      seats: {},
      actions: [],
      rewards: [],
      returns: [...driver.returns.subarray(e * count, (e + 1) * count)],
      length: driver.lengths[e],
      ended: driver.terminated[e] === 1 ? 'terminated' : 'truncated',
      metrics: driver.endMetrics(e),
      outcome: driver.endOutcome(e),
    });
  }

  /** Which env of the run, for messages. */
  #seedOf(e: number): string {
    const { seed, shard, envs } = this.#options;
    return `${seed} (env ${shard * envs + e})`;
  }
}
