import { describe, expect, it } from 'vitest';
import { type AnyEnv, box, checkEnv, defineEnv, multiDiscrete, type Space } from '#core';

/** Three traders, paid for what they do and a share of what the others do; one may be paid more. */
function market(action: Space, favoured?: number): AnyEnv {
  return defineEnv<{ t: number }>({
    id: 'market',
    roles: () => [{ name: 'trader', count: 3, observation: box([1], 0, 3), action }],
    declares: () => ({ symmetric: true }),
    init: () => ({ t: 0 }),
    observe(state, _agent, out) {
      out[0] = state.t;
    },
    legal(_state, _agent, mask) {
      mask[0] = 0;
    },
    step(state, actions, rewards, rng) {
      state.t++;
      const stride = actions.length / 3;
      for (let agent = 0; agent < 3; agent++) {
        for (let i = 0; i < stride; i++) rewards[agent] += actions[agent * stride + i] + 0.1 * rng.normal();
        if (agent === favoured) rewards[agent] *= 3;
      }
      return state.t === 3;
    },
  });
}

describe('a declared symmetry', () => {
  it.each<[string, Space]>([
    ['multi-discrete', multiDiscrete([3, 4])],
    ['box', box([2], 0, 1)],
    ['unbounded box', box([2], Number.NEGATIVE_INFINITY, 1)],
  ])('holds where it is kept, and is missed where one agent is favoured: %s actions', (kind, action) => {
    expect(checkEnv(market(action)).failures).toEqual([]);
    // The mean of an unbounded action moves little beside its spread: there the favour is not seen.
    if (kind === 'unbounded box') return;
    for (const favoured of [0, 1, 2]) {
      expect(checkEnv(market(action, favoured)).failures.map(({ rule }) => rule)).toEqual(['symmetric']);
    }
  });

  it('is not looked for where it is not declared', () => {
    expect(checkEnv({ ...market(multiDiscrete([3, 4]), 0), declares: () => ({}) }).failures).toEqual([]);
  });

  it('reports a world that throws in long play', () => {
    let steps = 0;
    const env = market(multiDiscrete([3, 4]));
    const tired: AnyEnv = {
      ...env,
      step(...args: Parameters<typeof env.step>) {
        if (++steps > 200) throw new Error('tired');
        return env.step(...args);
      },
    };
    const { failures } = checkEnv(tired);
    expect(failures.map(({ rule }) => rule)).toEqual(['no-exceptions']);
    expect(failures[0].message).toContain('tired');
  });
});
