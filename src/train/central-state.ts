import { type AnyEnv, type Driver, layOutAgents } from '#core';
import { copyFloats } from '#learn';

type RowOf = (agent: number) => Float32Array;

/**
 * What a central critic or mixer reads for an agent: its own observation, then the world's state vector, or the observations
 * of all agents where the world has none.
 *
 * Shapes: [O + G].
 */
export class CentralState {
  readonly size: number;
  /** Whether every agent must be observed at every step. */
  readonly joins: boolean;
  readonly #env: AnyEnv;
  readonly #params: unknown;
  readonly #agents: number;
  readonly #world: Float32Array;

  constructor(env: AnyEnv, params: unknown, observationSize: number) {
    const { roles, count } = layOutAgents(env, params);
    const own = env.stateVector === undefined ? 0 : (env.stateSize?.(params) ?? 0);
    const joined = roles.reduce((sum, role) => sum + role.count * role.observationSize, 0);
    this.joins = own === 0;
    this.size = observationSize + (own > 0 ? own : joined);
    this.#env = env;
    this.#params = params;
    this.#agents = count;
    this.#world = new Float32Array(own);
  }

  /** As things stand in env e. */
  write(driver: Driver, e: number, agent: number, out: Float32Array): void {
    if (!this.joins) this.#env.stateVector?.(driver.stateOf(e), this.#world, this.#params);
    this.#fill((other) => driver.observationOf(e, other), this.#world, 0, agent, out);
  }

  /** As things stood when the episode of env e was cut off. */
  writeFinal(driver: Driver, e: number, agent: number, out: Float32Array): void {
    this.#fill((other) => driver.finalObservationOf(e, other), driver.finalStates, e * this.#world.length, agent, out);
  }

  #fill(rowOf: RowOf, world: Float32Array, from: number, agent: number, out: Float32Array): void {
    const own = rowOf(agent);
    copyFloats(own, 0, out, 0, own.length);
    let at = own.length;
    if (!this.joins) {
      copyFloats(world, from, out, at, this.#world.length);
      return;
    }
    for (let other = 0; other < this.#agents; other++) {
      const row = rowOf(other);
      copyFloats(row, 0, out, at, row.length);
      at += row.length;
    }
  }
}
