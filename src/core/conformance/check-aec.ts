import { type AecEnv, aecEnv } from '../aec-env.ts';
import type { AnyEnv } from '../env.ts';
import { createStreams } from '../rng.ts';
import { sampleSpace } from '../space.ts';
import { checkFaceLooks, refuses } from './check-face-looks.ts';
import { type FaceCheck, type FacePlay, looked } from './check-parallel.ts';
import type { Findings } from './findings.ts';

/** A check over the AEC face of a world. */
export function aecCheck(env: AnyEnv, params: object): FaceCheck<AecEnv>['make'] {
  return (timeLimitSteps) => aecEnv(env, params, timeLimitSteps === undefined ? {} : { timeLimitSteps });
}

/**
 * PettingZoo's `api_test` over an AEC face, with the action choices that `checkParallel` makes under the same seed.
 *
 * Source: PettingZoo 1.27, `pettingzoo/test/api_test.py`.
 */
export function checkAec({ make, findings, seed, steps }: FaceCheck<AecEnv>): FacePlay {
  checkOrder(make(), findings);
  const env = make();
  env.reset({ seed, options: { options: 1 } });
  if (!(env.numAgents > 0)) findings.fail('aec-agents', 'nobody takes part at the reset');
  checkFaceLooks(env, 'at reset', findings);
  if (env.last(false).observation !== null) findings.fail('aec-keys', 'last(false) gives an observation');
  if ([...Object.values(env.terminations), ...Object.values(env.truncations)].includes(true)) {
    findings.fail('aec-agents', 'an agent is finished at the reset');
  }
  const choices = createStreams(seed).stream('check/faces');
  const owed = new Map<string, number>();
  const returns: Record<string, number> = Object.fromEntries(env.possibleAgents.map((agent) => [agent, 0]));
  const buried = new Set<string>();
  let turn = 0;
  // A world of A agents and T steps has at most A (T + 1) turns.
  for (const agent of env.agentIter((steps + 1) * env.maxNumAgents)) {
    const { observation, reward, termination, truncation, info } = env.last();
    if (buried.has(agent)) findings.fail('aec-agents', `${agent} has a turn after its last one`);
    if (!env.agents.includes(agent) || env.numAgents !== env.agents.length) {
      findings.fail('aec-agents', `${agent} has a turn and agents are [${env.agents}]`);
    }
    if (!close(reward, owed.get(agent) ?? 0)) {
      findings.fail(
        'aec-rewards',
        `last() gives ${agent} ${reward}, it was given ${owed.get(agent) ?? 0} since its last turn`,
      );
    }
    const same = env.terminations[agent] === termination && env.truncations[agent] === truncation;
    if (!same || observation?.length !== env.observationSpace(agent).low.length) {
      findings.fail('aec-keys', `last() of ${agent} differs from the dictionaries`);
    }
    owed.set(agent, 0);
    returns[agent] += reward;
    if (termination || truncation) {
      const bad = env.actionSpace(agent).kind === 'discrete' ? 0 : [0];
      if (!refuses(() => env.step(bad))) findings.fail('aec-order', `${agent} acts after it has finished`);
      env.step(null);
      buried.add(agent);
    } else {
      const action: number[] = [];
      sampleSpace(env.actionSpace(agent), choices, action, info.actionMask);
      env.step(action);
    }
    for (const [name, given] of Object.entries(env.rewards)) owed.set(name, (owed.get(name) ?? 0) + given);
    checkKeys(env, findings);
    if (++turn <= looked) checkFaceLooks(env, `after turn ${turn}`, findings);
    if (findings.has('aec-agents', 'aec-keys', 'aec-order')) break;
  }
  if (env.agents.length > 0) findings.fail('aec-agents', `[${env.agents}] never finish`);
  if (env.agents.length === 0 && !refuses(() => env.step(null))) {
    findings.fail('aec-order', 'a turn after the end is accepted');
  }
  env.close();
  env.close();
  if (!refuses(() => env.reset())) findings.fail('aec-order', 'a reset after close is accepted');
  return returns;
}

function checkKeys(env: AecEnv, findings: Findings): void {
  const { rewards, cumulativeRewards, terminations, truncations, infos } = env;
  for (const [what, values] of Object.entries({ rewards, cumulativeRewards, terminations, truncations, infos })) {
    const keys = Object.keys(values).sort().join(', ');
    const agents = [...env.agents].sort().join(', ');
    if (keys !== agents) findings.fail('aec-keys', `${what} are of [${keys}], agents are [${agents}]`);
  }
}

function checkOrder(env: AecEnv, findings: Findings): void {
  if (!refuses(() => env.last())) findings.fail('aec-order', 'last() before reset is accepted');
  if (!refuses(() => env.step(0))) findings.fail('aec-order', 'step before reset is accepted');
  env.reset({ seed: 0 });
  if (!refuses(() => env.step(null))) findings.fail('aec-order', 'a turn without an action is accepted');
  const turns = env.agentIter();
  turns.next();
  if (!refuses(() => turns.next())) findings.fail('aec-order', 'a turn of agentIter that is not stepped is accepted');
}

/** Checks that an episode played through both faces with the same choices came to the same. */
export function checkAgreement(parallel: FacePlay, aec: FacePlay, findings: Findings): void {
  for (const [agent, total] of Object.entries(parallel)) {
    const other = aec[agent];
    if (!close(total, other)) {
      findings.fail('faces-agree', `${agent} returns ${total} in the parallel face and ${other} in the AEC face`);
    }
  }
}

/** Whether two sums of the same rewards, added up in another order, agree. */
function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
