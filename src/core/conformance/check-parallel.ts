import type { AnyEnv } from '../env.ts';
import { type ParallelEnv, parallelEnv } from '../parallel-env.ts';
import { createStreams, type Rng } from '../rng.ts';
import { contains, sampleSpace } from '../space.ts';
import { checkFaceLooks, refuses } from './check-face-looks.ts';
import type { Findings } from './findings.ts';
import { firstDifference } from './same-value.ts';

/** The return of each agent in an episode played through a face. */
export type FacePlay = Readonly<Record<string, number>>;

/** What a check of a face needs. `make` gives a new face, with another time limit where one is handed in. */
export interface FaceCheck<Face> {
  readonly make: (timeLimitSteps?: number) => Face;
  readonly findings: Findings;
  readonly seed: string | number;
  readonly steps: number;
}

const dictionaries = ['observations', 'rewards', 'terminations', 'truncations', 'infos'] as const;

/** Steps of a face whose state and scenes are looked at. */
export const looked = 5;

/** A check over the parallel face of a world. */
export function parallelCheck(env: AnyEnv, params: object): FaceCheck<ParallelEnv>['make'] {
  return (timeLimitSteps) => parallelEnv(env, params, timeLimitSteps === undefined ? {} : { timeLimitSteps });
}

/**
 * PettingZoo's `parallel_api_test` over a parallel face.
 *
 * Source: PettingZoo 1.27, `pettingzoo/test/parallel_test.py`.
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
  checkFaceLooks(env, 'at reset', findings);
  sameKeys(findings, 'observations at reset', start.observations, env.agents);
  sameKeys(findings, 'infos at reset', start.infos, env.agents);
  inSpace(env, start.observations, 'at reset', findings);
  if (findings.has('parallel-keys')) return {};
  checkActions(make(), findings, seed);
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
    for (const key of dictionaries) sameKeys(findings, `${key} ${when}`, step[key] ?? {}, touched);
    if (length <= looked || env.agents.length === 0) checkFaceLooks(env, when, findings);
    inSpace(env, step.observations, when, findings);
    for (const agent of touched) {
      if (step.terminations[agent] || step.truncations[agent]) finished.add(agent);
      returns[agent] += step.rewards[agent];
    }
    const expected = touched.filter((agent) => !finished.has(agent));
    if (env.agents.join() !== expected.join() || env.numAgents !== expected.length) {
      findings.fail('parallel-agents', `${when} agents are [${env.agents}], expected [${expected}]`);
    }
    infos = step.infos;
    if (findings.has('parallel-agents', 'parallel-keys')) return returns;
  }
  if (env.agents.length === 0 && !refuses(() => env.step({}))) {
    findings.fail('parallel-order', 'a step after the end is accepted');
  }
  env.close();
  env.close();
  if (!refuses(() => env.reset())) findings.fail('parallel-order', 'a reset after close is accepted');
  return returns;
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

function checkOrder(env: ParallelEnv, findings: Findings): void {
  if (!refuses(() => env.step({}))) findings.fail('parallel-order', 'step before reset is accepted');
  env.reset({ seed: 0 });
  if (!refuses(() => env.step({ nobody: 0 })))
    findings.fail('parallel-order', 'an action of an unknown agent is accepted');
  if (!refuses(() => env.step({})))
    findings.fail('parallel-order', 'a step without the actions of those who act is accepted');
}

/** One step in each of the ways to write down the same actions. */
function checkActions(env: ParallelEnv, findings: Findings, seed: string | number): void {
  const forms: readonly [string, (action: number[]) => number | ArrayLike<number>][] = [
    ['a list', (action) => action],
    ['a Float64Array', (action) => Float64Array.from(action)],
    ['a number', (action) => (action.length === 1 ? action[0] : action)],
  ];
  const results = forms.map(([form, write]) => {
    const { infos } = env.reset({ seed });
    const actions = chooseParallel(env, infos, createStreams(seed).stream('check/actions'));
    const written = Object.fromEntries(Object.entries(actions).map(([agent, action]) => [agent, write(action)]));
    return findings.attempt(`a step with ${form} as action`, () => env.step(written), 'parallel-actions')?.value;
  });
  for (const [i, result] of results.entries()) {
    const difference = firstDifference(results[0], result);
    if (difference !== undefined) {
      findings.fail('parallel-actions', `${forms[i][0]} as action gives another step: ${difference} differs`);
    }
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
