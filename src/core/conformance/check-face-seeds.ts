import type { AecEnv } from '../aec-env.ts';
import type { ParallelEnv } from '../parallel-env.ts';
import { createStreams } from '../rng.ts';
import { sampleSpace } from '../space.ts';
import { chooseParallel } from './check-parallel.ts';
import type { Findings } from './findings.ts';
import { firstDifference } from './same-value.ts';

/** Steps or turns of an episode that are compared. */
const compared = 100;

/**
 * Checks that seeds decide what a face shows, in Gymnasium's pattern: of resets with seed, none, seed, none the first equals
 * the third and the second the fourth, everything that a step returns included; and that two faces agree under one seed.
 *
 * Source: PettingZoo 1.27, `pettingzoo/test/seed_test.py` (with the reset observations, which it leaves out); Gymnasium 1.4,
 * `gymnasium/utils/env_checker.py`, `check_reset_seed`.
 */
export function checkFaceSeeds<Face extends ParallelEnv | AecEnv>(
  name: string,
  make: () => Face,
  play: (env: Face, seed: string | number | undefined) => readonly unknown[],
  findings: Findings,
  seed: string | number,
): void {
  const [env, twin] = [make(), make()];
  const episodes = [seed, undefined, seed, undefined].map((given) => play(env, given));
  const pairs: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
    [`seed ${seed} twice`, episodes[0], episodes[2]],
    ['two resets without a seed behind the same seed', episodes[1], episodes[3]],
    [`two ${name}s under seed ${seed}`, episodes[0], play(twin, seed)],
  ];
  for (const [what, a, b] of pairs) {
    const difference = firstDifference(a, b);
    if (difference !== undefined) findings.fail('faces-seeded', `${what}: [step]${difference} differs in the ${name}`);
  }
}

/** An episode of the parallel face, everything it returns. */
export function traceParallel(env: ParallelEnv, seed: string | number | undefined): readonly unknown[] {
  const choices = createStreams('check/seeds').stream('choices');
  const start = env.reset(seed === undefined ? {} : { seed });
  const trace: unknown[] = [start];
  let { infos } = start;
  for (let step = 0; step < compared && env.agents.length > 0; step++) {
    const result = env.step(chooseParallel(env, infos, choices));
    infos = result.infos;
    trace.push({ ...result, agents: [...env.agents] });
  }
  return trace;
}

/** An episode of the AEC face, everything each turn finds. */
export function traceAec(env: AecEnv, seed: string | number | undefined): readonly unknown[] {
  const choices = createStreams('check/seeds').stream('choices');
  env.reset(seed === undefined ? {} : { seed });
  const trace: unknown[] = [];
  for (const agent of env.agentIter(compared)) {
    const last = env.last();
    const action: number[] = [];
    const finished = last.termination || last.truncation;
    if (!finished) sampleSpace(env.actionSpace(agent), choices, action, last.info.actionMask);
    env.step(finished ? null : action);
    trace.push({ agent, ...last, rewards: { ...env.rewards }, agents: [...env.agents] });
  }
  return trace;
}
