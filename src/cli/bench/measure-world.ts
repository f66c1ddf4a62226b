import { type AnyEnv, createStreams, Driver, parseWith } from '#core';
import { randomActions } from './random-actions.ts';

export interface WorldSpeed {
  /** Steps of single envs a second, one number a repeat. */
  readonly envSteps: readonly number[];
  /** Actions of single agents a second. */
  readonly agentSteps: readonly number[];
}

export interface MeasureOptions {
  readonly envs: number;
  readonly repeats: number;
  readonly seconds: number;
}

/** Steps between two looks at the clock. */
const stride = 64;

/**
 * Steps a world under its default parameters through the driver, as training does: many envs in lockstep, observations and
 * masks written, episodes begun anew, actions drawn from the legal ones.
 */
export function measureWorld(env: AnyEnv, { envs, repeats, seconds }: MeasureOptions): WorldSpeed {
  const streams = createStreams('bench');
  const params = parseWith(env.params, {}, `env ${env.id}`);
  const driver = new Driver(env, params, { envs, rng: (e) => streams.stream(`env/${e}`) });
  const act = randomActions(driver, streams.stream('policy'));
  driver.reset();
  const run = (until: number) => {
    const begun = performance.now();
    let steps = 0;
    let agentSteps = 0;
    let elapsed = 0;
    do {
      for (let k = 0; k < stride; k++) {
        agentSteps += act();
        driver.step();
      }
      steps += stride * envs;
      elapsed = (performance.now() - begun) / 1000;
    } while (elapsed < until);
    return { envSteps: steps / elapsed, agentSteps: agentSteps / elapsed };
  };
  // The compiler needs a while before it is done with the loop.
  run(Math.min(0.5, seconds));
  const rates = Array.from({ length: repeats }, () => run(seconds));
  return { envSteps: rates.map((rate) => rate.envSteps), agentSteps: rates.map((rate) => rate.agentSteps) };
}
