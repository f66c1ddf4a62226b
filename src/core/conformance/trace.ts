import { Driver } from '../driver.ts';
import { createStreams, type Rng } from '../rng.ts';
import { sampleSpace } from '../space.ts';
import type { Play } from './play.ts';
import { firstDifference } from './same-value.ts';

/** One moment of an episode as everybody outside can see it. */
type Moment = Readonly<Record<string, unknown>>;

/** A driver over the world under check, every agent observed, each env with its own generator. */
export function driverOf({ env, params }: Play, seeds: readonly (string | number)[]): Driver {
  return new Driver(env, params, {
    envs: seeds.length,
    autoreset: 'disabled',
    observeAll: true,
    rng: (e) => createStreams(seeds[e]).stream('env'),
  });
}

/** Everything that can be seen of env e now. */
export function momentOf(driver: Driver, e: number): Moment {
  const { layout, params, env } = driver;
  const agents = layout.names.map((_, agent) => agent);
  const slots = (row: Uint8Array | Float64Array) => Array.from(row.subarray(e * layout.count, (e + 1) * layout.count));
  const state = driver.stateOf(e);
  let vector: Float32Array | undefined;
  if (env.stateVector !== undefined && env.stateSize !== undefined) {
    vector = new Float32Array(env.stateSize(params));
    env.stateVector(state, vector, params);
  }
  return {
    observations: agents.map((agent) => driver.observationOf(e, agent).slice()),
    masks: agents.map((agent) => driver.maskOf(e, agent).slice()),
    acting: slots(driver.acting),
    alive: slots(driver.alive),
    rewards: slots(driver.rewards),
    terminated: driver.terminated[e],
    truncated: driver.truncated[e],
    stateVector: vector,
    texts: agents.map((agent) => env.text?.(state, agent, params)),
    rng: driver.rngOf(e).state(),
  };
}

/** Draws a legal action for every agent of env e. */
export function chooseAll(driver: Driver, e: number, rng: Rng): void {
  const { layout } = driver;
  for (let agent = 0; agent < layout.count; agent++) {
    const role = layout.roles[layout.roleOf[agent]];
    const from = (e * layout.count + agent) * layout.actionStride;
    const row = driver.actions.subarray(from, from + role.actionSize);
    sampleSpace(role.action, rng, row, role.maskSize === 0 ? undefined : driver.maskOf(e, agent));
  }
}

/** Plays env e on to the end of its episode and keeps every moment, the present one first. */
export function traceOf(driver: Driver, e: number, choices: Rng, steps: number): Moment[] {
  const moments = [momentOf(driver, e)];
  for (let step = 0; step < steps && !driver.isOver(e); step++) {
    chooseAll(driver, e, choices);
    driver.stepEnv(e);
    moments.push(momentOf(driver, e));
  }
  return moments;
}

/** Where two traces first differ, in words. */
export function traceDifference(a: readonly Moment[], b: readonly Moment[]): string | undefined {
  const steps = Math.max(a.length, b.length);
  for (let step = 0; step < steps; step++) {
    const difference = firstDifference(a[step], b[step]);
    if (difference !== undefined)
      return `${difference.replace(/^\./, '')} differs ${step === 0 ? 'at the reset' : `at step ${step}`}`;
  }
  return undefined;
}
