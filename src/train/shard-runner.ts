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
import { type Learner, Rollout, type RolloutSnapshot, toEnvAction } from '#learn';
import type { CentralState } from './central-state.ts';
import type { ObservationNormaliser } from './observation-normaliser.ts';
import { requireObservationSizes, thrownBy, worldFailure } from './world-failure.ts';

/** One learning policy as the runner needs it. */
export interface LearnerSeat {
  readonly name: string;
  readonly role: RoleLayout;
  /** Agents that it plays, numbers of the world. All have the spaces of `role`. */
  readonly agents: readonly number[];
  readonly normaliser: ObservationNormaliser | null;
  /** What its critic or mixer reads beside the observation; null for nothing. */
  readonly central: CentralState | null;
  /** Numbers that its network carries from step to step; 0 for none. */
  readonly memorySize: number;
}

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
  readonly rollouts: readonly RolloutSnapshot[];
  readonly control: readonly number[];
  readonly memories: readonly Float32Array[];
  readonly actors: readonly unknown[];
  readonly actorStreams: readonly (readonly number[])[];
  readonly actStreams: readonly (readonly number[])[];
  readonly seatStream: readonly number[];
}

/** The slot is played by the learner. */
const learning = -1;

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
  readonly #learners: readonly LearnerSeat[];
  readonly #actors: SeatedActor[] = [];
  readonly #actorStreams: Xoshiro[] = [];
  /** Per env and agent: `learning`, or which of the actors plays. */
  readonly #control: Int32Array;
  readonly #seatStream: Xoshiro;
  readonly #actStreams: readonly Xoshiro[];
  readonly #inputs: readonly Float32Array[];
  readonly #inputMasks: readonly (Uint8Array | null)[];
  /** By learner: what each slot remembers, and that of the slots that act now, side by side. */
  readonly #memories: readonly Float32Array[];
  readonly #inputMemories: readonly Float32Array[];
  readonly #rowNumbers: Int32Array;
  readonly #slotNumbers: Int32Array;
  readonly #agentNumbers: Int32Array;
  readonly #roleActions: ReadonlyMap<RoleLayout, Float64Array>;
  readonly #finalRow: readonly Float32Array[];
  readonly #params: unknown;

  constructor(options: ShardRunnerOptions) {
    const { env, params, envs, steps, shard, streams, learners, seating } = options;
    this.#options = options;
    this.#learners = learners;
    this.#params = params;
    this.driver = new Driver(env, params, {
      envs,
      autoreset: 'same_step',
      rng: (e) => streams.stream(`env/${shard * envs + e}`),
      observeAll: learners.some(({ central }) => central?.joins === true),
      ...(options.timeLimitSteps === null ? {} : { timeLimitSteps: options.timeLimitSteps }),
    }) as Driver;
    const { layout } = this.driver;
    this.rollouts = learners.map(({ role, agents, central, memorySize: memory }) => {
      const state = central?.size ?? 0;
      const sizes = { observation: role.observationSize, mask: role.maskSize, action: role.actionSize, state, memory };
      return new Rollout(envs * agents.length, steps, sizes);
    });
    this.#control = new Int32Array(envs * layout.count).fill(learning);
    this.#seatStream = streams.stream(`seats/${shard}`);
    this.#actStreams = learners.map(({ name }) => streams.stream(`policy/act/${name}/${shard}`));
    this.#inputs = learners.map(({ role, agents }) => new Float32Array(envs * agents.length * role.observationSize));
    this.#inputMasks = learners.map(({ role, agents }) =>
      role.maskSize === 0 ? null : new Uint8Array(envs * agents.length * role.maskSize),
    );
    this.#memories = learners.map(({ agents, memorySize }) => new Float32Array(envs * agents.length * memorySize));
    this.#inputMemories = this.#memories.map((memories) => new Float32Array(memories.length));
    this.#finalRow = learners.map(({ role }) => new Float32Array(role.observationSize));
    const most = envs * layout.count;
    this.#rowNumbers = new Int32Array(most);
    this.#slotNumbers = new Int32Array(most);
    this.#agentNumbers = new Int32Array(most);
    this.#roleActions = new Map(
      layout.roles.map((role) => [role, new Float64Array(envs * role.count * role.actionSize)]),
    );
    for (const seat of seating) {
      const role = layout.roles.find(({ name }) => name === seat.role.name) as RoleLayout;
      const add = (policy: Policy) => {
        const rng = streams.stream(`policy/${role.name}/${this.#actors.length}/${shard}`);
        const context = { env: { id: env.id, params }, role, rows: envs * role.count, rng };
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
      for (let p = 0; p < learners.length; p++) this.#actLearner(p, learners[p]);
      for (let k = 0; k < this.#actors.length; k++) this.#actActor(k);
      const acted = performance.now();
      this.#step();
      for (let e = 0; e < this.driver.envs; e++) this.#credit(e);
      const stepped = performance.now();
      this.actSeconds += (acted - begun) / 1000;
      this.stepSeconds += (stepped - acted) / 1000;
      begun = stepped;
    }
    for (let p = 0; p < learners.length; p++) this.#settle(p);
  }

  snapshot(): ShardSnapshot {
    return {
      envs: Array.from({ length: this.driver.envs }, (_, e) => this.driver.snapshot(e)),
      rollouts: this.rollouts.map((rollout) => rollout.snapshot()),
      control: [...this.#control],
      memories: this.#memories.map((memories) => memories.slice()),
      actors: this.#actors.map(({ actor }) => actor.snapshot?.() ?? null),
      actorStreams: this.#actorStreams.map((stream) => stream.state()),
      actStreams: this.#actStreams.map((stream) => stream.state()),
      seatStream: this.#seatStream.state(),
    };
  }

  restore(snapshot: ShardSnapshot): void {
    snapshot.envs.forEach((env, e) => {
      this.driver.restore(e, env);
    });
    snapshot.rollouts.forEach((rollout, p) => {
      this.rollouts[p].restore(rollout);
    });
    this.#control.set(snapshot.control);
    snapshot.memories.forEach((memories, p) => {
      this.#memories[p].set(memories);
    });
    this.#actors.forEach(({ actor }, k) => {
      actor.restore?.(snapshot.actors[k]);
    });
    for (const [k, state] of snapshot.actorStreams.entries()) this.#actorStreams[k].restore(state);
    for (const [p, state] of snapshot.actStreams.entries()) this.#actStreams[p].restore(state);
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

  #actLearner(p: number, learner: Learner): void {
    const { driver } = this;
    const { role, agents, normaliser } = this.#learners[p];
    const rollout = this.rollouts[p];
    const inputs = this.#inputs[p];
    const masks = this.#inputMasks[p];
    const { observationSize: width, maskSize, actionSize } = role;
    const { count, actionStride } = driver.layout;
    let rows = 0;
    for (let e = 0; e < driver.envs; e++) {
      for (let j = 0; j < agents.length; j++) {
        const at = e * count + agents[j];
        if (driver.acting[at] === 0 || this.#control[at] !== learning) continue;
        const slot = e * agents.length + j;
        this.#rowNumbers[rows] = rollout.beginRow(slot);
        this.#slotNumbers[rows] = slot;
        this.#recall(p, slot, rows);
        this.#agentNumbers[rows] = at;
        inputs.set(driver.observationOf(e, agents[j]), rows * width);
        masks?.set(driver.maskOf(e, agents[j]), rows * maskSize);
        rows++;
      }
    }
    if (rows === 0) return;
    this.agentSteps += rows;
    this.#requireFinite(inputs, rows, width);
    normaliser?.observe(this.#options.shard, inputs, rows);
    const remembered = this.#inputMemories[p];
    const given = remembered.length === 0 ? [inputs] : [inputs, remembered];
    const [outputs, ...others] = learner.actor.forward(given, rows);
    if (remembered.length > 0) this.#remember(p, others[others.length - 1], rows);
    const { behaviour } = learner;
    const stream = this.#actStreams[p];
    for (let k = 0; k < rows; k++) {
      const row = this.#rowNumbers[k];
      const at = this.#agentNumbers[k];
      const e = Math.floor(at / count);
      this.#learners[p].central?.write(driver, e, at - e * count, rollout.stateRow(row));
      copyRow(inputs, k, rollout.observations, row, width);
      if (masks !== null) copyRow(masks, k, rollout.masks, row, maskSize);
      behaviour.load(outputs, k * behaviour.outputSize, masks, k * maskSize);
      rollout.logProbabilities[row] = behaviour.sample(stream, rollout.actions, row * actionSize);
      toEnvAction(role.action, rollout.actions, row * actionSize, driver.actions, this.#agentNumbers[k] * actionStride);
    }
  }

  /** Puts what a slot remembers beside that of the others that act, and into its row; an episode begins with nothing. */
  #recall(p: number, slot: number, at: number): void {
    const { memorySize: size } = this.#learners[p];
    if (size === 0) return;
    const rollout = this.rollouts[p];
    const row = this.#rowNumbers[at];
    const memories = this.#memories[p];
    if (rollout.begins[row] === 1) memories.fill(0, slot * size, (slot + 1) * size);
    copyRow(memories, slot, this.#inputMemories[p], at, size);
    copyRow(memories, slot, rollout.memories, row, size);
  }

  #remember(p: number, outputs: Float32Array, rows: number): void {
    const { memorySize } = this.#learners[p];
    for (let k = 0; k < rows; k++) copyRow(outputs, k, this.#memories[p], this.#slotNumbers[k], memorySize);
  }

  /** A sum is finite when everything in it is, and costs an addition a number. */
  #requireFinite(inputs: Float32Array, rows: number, width: number): void {
    let sum = 0;
    for (let i = 0; i < rows * width; i++) sum += inputs[i];
    if (Number.isFinite(sum)) return;
    const bad = inputs.subarray(0, rows * width).findIndex((value) => !Number.isFinite(value));
    const { count, names } = this.driver.layout;
    const at = this.#agentNumbers[Math.floor(bad / width)];
    const e = Math.floor(at / count);
    const moment = { seed: this.#seedOf(e), step: this.driver.lengths[e], agent: names[at % count] };
    throw worldFailure(this.driver.env, moment, `observation entry ${bad % width} is ${inputs[bad]}`);
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
    const { driver } = this;
    const { count } = driver.layout;
    const over = driver.isOver(e);
    for (let p = 0; p < this.#learners.length; p++) {
      const { agents } = this.#learners[p];
      const rollout = this.rollouts[p];
      for (let j = 0; j < agents.length; j++) {
        const slot = e * agents.length + j;
        const at = e * count + agents[j];
        const reward = driver.rewards[at];
        if (!Number.isFinite(reward)) {
          const moment = { seed: this.#seedOf(e), step: driver.lengths[e], agent: driver.layout.names[agents[j]] };
          throw worldFailure(driver.env, moment, `reward ${reward}`);
        }
        rollout.addReward(slot, reward);
        if (!over) {
          if (driver.alive[at] === 0) rollout.terminate(slot);
        } else if (driver.terminated[e] === 1 || driver.finalAlive[at] === 0) rollout.terminate(slot);
        else this.#truncate(p, slot, e, agents[j]);
      }
    }
    if (!over) return;
    this.#report(e);
    this.#seat(e);
  }

  #truncate(p: number, slot: number, e: number, agent: number): void {
    const { driver } = this;
    const rollout = this.rollouts[p];
    const final = rollout.truncate(slot);
    if (final < 0) return;
    const observation = driver.finalObservationOf(e, agent);
    rollout.finalObservations.set(this.#normalised(p, observation), final * observation.length);
    const { state } = rollout.sizes;
    const { central, memorySize } = this.#learners[p];
    copyRow(this.#memories[p], slot, rollout.finalMemories, final, memorySize);
    central?.writeFinal(driver, e, agent, rollout.finalStates.subarray(final * state, (final + 1) * state));
  }

  /** After the last step: rows whose agent's next turn has come are complete; what that turn sees is their bootstrap. */
  #settle(p: number): void {
    const { driver } = this;
    const { agents } = this.#learners[p];
    const rollout = this.rollouts[p];
    for (let e = 0; e < driver.envs; e++) {
      for (let j = 0; j < agents.length; j++) {
        const slot = e * agents.length + j;
        if (rollout.open[slot] === 0 || driver.acting[e * driver.layout.count + agents[j]] === 0) continue;
        const observation = driver.observationOf(e, agents[j]);
        const row = rollout.settle(slot);
        rollout.observations.set(this.#normalised(p, observation), row * observation.length);
        rollout.masks.set(driver.maskOf(e, agents[j]), row * rollout.sizes.mask);
        rollout.begins[row] = 0;
        copyRow(this.#memories[p], slot, rollout.memories, row, rollout.sizes.memory);
        this.#learners[p].central?.write(driver, e, agents[j], rollout.stateRow(row));
      }
    }
  }

  #normalised(p: number, observation: Float32Array): Float32Array {
    const { normaliser } = this.#learners[p];
    if (normaliser === null) return observation;
    const row = this.#finalRow[p];
    row.set(observation);
    normaliser.normalise(row, 1);
    return row;
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

function copyRow<T extends Float32Array | Uint8Array>(
  from: T,
  row: number,
  to: T,
  target: number,
  width: number,
): void {
  const start = row * width;
  const end = target * width;
  for (let i = 0; i < width; i++) to[end + i] = from[start + i];
}
