import type { Network } from '#engine/network';
import { bestChoice, type EpsilonGreedy } from '#math';
import type { Mixer } from './mixer.ts';
import type { ReplayBatch, ReplayPart } from './replay.ts';
import type { ValueBatch } from './value-memory.ts';

/** The rows of one policy in a batch. */
interface Member {
  readonly agents: number;
  readonly rows: number;
  readonly parts: readonly number[];
  readonly outputs: number;
  readonly mask: number;
  readonly action: number;
  /** Where its agents stand among all agents of a moment. */
  readonly first: number;
  readonly onlineNext: Float32Array;
}

/**
 * A batch of moments on its way through the networks: values of what was done, targets, and the gradients on their way back.
 *
 * Shapes: K moments, A agents in all: values, nextValues, gradValues [K, A]; totals, targets, gradTotals [K] (or [K, A] where
 * nothing is mixed).
 */
export class QBatch implements ValueBatch {
  readonly moments: number;
  readonly drawn: ReplayBatch;
  readonly totals: Float64Array;
  readonly targets: Float64Array;
  readonly gradTotals: Float64Array;
  readonly held: Uint8Array;
  readonly #members: readonly Member[];
  readonly #mixer: Mixer;
  readonly #agents: number;
  readonly #values: Float64Array;
  readonly #nextValues: Float64Array;
  readonly #gradValues: Float64Array;

  constructor(
    drawn: ReplayBatch,
    moments: number,
    parts: readonly ReplayPart[],
    behaviours: readonly EpsilonGreedy[],
    mixer: Mixer,
  ) {
    this.drawn = drawn;
    this.moments = moments;
    this.#mixer = mixer;
    let first = 0;
    this.#members = parts.map(({ agents, sizes }, p) => {
      const { outputSize: outputs, parts: choices } = behaviours[p];
      const rows = moments * agents;
      const onlineNext = new Float32Array(rows * outputs);
      const member = {
        agents,
        rows,
        parts: choices,
        outputs,
        mask: sizes.mask,
        action: sizes.action,
        first,
        onlineNext,
      };
      first += agents;
      return member;
    });
    this.#agents = first;
    this.totals = new Float64Array(moments);
    this.targets = new Float64Array(moments);
    this.gradTotals = new Float64Array(moments);
    this.held = new Uint8Array(moments).fill(1);
    this.#values = new Float64Array(moments * first);
    this.#nextValues = new Float64Array(moments * first);
    this.#gradValues = new Float64Array(moments * first);
  }

  evaluate(online: readonly Network[], target: readonly Network[], gamma: number, doubleQ: boolean): void {
    this.#members.forEach((member, p) => {
      const { nextObservations, observations, nextMasks, actions } = this.drawn.parts[p];
      if (doubleQ) {
        const chosen = online[p].forward([nextObservations], member.rows)[0];
        for (let i = 0; i < member.onlineNext.length; i++) member.onlineNext[i] = chosen[i];
      }
      const nexts = target[p].forward([nextObservations], member.rows)[0];
      const masks = member.mask === 0 ? null : nextMasks;
      this.#bestOf(member, doubleQ ? member.onlineNext : nexts, nexts, masks);
      const values = online[p].forward([observations], member.rows)[0];
      this.#takenOf(member, values, actions);
    });
    const { rewards, terminated, nextStates, states } = this.drawn.parts[0];
    const team = this.#members[0];
    this.#mixer.mix(target[this.#members.length], nextStates, this.#nextValues, this.moments, this.targets, team);
    for (let k = 0; k < this.moments; k++) {
      let reward = 0;
      // Agents of a team are rewarded alike; the mean is that reward, whatever the rounding of each.
      for (let i = 0; i < team.agents; i++) reward += rewards[k * team.agents + i];
      const over = terminated[k * team.agents] === 1;
      this.targets[k] = reward / team.agents + (over ? 0 : gamma * this.targets[k]);
    }
    this.#mixer.mix(online[this.#members.length], states, this.#values, this.moments, this.totals, team);
  }

  differentiate(online: readonly Network[]): void {
    const { states } = this.drawn.parts[0];
    const mixing = online[this.#members.length];
    this.#gradValues.fill(0);
    this.#mixer.addGrads(
      mixing,
      states,
      this.#values,
      this.moments,
      this.gradTotals,
      this.#gradValues,
      this.#members[0],
    );
    this.#members.forEach((member, p) => {
      const { observations, actions } = this.drawn.parts[p];
      online[p].differentiate([observations], member.rows, (_, [grads], start, count) => {
        for (let row = start; row < start + count; row++) {
          const grad = this.#gradValues[this.#at(member, row)];
          let offset = (row - start) * member.outputs;
          for (let part = 0; part < member.parts.length; part++) {
            grads[offset + actions[row * member.action + part]] += grad;
            offset += member.parts[part];
          }
        }
      });
    });
  }

  /** Where the value of a member's row stands. */
  #at({ agents, first }: Member, row: number): number {
    const moment = Math.floor(row / agents);
    return moment * this.#agents + first + row - moment * agents;
  }

  #bestOf(member: Member, choosing: Float32Array, valuing: Float32Array, masks: Uint8Array | null): void {
    const { rows, parts, outputs } = member;
    for (let row = 0; row < rows; row++) {
      let value = 0;
      let offset = row * outputs;
      for (const size of parts) {
        value += valuing[offset + bestChoice(choosing, masks, offset, size)];
        offset += size;
      }
      this.#nextValues[this.#at(member, row)] = value;
    }
  }

  #takenOf(member: Member, values: Float32Array, actions: Float32Array): void {
    const { rows, parts, outputs, action } = member;
    for (let row = 0; row < rows; row++) {
      let value = 0;
      let offset = row * outputs;
      for (let part = 0; part < parts.length; part++) {
        value += values[offset + actions[row * action + part]];
        offset += parts[part];
      }
      this.#values[this.#at(member, row)] = value;
    }
  }
}
