import { type AnyEnv, layOutAgents } from '#core';
import { isAlive } from './inner-world.ts';
import { perParams } from './per-params.ts';

/** Who takes part in a step: those who are there before it and those who are there after it. They are paid for it. */
export interface Attendance {
  /** Shapes: [A], 1 for those who take part. */
  readonly here: Uint8Array;
  /** Asked before the step. */
  before(state: unknown, params: unknown): void;
  /** Asked after the step. */
  after(state: unknown, params: unknown): void;
}

/** An attendance list of a world for given parameters, written anew at every step. */
export function attendanceOf(env: AnyEnv): (params: unknown) => Attendance {
  return perParams((forParams) => {
    const { count } = layOutAgents(env, forParams);
    const here = new Uint8Array(count).fill(1);
    if (env.alive === undefined) return { here, before() {}, after() {} };
    return {
      here,
      before(state, params) {
        for (let agent = 0; agent < count; agent++) here[agent] = isAlive(env, state, agent, params) ? 1 : 0;
      },
      after(state, params) {
        for (let agent = 0; agent < count; agent++) if (isAlive(env, state, agent, params)) here[agent] = 1;
      },
    };
  });
}
