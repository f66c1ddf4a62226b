import type { Network } from '#engine/network';
import { bestChoice, type EpsilonGreedy, lambdaReturns } from '#math';
import type { Mixer } from './mixer.ts';
import type { ReplayPart } from './replay.ts';
import type { SegmentColumns, Segments } from './segments.ts';
import type { ValueBatch } from './value-memory.ts';

/** The rows of one policy in a batch. */
interface Member {
  readonly agents: number;
  readonly parts: readonly number[];
  readonly outputs: number;
  readonly action: number;
  readonly masked: boolean;
  /** Where its agents stand among all agents of a moment. */
  readonly first: number;
  /** Observations, and for a network with memory what it begins with. */
  readonly inputs: readonly Float32Array[];
  /** Where in its sequences memory begins anew; null without memory. */
  readonly resets: Uint8Array | null;
}

/**
 * A batch of segments on its way through the networks, which read them as sequences where they have memory and place by place
 * where they have none.
 *
 * Shapes: K segments, T places, A agents in all: values, nextValues, gradValues [K, T, A]; the others [K, T].
 */
export class QSegments implements ValueBatch {
  readonly totals: Float64Array;
  readonly targets: Float64Array;
  readonly gradTotals: Float64Array;
  readonly held: Uint8Array;
  readonly #drawn: SegmentColumns;
  readonly #places: number;
  readonly #members: readonly Member[];
  readonly #mixer: Mixer;
  readonly #agents: number;
  readonly #values: Float64Array;
  readonly #nextValues: Float64Array;
  readonly #gradValues: Float64Array;
  /** The team's best value in each place, and what follows each. */
  readonly #bests: Float64Array;
  readonly #nexts: Float64Array;
  /** K, of those that there is room for. */
  #count = 0;

  constructor(
    segments: Segments,
    most: number,
    parts: readonly ReplayPart[],
    behaviours: readonly EpsilonGreedy[],
    mixer: Mixer,
  ) {
    this.#drawn = segments.createBatch(most);
    this.#places = segments.places;
    this.#mixer = mixer;
    let first = 0;
    this.#members = parts.map(({ agents, sizes }, p) => {
      const { outputSize: outputs, parts: choices } = behaviours[p];
      const { observations, memories } = this.#drawn.parts[p];
      const remembers = sizes.memory > 0;
      const member = {
        agents,
        parts: choices,
        outputs,
        action: sizes.action,
        masked: sizes.mask > 0,
        first,
        inputs: remembers ? [observations, memories] : [observations],
        resets: remembers ? new Uint8Array(most * agents * this.#places) : null,
      };
      first += agents;
      return member;
    });
    this.#agents = first;
    const entries = most * this.#places;
    this.held = this.#drawn.held;
    this.totals = new Float64Array(entries);
    this.targets = new Float64Array(entries);
    this.gradTotals = new Float64Array(entries);
    this.#bests = new Float64Array(entries);
    this.#nexts = new Float64Array(entries);
    this.#values = new Float64Array(entries * first);
    this.#nextValues = new Float64Array(entries * first);
    this.#gradValues = new Float64Array(entries * first);
  }

  /** Entries of the segments that were taken in last. */
  get entries(): number {
    return this.#count * this.#places;
  }

  /** Takes in the segments that entries from .. to - 1 of a list name. */
  take(segments: Segments, list: Int32Array, from: number, to: number): void {
    for (let k = from; k < to; k++) segments.copyOut(list[k], this.#drawn, k - from);
    this.#taken(to - from);
  }

  /** Takes in `count` segments drawn at random. */
  draw(segments: Segments, rng: Parameters<Segments['sample']>[0], count: number): void {
    segments.sample(rng, count, this.#drawn);
    this.#taken(count);
  }

  evaluate(online: readonly Network[], target: readonly Network[], gamma: number, doubleQ: boolean): void {
    this.#members.forEach((member, p) => {
      const values = this.#forward(member, online[p]);
      this.#takenOf(member, p, values);
      const nexts = this.#forward(member, target[p]);
      this.#bestOf(member, p, doubleQ ? values : nexts, nexts);
    });
    this.#mixTotals(online);
    this.#bootstrap(target, gamma, 0);
  }

  /** Fills totals alone. */
  value(networks: readonly Network[]): void {
    this.#members.forEach((member, p) => {
      this.#takenOf(member, p, this.#forward(member, networks[p]));
    });
    this.#mixTotals(networks);
  }

  /** Fills targets alone: lambda-returns of the values that the networks give to their own best choices. */
  aim(networks: readonly Network[], gamma: number, lambda: number): void {
    this.#members.forEach((member, p) => {
      const values = this.#forward(member, networks[p]);
      this.#bestOf(member, p, values, values);
    });
    this.#bootstrap(networks, gamma, lambda);
  }

  differentiate(online: readonly Network[]): void {
    const { states } = this.#drawn;
    const mixing = online[this.#members.length];
    this.#gradValues.fill(0);
    this.#mixer.addGrads(mixing, states, this.#values, this.entries, this.gradTotals, this.#gradValues, oneState);
    this.#members.forEach((member, p) => {
      const { agents, resets, parts, outputs, action, first } = member;
      const { actions } = this.#drawn.parts[p];
      const places = this.#places;
      const network = online[p];
      if (resets !== null) network.resets = resets;
      // A row of a network with memory is a whole sequence.
      const width = resets === null ? 1 : places;
      network.differentiate(member.inputs, this.#rows(member), (_, [grads], start, count) => {
        for (let row = start * width; row < (start + count) * width; row++) {
          const sequence = Math.floor(row / places);
          const k = Math.floor(sequence / agents);
          const entry = k * places + row - sequence * places;
          if (this.held[entry] === 0) continue;
          const grad = this.#gradValues[entry * this.#agents + first + sequence - k * agents];
          let offset = (row - start * width) * outputs;
          for (let part = 0; part < parts.length; part++) {
            grads[offset + actions[row * action + part]] += grad;
            offset += parts[part];
          }
        }
      });
    });
  }

  #taken(count: number): void {
    this.#count = count;
    const places = this.#places;
    const { begins } = this.#drawn;
    for (const { agents, resets } of this.#members) {
      if (resets === null) continue;
      for (let sequence = 0; sequence < count * agents; sequence++) {
        const k = Math.floor(sequence / agents);
        for (let t = 0; t < places; t++) resets[sequence * places + t] = begins[k * places + t];
      }
    }
  }

  #rows({ agents, resets }: Member): number {
    return this.#count * agents * (resets === null ? this.#places : 1);
  }

  #forward(member: Member, network: Network): Float32Array {
    if (member.resets !== null) network.resets = member.resets;
    return network.forward(member.inputs, this.#rows(member))[0];
  }

  #mixTotals(networks: readonly Network[]): void {
    const network = networks[this.#members.length];
    this.#mixer.mix(network, this.#drawn.states, this.#values, this.entries, this.totals, oneState);
  }

  #bootstrap(networks: readonly Network[], gamma: number, lambda: number): void {
    const { states, rewards, terminated, truncated } = this.#drawn;
    const places = this.#places;
    const network = networks[this.#members.length];
    this.#mixer.mix(network, states, this.#nextValues, this.entries, this.#bests, oneState);
    this.#nexts.set(this.#bests.subarray(1));
    const rows = { rewards, nextValues: this.#nexts, terminated, truncated };
    for (let k = 0; k < this.#count; k++) lambdaReturns(rows, gamma, lambda, this.targets, k * places, places);
  }

  /** Values of what was done, where something was. */
  #takenOf({ agents, parts, outputs, action, first }: Member, p: number, values: Float32Array): void {
    const { actions } = this.#drawn.parts[p];
    const places = this.#places;
    for (let sequence = 0; sequence < this.#count * agents; sequence++) {
      const k = Math.floor(sequence / agents);
      for (let t = 0; t < places; t++) {
        const row = sequence * places + t;
        let value = 0;
        if (this.held[k * places + t] === 1) {
          let offset = row * outputs;
          for (let part = 0; part < parts.length; part++) {
            value += values[offset + actions[row * action + part]];
            offset += parts[part];
          }
        }
        this.#values[(k * places + t) * this.#agents + first + sequence - k * agents] = value;
      }
    }
  }

  /** Values of the best choices in the places that follow what was done, unless that ended the game. */
  #bestOf(member: Member, p: number, choosing: Float32Array, valuing: Float32Array): void {
    const { agents, parts, outputs, masked, first } = member;
    const { terminated } = this.#drawn;
    const masks = masked ? this.#drawn.parts[p].masks : null;
    const places = this.#places;
    for (let sequence = 0; sequence < this.#count * agents; sequence++) {
      const k = Math.floor(sequence / agents);
      for (let t = 0; t < places; t++) {
        const entry = k * places + t;
        let value = 0;
        if (t > 0 && this.held[entry - 1] === 1 && terminated[entry - 1] === 0) {
          let offset = (sequence * places + t) * outputs;
          for (const size of parts) {
            value += valuing[offset + bestChoice(choosing, masks, offset, size)];
            offset += size;
          }
        }
        this.#nextValues[entry * this.#agents + first + sequence - k * agents] = value;
      }
    }
  }
}

/** Segments keep one state a moment. */
const oneState = { agents: 1 };
