import { type AnyEnv, createStreams, Driver, type DriverOptions, parseWith, type Rng } from '#core';

/** A driver over one env of a world, reset and ready to play. */
export function start(env: AnyEnv, params: object, options: Partial<DriverOptions> & { seed?: string } = {}): Driver {
  const { seed = 'test', ...rest } = options;
  const driver = new Driver(env, parseWith(env.params, params, env.id), {
    autoreset: 'disabled',
    observeAll: true,
    rng: () => createStreams(seed).stream('env'),
    ...rest,
  });
  driver.reset();
  return driver;
}

/** Plays one step with one action number an agent. */
export function play(driver: Driver, ...actions: number[]): void {
  driver.actions.set(actions);
  driver.step();
}

/** The entries of a named field of an agent's observation. */
export function field(driver: Driver, agent: number, name: string): number[] {
  const { roles, roleOf } = driver.layout;
  let at = 0;
  for (const part of roles[roleOf[agent]].observation.fields ?? []) {
    if (part.name === name) return [...driver.observationOf(0, agent).subarray(at, at + part.size)];
    at += part.size;
  }
  throw new Error(`no field ${name}`);
}

export function fieldNames(driver: Driver, agent: number): string[] {
  const { roles, roleOf } = driver.layout;
  return (roles[roleOf[agent]].observation.fields ?? []).map(({ name }) => name);
}

/** A generator whose `random` and `integer` give out what was put in, for rules that hang on one draw. */
export function fixedRng(draws: number[]): Rng {
  const next = () => {
    const draw = draws.shift();
    if (draw === undefined) throw new Error('nothing left to draw');
    return draw;
  };
  return {
    random: next,
    integer: next,
    uniform: (low, high) => low + (high - low) * next(),
    normal: next,
    permutation: (n) => Array.from({ length: n }, (_, i) => i),
    state: () => [...draws],
    restore: (state) => {
      draws.splice(0, draws.length, ...state);
    },
  };
}
