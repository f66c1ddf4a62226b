import type { AecEnv } from '../aec-env.ts';
import type { ParallelEnv } from '../parallel-env.ts';
import { createStreams } from '../rng.ts';
import { sampleSpace } from '../space.ts';
import { chooseParallel } from './check-parallel.ts';
import type { Findings } from './findings.ts';

/** Faces of a world under a time limit of their own. */
export interface LimitCheck {
  readonly parallel: (timeLimitSteps: number) => ParallelEnv;
  readonly aec: (timeLimitSteps: number) => AecEnv;
  readonly findings: Findings;
  readonly seed: string | number;
}

const limit = 4;

/**
 * Checks that both faces cut an episode after exactly as many steps as they are told, neither sooner nor later, and that
 * in the cycle every agent has one turn for each time it acted, and one more.
 *
 * Source: PettingZoo 1.27, `pettingzoo/test/max_cycles_test.py`.
 */
export function checkFaceLimit(check: LimitCheck): void {
  const acted = playParallel(check);
  if (acted === undefined) return;
  const turns = playAec(check, acted);
  for (const [agent, count] of Object.entries(acted)) {
    if (turns === undefined || turns[agent] === count + 1) continue;
    check.findings.fail(
      'time-limit-exact',
      `${agent} acts ${count} times in ${limit} steps and has ${turns[agent] ?? 0} turns in the AEC face`,
    );
  }
}

/** How often each agent that took part acted; nothing where the limit did not hold. */
function playParallel({ parallel, findings, seed }: LimitCheck): Record<string, number> | undefined {
  const env = parallel(limit);
  const choices = createStreams(seed).stream('check/limit');
  const acted: Record<string, number> = {};
  let { infos } = env.reset({ seed });
  for (let step = 1; env.agents.length > 0; step++) {
    for (const agent of env.agents) acted[agent] = (acted[agent] ?? 0) + (infos[agent].acting ? 1 : 0);
    const { terminations, truncations, infos: next } = env.step(chooseParallel(env, infos, choices));
    infos = next;
    for (const agent of env.agents) acted[agent] ??= 0;
    for (const agent of Object.keys(truncations)) {
      acted[agent] ??= 0;
      if (step < limit && truncations[agent]) {
        findings.fail('time-limit-exact', `${agent} is truncated after ${step} of ${limit} steps`);
      }
      if (truncations[agent] && terminations[agent]) {
        findings.fail('time-limit-exact', `${agent} is terminated and truncated at once`);
      }
    }
    if (step >= limit && env.agents.length > 0) {
      findings.fail('time-limit-exact', `${env.agents.length} agents go on after ${step} of ${limit} steps`);
    }
    if (findings.has('time-limit-exact')) return undefined;
  }
  return acted;
}

function playAec({ aec, findings, seed }: LimitCheck, acted: Readonly<Record<string, number>>) {
  const env = aec(limit);
  const choices = createStreams(seed).stream('check/limit');
  const turns: Record<string, number> = {};
  const most = Object.values(acted).reduce((sum, count) => sum + count + 1, 0);
  env.reset({ seed });
  for (const agent of env.agentIter(most)) {
    const { termination, truncation, info } = env.last();
    turns[agent] = (turns[agent] ?? 0) + 1;
    const action: number[] = [];
    if (!termination && !truncation) sampleSpace(env.actionSpace(agent), choices, action, info.actionMask);
    env.step(termination || truncation ? null : action);
  }
  if (env.agents.length === 0) return turns;
  findings.fail('time-limit-exact', `[${env.agents}] go on in the AEC face after ${limit} steps`);
  return undefined;
}
