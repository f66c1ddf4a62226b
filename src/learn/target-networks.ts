import type { Engine, Network } from '#engine/network';
import type { ParameterBlock } from './parameter-block.ts';
import { once, type Team } from './team.ts';

/**
 * Copies of a block's networks that follow it slowly: what values are bootstrapped from. All threads share the copies'
 * parameters.
 *
 * Source: Mnih et al. (2015), "Human-level control through deep reinforcement learning"; soft following: Lillicrap et al.
 * (2016), "Continuous control with deep reinforcement learning".
 */
export class TargetNetworks {
  readonly params: Float32Array;
  readonly networks: readonly Network[];
  readonly #team: Team;
  readonly #block: ParameterBlock;

  /** @param shapes Networks over the same parameters, of sequences of a length of their own, where they are other than the block's. */
  constructor(engine: Engine, team: Team, block: ParameterBlock, shapes: readonly Network[] = block.networks) {
    this.#team = team;
    this.#block = block;
    this.params = engine.memory.float32(block.params.length);
    const grads = engine.memory.float32(block.params.length);
    this.networks = shapes.map(({ topology, params }) => {
      const start = (params.byteOffset - block.params.byteOffset) / 4;
      const part = (all: Float32Array) => all.subarray(start, start + params.length);
      return engine.createNetwork(topology, { params: part(this.params), grads: part(grads) });
    });
    this.follow(1);
  }

  /** Moves the copies by the share `tau` of the way; 1 makes them equal. */
  follow(tau: number): void {
    once(this.#team, () => {
      const { params } = this.#block;
      if (tau === 1) this.params.set(params);
      else for (let i = 0; i < params.length; i++) this.params[i] += tau * (params[i] - this.params[i]);
    });
    this.#refresh();
  }

  restore(params: Float32Array): void {
    once(this.#team, () => this.params.set(params));
    this.#refresh();
  }

  #refresh(): void {
    for (const network of this.networks) network.paramsChanged();
  }
}
