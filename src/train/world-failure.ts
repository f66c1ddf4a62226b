import { type AnyEnv, type Driver, PolityError } from '#core';

/** Where in a run something happened: enough to play it again. */
export interface WorldMoment {
  /** Seed of the run or episode, and which of its envs. */
  readonly seed: string;
  /** Steps of the episode played so far. */
  readonly step: number;
  readonly agent?: string;
}

/** A world that broke its contract: names world, seed, step and, where it is known, agent. */
export function worldFailure(env: AnyEnv, moment: WorldMoment, message: string, options?: ErrorOptions): PolityError {
  const { seed, step, agent } = moment;
  const parts = [`world ${env.id}`, `seed ${seed}`, `step ${step}`, ...(agent === undefined ? [] : [agent])];
  const remedy = `Run \`polity check-env ${env.id}\` to find the rule that does not hold`;
  return new PolityError({ code: 'contract', where: parts.join(' › '), message, remedy }, options);
}

/** What a world threw in env e of a driver, with the agent whose observation or mask it cannot write, if it is that. */
export function thrownBy(driver: Driver, e: number, seed: string, error: unknown): PolityError {
  const agent = refusedAgent(driver, e);
  const moment = { seed, step: driver.lengths[e], ...(agent === undefined ? {} : { agent }) };
  return worldFailure(driver.env, moment, error instanceof Error ? error.message : String(error), { cause: error });
}

/**
 * Refuses a world whose `observe` writes more numbers than its role declares: typed arrays drop those in silence.
 *
 * Throws: PolityError (contract).
 */
export function requireObservationSizes(driver: Driver, e: number, seed: string): void {
  const { env, layout, params } = driver;
  const state = driver.stateOf(e);
  for (let agent = 0; agent < layout.count; agent++) {
    if (driver.alive[e * layout.count + agent] === 0) continue;
    const size = layout.roles[layout.roleOf[agent]].observationSize;
    const [some, more] = [8, 16].map((spare) =>
      writtenBehind(size, spare, (row) => env.observe(state, agent, row, params)),
    );
    // A world that fills the row it is handed writes all of both; one that counts wrongly writes the same few.
    if (some === 0 || (some === 8 && more === 16)) continue;
    const moment = { seed, step: driver.lengths[e], agent: layout.names[agent] };
    throw worldFailure(env, moment, `an observation of at least ${size + some} numbers, its space has ${size}`);
  }
}

/** Throws: PolityError (contract) for a reward, or an observation of an agent that acts, that is not a finite number. */
export function requireFiniteMoment(driver: Driver, e: number, seed: string): void {
  const { count, names } = driver.layout;
  for (let agent = 0; agent < count; agent++) {
    const reward = driver.rewards[e * count + agent];
    const moment = { seed, step: driver.lengths[e], agent: names[agent] };
    if (!Number.isFinite(reward)) throw worldFailure(driver.env, moment, `reward ${reward}`);
    if (driver.acting[e * count + agent] === 0) continue;
    const row = driver.observationOf(e, agent);
    const bad = row.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw worldFailure(driver.env, moment, `observation entry ${bad} is ${row[bad]}`);
  }
}

const untouched = -7.25e11;

function writtenBehind(size: number, spare: number, observe: (row: Float32Array) => void): number {
  const row = new Float32Array(size + spare).fill(untouched);
  observe(row);
  return row.subarray(size).filter((value) => value !== Math.fround(untouched)).length;
}

function refusedAgent(driver: Driver, e: number): string | undefined {
  const { env, layout, params } = driver;
  const state = driver.stateOf(e);
  if (state === undefined) return undefined;
  for (let agent = 0; agent < layout.count; agent++) {
    const { observationSize, maskSize } = layout.roles[layout.roleOf[agent]];
    try {
      if (env.alive !== undefined && !env.alive(state, agent, params)) continue;
      env.observe(state, agent, new Float32Array(observationSize), params);
      if (maskSize > 0) env.legal?.(state, agent, new Uint8Array(maskSize), params);
    } catch {
      return layout.names[agent];
    }
  }
  return undefined;
}
