import v8 from 'node:v8';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type AnyEnv, createStreams, layOutAgents, sampleSpace } from '#core';
import { worlds } from '#envs';
import { tick } from '../conformance/good-worlds.ts';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as (how: { type: 'minor' }) => void;

/** Steps that make the functions of a world hot, and steps of each round that is measured. */
const warmUp = 3000;
const measured = 300;
const rounds = 6;
/**
 * Bytes a step. Numbers that functions hand back to each other may be boxed (16 each) where many worlds share code, for every agent
 * that is looked at, and memory is counted by the page; a list or a view made at every step and observation is more than this.
 */
function generous(env: AnyEnv): number {
  return 60 + 20 * layOutAgents(env, env.params.parse({})).count;
}

/** Bytes that `step`, `legal` and the `observe` of every agent take of the heap: the least of the rounds, of each the mean. */
function bytesAStep(env: AnyEnv): number {
  const params = env.params.parse({});
  const { roles, roleOf, count, actionStride } = layOutAgents(env, params);
  const rng = createStreams(1).stream('env');
  const choices = createStreams(1).stream('choices');
  const rewards = new Float64Array(count);
  const rows = [...roleOf].map((r) => new Float32Array(roles[r].observationSize));
  const masks = [...roleOf].map((r) => new Uint8Array(roles[r].maskSize));
  const limit = Math.min(50, env.timeLimitSteps?.(params) ?? 50);
  const isHere = (state: unknown, agent: number) => env.alive === undefined || env.alive(state, agent, params);
  const isActing = (state: unknown, agent: number) =>
    isHere(state, agent) && (env.acting === undefined || env.acting(state, agent, params));
  const play = (state: unknown, actions: Float64Array) => {
    rewards.fill(0);
    const ended = env.step(state, actions, rewards, rng, params);
    for (let agent = 0; agent < count; agent++) {
      if (!isHere(state, agent)) continue;
      env.observe(state, agent, rows[agent], params);
      if (env.legal === undefined || masks[agent].length === 0 || ended || !isActing(state, agent)) continue;
      masks[agent].fill(1);
      env.legal(state, agent, masks[agent], params);
    }
    return ended;
  };
  const choose = (state: unknown) => {
    const actions = new Float64Array(count * actionStride);
    for (let agent = 0; agent < count; agent++) {
      if (!isActing(state, agent)) continue;
      const mask = masks[agent].fill(1);
      if (mask.length > 0) env.legal?.(state, agent, mask, params);
      const from = agent * actionStride;
      const { action, actionSize } = roles[roleOf[agent]];
      sampleSpace(action, choices, actions.subarray(from, from + actionSize), mask.length === 0 ? undefined : mask);
    }
    return actions;
  };
  let state = env.init(params, rng);
  let steps = 0;
  const goOn = (actions: Float64Array) => {
    const ended = play(state, actions);
    steps++;
    if (!ended && steps < limit) return;
    state = env.init(params, rng);
    steps = 0;
  };
  for (let step = 0; step < warmUp; step++) goOn(choose(state));
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    // Everything is made ready beforehand: moments of episodes, and what is done in each.
    const moments = Array.from({ length: measured }, () => {
      const moment = { state: structuredClone(state), actions: choose(state) };
      goOn(moment.actions);
      return moment;
    });
    collect({ type: 'minor' });
    const before = process.memoryUsage().heapUsed;
    for (let k = 0; k < measured; k++) play(moments[k].state, moments[k].actions);
    const grown = process.memoryUsage().heapUsed - before;
    // A collection in between hides what was taken.
    if (grown >= 0) least = Math.min(least, grown / measured);
  }
  return least;
}

/** The heap is counted by the page and others use it too: too much must be seen three times in a row. */
function steadyBytes(env: AnyEnv): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && least >= generous(env); attempt++) least = Math.min(least, bytesAStep(env));
  return least;
}

describe('step and observe', () => {
  it.each(worlds.items.map((env) => [env.id, env] as const))('of %s allocate nothing', (_, env) => {
    expect(steadyBytes(env)).toBeLessThan(generous(env));
  });

  const wrapped = ['frame-stack', 'agent-indicator', 'pad', 'sticky-actions', 'common-reward', 'inequity-aversion'];
  it.each(wrapped)('of a world in %s allocate nothing', (wrapper) => {
    const env = worlds.get(`simple-tag+${wrapper}`) as AnyEnv;
    expect(steadyBytes(env)).toBeLessThan(generous(env));
  });

  it('are seen to allocate where they do', () => {
    const lists: AnyEnv = {
      ...tick,
      init: () => ({ t: 0, choices: [] as number[], seen: [] as number[] }),
      observe(state, agent, out, params) {
        tick.observe(state, agent, out, params);
        (state as unknown as { seen: number[] }).seen = [state.t, agent, out.length, 4, 5, 6, 7, 8];
      },
    };
    const views: AnyEnv = {
      ...tick,
      observe: (state, agent, out, params) => tick.observe(state, agent, out.subarray(0, 1), params),
    };
    for (const env of [lists, views]) expect(steadyBytes(env)).toBeGreaterThan(generous(env));
  });
});
