import type { AnyEnv } from '../env.ts';
import { type ParallelEnv, parallelEnv } from '../parallel-env.ts';
import { createStreams, type Rng } from '../rng.ts';
import { contains, sampleSpace } from '../space.ts';
import type { Findings } from './findings.ts';

/** Returns and length of an episode played through a face. */
export interface FacePlay {
  readonly returns: Readonly<Record<string, number>>;
  readonly length: number;
}

/** What a check of a face needs. `make` gives a new face, with another time limit where one is handed in. */
export interface FaceCheck<Face> {
  readonly make: (timeLimitSteps?: number) => Face;
  readonly findings: Findings;
  readonly seed: string | number;
  readonly steps: number;
}

/** A check over the parallel face of a world. */
export function parallelCheck(env: AnyEnv, params: object): FaceCheck<ParallelEnv>['make'] {
  return (timeLimitSteps) => parallelEnv(env, params, timeLimitSteps === undefined ? {} : { timeLimitSteps });
}

/**
 * PettingZoo's `parallel_api_test` and `max_cycles_test` over a parallel face.
 *
 * Source: PettingZoo 1.27, `pettingzoo/test/parallel_test.py` and `max_cycles_test.py`.
 */
export function checkParallel(check: FaceCheck<ParallelEnv>): FacePlay {
  const { make, findings, seed, steps } = check;
  checkOrder(make(), findings);
  const env = make();
  const names = env.possibleAgents;
  if (env.maxNumAgents !== names.length) findings.fail('parallel-agents', `maxNumAgents is ${env.maxNumAgents}`);
  for (const agent of names) {
    const observation = env.observationSpace(agent);
    const action = env.actionSpace(agent);
    const same = env.observationSpace(agent) === observation && env.actionSpace(agent) === action;
    if (!same) findings.fail('parallel-spaces', `${agent} gets new space objects at every call`);
  }
  env.reset();
  const start = env.reset({ seed, options: { options: 1 } });
  sameKeys(findings, 'observations at reset', start.observations, env.agents);
  sameKeys(findings, 'infos at reset', start.infos, env.agents);
  inSpace(env, start.observations, 'at reset', findings);
  const choices = createStreams(seed).stream('check/faces');
  const returns: Record<string, number> = Object.fromEntries(names.map((agent) => [agent, 0]));
  const finished = new Set<string>();
  let { infos } = start;
  let length = 0;
  while (env.agents.length > 0 && length < steps) {
    const before = env.agents;
    const actions = chooseParallel(env, infos, choices);
    const step = env.step(actions);
    length++;
    const when = `at step ${length}`;
    const touched = names.filter((agent) => before.includes(agent) || env.agents.includes(agent));
    for (const [key, values] of Object.entries(step)) sameKeys(findings, `${key} ${when}`, values, touched);
    inSpace(env, step.observations, when, findings);
    for (const agent of before) {
      if (step.terminations[agent] || step.truncations[agent]) finished.add(agent);
      returns[agent] += step.rewards[agent];
    }
    const expected = touched.filter((agent) => !finished.has(agent));
    if (env.agents.join() !== expected.join() || env.numAgents !== expected.length) {
      findings.fail('parallel-agents', `${when} agents are [${env.agents}], expected [${expected}]`);
    }
    infos = step.infos;
    if (findings.has('parallel-agents', 'parallel-keys')) return { returns, length };
  }
  checkMaxCycles(check);
  env.close();
  env.close();
  return { returns, length };
}

/** Legal random actions for the agents that act, drawn in the order of the agents. */
export function chooseParallel(
  env: ParallelEnv,
  infos: ReturnType<ParallelEnv['reset']>['infos'],
  rng: Rng,
): Record<string, number[]> {
  const actions: Record<string, number[]> = {};
  for (const agent of env.agents) {
    if (!infos[agent].acting) continue;
    const action: number[] = [];
    sampleSpace(env.actionSpace(agent), rng, action, infos[agent].actionMask);
    actions[agent] = action;
  }
  return actions;
}

function checkMaxCycles({ make, findings, seed }: FaceCheck<ParallelEnv>): void {
  const limit = 4;
  const env = make(limit);
  const choices = createStreams(seed).stream('check/limit');
  let { infos } = env.reset({ seed });
  for (let step = 1; env.agents.length > 0; step++) {
    const { terminations, truncations, infos: next } = env.step(chooseParallel(env, infos, choices));
    infos = next;
    const cut = Object.values(truncations).includes(true);
    const agents = env.agents.length;
    if (step < limit && cut) findings.fail('time-limit-exact', `truncated after ${step} of ${limit} steps`);
    if (step < limit) continue;
    const both = Object.keys(truncations).find((agent) => truncations[agent] && terminations[agent]);
    if (both !== undefined) findings.fail('time-limit-exact', `${both} is terminated and truncated at once`);
    if (agents > 0) {
      findings.fail('time-limit-exact', `${agents} agents go on after ${step} of ${limit} steps`);
      return;
    }
  }
}

function checkOrder(env: ParallelEnv, findings: Findings): void {
  if (!refuses(() => env.step({}))) findings.fail('parallel-order', 'step before reset is accepted');
  env.reset({ seed: 0 });
  if (!refuses(() => env.step({ nobody: 0 })))
    findings.fail('parallel-order', 'an action of an unknown agent is accepted');
  if (!refuses(() => env.step({})))
    findings.fail('parallel-order', 'a step without the actions of those who act is accepted');
}

/** Whether a call throws. */
export function refuses(call: () => unknown): boolean {
  try {
    call();
    return false;
  } catch {
    return true;
  }
}

function sameKeys(findings: Findings, what: string, values: object, agents: readonly string[]): void {
  const keys = Object.keys(values);
  if ([...keys].sort().join() !== [...agents].sort().join()) {
    findings.fail('parallel-keys', `${what} are of [${keys.join(', ')}], the agents are [${agents.join(', ')}]`);
  }
}

function inSpace(
  env: ParallelEnv,
  observations: Readonly<Record<string, Float32Array>>,
  when: string,
  findings: Findings,
) {
  for (const [agent, observation] of Object.entries(observations)) {
    const space = env.observationSpace(agent);
    // A departed agent's row is zeros, whatever its box.
    if (!env.agents.includes(agent) && observation.every((value) => value === 0)) continue;
    if (observation.length !== space.low.length || !contains(space, observation)) {
      findings.fail('parallel-spaces', `${when} the observation of ${agent} is not in its space`);
    }
  }
}
