import { type AnyEnv, createStreams, Driver, parseWith } from '#core';
import { randomActions } from './random-actions.ts';

/** How fast a world stepped for a while. */
export interface WorldRate {
  /** Steps of single envs a second. */
  readonly envSteps: number;
  /** Actions of single agents a second. */
  readonly agentSteps: number;
}

/** Steps between two looks at the clock. */
const stride = 64;

/**
 * Steps a world under its default parameters through the driver, as training does: many envs in lockstep, observations and
 * masks written, episodes begun anew, actions drawn from the legal ones. Each call goes on for some seconds from where the one
 * before stopped; the first should not count, as the compiler needs a while before it is done with the loop.
 */
export function worldMeter(env: AnyEnv, envs: number): (seconds: number) => WorldRate {
  const streams = createStreams('bench');
  const params = parseWith(env.params, {}, `env ${env.id}`);
  const driver = new Driver(env, params, { envs, rng: (e) => streams.stream(`env/${e}`) });
  const act = randomActions(driver, streams.stream('policy'));
  driver.reset();
  return (seconds) => {
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
    } while (elapsed < seconds);
    return { envSteps: steps / elapsed, agentSteps: agentSteps / elapsed };
  };
}
