import type { Driver, RoleLayout, Xoshiro } from '#core';
import { copyByteRow, copyRow, type Learner, Rollout, type RolloutSnapshot, toEnvAction } from '#learn';
import type { CentralState } from './central-state.ts';
import type { ObservationNormaliser } from './observation-normaliser.ts';
import { worldFailure } from './world-failure.ts';

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

/** What the runner's `control` says of agents that a learner plays. */
export const learning = -1;

export interface SeatedSnapshot {
  readonly rollout: RolloutSnapshot;
  readonly memories: Float32Array;
  readonly stream: readonly number[];
}

/** One learning policy at work in one shard: it gathers the rows that act, acts, and takes down what came of it. */
export class SeatedLearner {
  readonly rollout: Rollout;
  readonly #seat: LearnerSeat;
  readonly #driver: Driver;
  readonly #shard: number;
  readonly #stream: Xoshiro;
  readonly #seedOf: (e: number) => string;
  readonly #inputs: Float32Array;
  readonly #masks: Uint8Array | null;
  /** What each slot remembers, and that of the slots that act now, side by side. */
  readonly #memories: Float32Array;
  readonly #recalled: Float32Array;
  /** What the network reads: observations, and memories where it has them. */
  readonly #given: readonly Float32Array[];
  /** Of the rows that act now: their number in the rollout, their slot, and env * agents + agent. */
  readonly #rowNumbers: Int32Array;
  readonly #slotNumbers: Int32Array;
  readonly #agentNumbers: Int32Array;
  readonly #single: Float32Array;

  /**
   * @param steps Steps of every env in a rollout.
   * @param stream What actions are drawn from.
   * @param seedOf Which env of the run, for messages.
   */
  constructor(
    seat: LearnerSeat,
    driver: Driver,
    steps: number,
    shard: number,
    stream: Xoshiro,
    seedOf: (e: number) => string,
  ) {
    const { role, agents, central, memorySize: memory } = seat;
    const { observationSize: observation, actionSize: action } = role;
    // Where everything is always legal there is nothing to remember.
    const mask = driver.env.legal === undefined ? 0 : role.maskSize;
    const slots = driver.envs * agents.length;
    this.rollout = new Rollout(slots, steps, { observation, mask, action, state: central?.size ?? 0, memory });
    this.#seat = seat;
    this.#driver = driver;
    this.#shard = shard;
    this.#stream = stream;
    this.#seedOf = seedOf;
    this.#inputs = new Float32Array(slots * observation);
    this.#masks = mask === 0 ? null : new Uint8Array(slots * mask);
    this.#memories = new Float32Array(slots * memory);
    this.#recalled = new Float32Array(slots * memory);
    this.#given = memory === 0 ? [this.#inputs] : [this.#inputs, this.#recalled];
    this.#rowNumbers = new Int32Array(slots);
    this.#slotNumbers = new Int32Array(slots);
    this.#agentNumbers = new Int32Array(slots);
    this.#single = new Float32Array(observation);
  }

  /**
   * Acts for every agent that acts now and that `control` gives to the learner. Returns how many that are.
   *
   * @param control Per env and agent; `learning` is the learner.
   */
  act(learner: Learner, control: Int32Array): number {
    const { rollout } = this;
    const driver = this.#driver;
    const { role, agents, normaliser, central } = this.#seat;
    const inputs = this.#inputs;
    const masks = this.#masks;
    const { observationSize: width, actionSize } = role;
    const { mask: maskSize } = rollout.sizes;
    const { count, actionStride } = driver.layout;
    let rows = 0;
    for (let e = 0; e < driver.envs; e++) {
      for (let j = 0; j < agents.length; j++) {
        const at = e * count + agents[j];
        if (driver.acting[at] === 0 || control[at] !== learning) continue;
        const slot = e * agents.length + j;
        this.#rowNumbers[rows] = rollout.beginRow(slot);
        this.#slotNumbers[rows] = slot;
        this.#recall(slot, rows);
        this.#agentNumbers[rows] = at;
        inputs.set(driver.observationOf(e, agents[j]), rows * width);
        masks?.set(driver.maskOf(e, agents[j]), rows * maskSize);
        rows++;
      }
    }
    if (rows === 0) return 0;
    this.#requireFinite(inputs, rows, width);
    normaliser?.observe(this.#shard, inputs, rows);
    const results = learner.actor.forward(this.#given, rows);
    const outputs = results[0];
    if (this.#recalled.length > 0) this.#remember(results[results.length - 1], rows);
    const { behaviour } = learner;
    for (let k = 0; k < rows; k++) {
      const row = this.#rowNumbers[k];
      const at = this.#agentNumbers[k];
      const e = Math.floor(at / count);
      central?.write(driver, e, at - e * count, rollout.stateRow(row));
      copyRow(inputs, k, rollout.observations, row, width);
      if (masks !== null) copyByteRow(masks, k, rollout.masks, row, maskSize);
      behaviour.load(outputs, k * behaviour.outputSize, masks, k * maskSize);
      rollout.logProbabilities[row] = behaviour.sample(this.#stream, rollout.actions, row * actionSize);
      toEnvAction(role.action, rollout.actions, row * actionSize, driver.actions, at * actionStride);
    }
    return rows;
  }

  /** Puts what a slot remembers beside that of the others that act, and into its row; an episode begins with nothing. */
  #recall(slot: number, at: number): void {
    const { memorySize: size } = this.#seat;
    if (size === 0) return;
    const { rollout } = this;
    const row = this.#rowNumbers[at];
    const memories = this.#memories;
    if (rollout.begins[row] === 1) memories.fill(0, slot * size, (slot + 1) * size);
    copyRow(memories, slot, this.#recalled, at, size);
    copyRow(memories, slot, rollout.memories, row, size);
  }

  #remember(outputs: Float32Array, rows: number): void {
    const { memorySize } = this.#seat;
    for (let k = 0; k < rows; k++) copyRow(outputs, k, this.#memories, this.#slotNumbers[k], memorySize);
  }

  /** A sum is finite when everything in it is, and costs an addition a number. */
  #requireFinite(inputs: Float32Array, rows: number, width: number): void {
    let sum = 0;
    for (let i = 0; i < rows * width; i++) sum += inputs[i];
    if (Number.isFinite(sum)) return;
    const bad = inputs.subarray(0, rows * width).findIndex((value) => !Number.isFinite(value));
    const { count, names } = this.#driver.layout;
    const at = this.#agentNumbers[Math.floor(bad / width)];
    const e = Math.floor(at / count);
    const moment = { seed: this.#seedOf(e), step: this.#driver.lengths[e], agent: names[at % count] };
    throw worldFailure(this.#driver.env, moment, `observation entry ${bad % width} is ${inputs[bad]}`);
  }

  #truncate(slot: number, e: number, agent: number): void {
    const { rollout } = this;
    const driver = this.#driver;
    const final = rollout.truncate(slot);
    if (final < 0) return;
    const observation = driver.finalObservationOf(e, agent);
    rollout.finalObservations.set(this.#normalised(observation), final * observation.length);
    const { state } = rollout.sizes;
    const { central, memorySize } = this.#seat;
    copyRow(this.#memories, slot, rollout.finalMemories, final, memorySize);
    central?.writeFinal(driver, e, agent, rollout.finalStates.subarray(final * state, (final + 1) * state));
  }

  /** After the last step: rows whose agent's next turn has come are complete; what that turn sees is their bootstrap. */
  settle(): void {
    const { rollout } = this;
    const driver = this.#driver;
    const { agents, central } = this.#seat;
    for (let e = 0; e < driver.envs; e++) {
      for (let j = 0; j < agents.length; j++) {
        const slot = e * agents.length + j;
        if (rollout.open[slot] === 0 || driver.acting[e * driver.layout.count + agents[j]] === 0) continue;
        const observation = driver.observationOf(e, agents[j]);
        const row = rollout.settle(slot);
        rollout.observations.set(this.#normalised(observation), row * observation.length);
        if (rollout.sizes.mask > 0) rollout.masks.set(driver.maskOf(e, agents[j]), row * rollout.sizes.mask);
        rollout.begins[row] = 0;
        copyRow(this.#memories, slot, rollout.memories, row, rollout.sizes.memory);
        central?.write(driver, e, agents[j], rollout.stateRow(row));
      }
    }
  }

  #normalised(observation: Float32Array): Float32Array {
    const { normaliser } = this.#seat;
    if (normaliser === null) return observation;
    const row = this.#single;
    row.set(observation);
    normaliser.normalise(row, 1);
    return row;
  }

  /** Takes down the rewards of env e's last step, and whether rows ended with it. */
  credit(e: number): void {
    const { rollout } = this;
    const driver = this.#driver;
    const { agents } = this.#seat;
    const over = driver.isOver(e);
    for (let j = 0; j < agents.length; j++) {
      const slot = e * agents.length + j;
      const at = e * driver.layout.count + agents[j];
      const reward = driver.rewards[at];
      if (!Number.isFinite(reward)) {
        const moment = { seed: this.#seedOf(e), step: driver.lengths[e], agent: driver.layout.names[agents[j]] };
        throw worldFailure(driver.env, moment, `reward ${reward}`);
      }
      rollout.addReward(slot, reward);
      if (!over) {
        if (driver.alive[at] === 0) rollout.terminate(slot);
      } else if (driver.terminated[e] === 1 || driver.finalAlive[at] === 0) rollout.terminate(slot);
      else this.#truncate(slot, e, agents[j]);
    }
  }

  snapshot(): SeatedSnapshot {
    return { rollout: this.rollout.snapshot(), memories: this.#memories.slice(), stream: this.#stream.state() };
  }

  restore({ rollout, memories, stream }: SeatedSnapshot): void {
    this.rollout.restore(rollout);
    this.#memories.set(memories);
    this.#stream.restore(stream);
  }
}
