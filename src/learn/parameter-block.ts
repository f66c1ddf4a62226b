import type { Rng, Topology } from '#core';
import { initialiseParams, parameterSlices } from '#engine';
import type { Engine, Network, ParameterOptimiser } from '#engine/network';
import type { OptimiserSpec, OptimiserState } from '#math';
import type { BuiltNetwork } from './algorithm.ts';
import { HiddenUnits } from './hidden-units.ts';
import { once, type Team } from './team.ts';

/** Networks begin at multiples of 16 floats, a cache line. */
const alignment = 16;

/**
 * The networks that one optimiser trains together: one block of parameters, one block of gradients a shard. Each thread has
 * its own networks over the same parameters.
 */
export class ParameterBlock {
  readonly params: Float32Array;
  readonly networks: readonly Network[];
  readonly #engine: Engine;
  readonly #team: Team;
  readonly #optimiser: ParameterOptimiser;
  readonly #shardGrads: readonly Float32Array[];
  readonly #networkGrads: readonly (readonly Float32Array[])[];
  readonly #twins: { readonly network: Network; readonly of: number }[] = [];
  readonly #total: Float32Array;
  readonly #norm: Float64Array;
  readonly #hiddenUnits: HiddenUnits;

  constructor(engine: Engine, team: Team, built: readonly BuiltNetwork[], optimiser: OptimiserSpec, rng: Rng) {
    const { memory } = engine;
    const sizes = built.map(({ topology }) => parameterSlices(topology).reduce((sum, slice) => sum + slice.size, 0));
    const offsets: number[] = [];
    let length = 0;
    for (const size of sizes) {
      offsets.push(length);
      length = Math.ceil((length + size) / alignment) * alignment;
    }
    this.#engine = engine;
    this.#team = team;
    this.params = memory.float32(length);
    this.#total = memory.float32(length);
    this.#norm = memory.float64(1);
    this.#shardGrads = Array.from({ length: team.shards }, () => memory.float32(length));
    const part = (block: Float32Array, i: number) => block.subarray(offsets[i], offsets[i] + sizes[i]);
    this.#networkGrads = this.#shardGrads.map((block) => sizes.map((_, i) => part(block, i)));
    this.networks = built.map(({ topology }, i) =>
      engine.createNetwork(topology, { params: part(this.params, i), grads: this.#networkGrads[0][i] }),
    );
    this.#hiddenUnits = new HiddenUnits(built.map(({ topology }, i) => ({ topology, offset: offsets[i] })));
    this.#optimiser = engine.createOptimiser(optimiser, this.params);
    once(team, () => {
      built.forEach(({ topology, gains, weights = {} }, i) => {
        const slices = parameterSlices(topology);
        const { params } = this.networks[i];
        initialiseParams(slices, params, gains, rng);
        for (const { name, offset } of slices) if (weights[name] !== undefined) params.set(weights[name], offset);
      });
    });
    this.#refresh();
  }

  /** Another network over the parameters of network i, of a topology with the same layers: sequences of another length. */
  twin(i: number, topology: Topology): Network {
    const { params, grads } = this.networks[i];
    const network = this.#engine.createNetwork(topology, { params, grads });
    this.#twins.push({ network, of: i });
    network.paramsChanged();
    return network;
  }

  /** Directs the gradients of all networks to those of `shard`. */
  aim(shard: number): void {
    this.networks.forEach((network, i) => {
      network.grads = this.#networkGrads[shard][i];
    });
    for (const { network, of } of this.#twins) network.grads = this.#networkGrads[shard][of];
  }

  /** Clears the gradients of this thread's shards. */
  clear(): void {
    for (const shard of this.#team.mine) this.#shardGrads[shard].fill(0);
  }

  /** Adds up the shards' gradients in order, limits their norm, takes one step. Returns the norm before. */
  descend(learningRate: number, maxGradNorm: number | null): number {
    once(this.#team, () => {
      this.#engine.sumBlocks(this.#shardGrads, this.#total);
      this.#norm[0] = this.#engine.clipByGlobalNorm(this.#total, maxGradNorm ?? Number.MAX_VALUE);
      this.#optimiser.step(this.#total, learningRate);
    });
    this.#refresh();
    return this.#norm[0];
  }

  /** Share of the hidden units that got no gradient in the last step; undefined where that cannot be told. */
  deadUnits(): number | undefined {
    return this.#hiddenUnits.deadShare(this.#total);
  }

  optimiserState(): OptimiserState {
    return this.#optimiser.state();
  }

  restore(params: Float32Array, state: OptimiserState): void {
    once(this.#team, () => this.params.set(params));
    // Every thread: some of what an optimiser knows (its clock) is its own.
    this.#optimiser.restore(state);
    this.#refresh();
  }

  #refresh(): void {
    for (const network of this.networks) network.paramsChanged();
    for (const { network } of this.#twins) network.paramsChanged();
  }
}
