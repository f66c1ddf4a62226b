import { describe, expect, it } from 'vitest';
import { checkEnv, createStreams, layOutAgents } from '#core';
import { negotiation } from '#envs';
import { CentralState } from '#train/central-state';
import { given, paramsOf } from './play.ts';

const domain = given({
  sizes: [3],
  utilities: [
    [0, 0.5, 1],
    [1, 0.25, 0],
  ],
  reserved: [0.2, 0.1],
});

function begin(params: object) {
  const complete = paramsOf(params);
  const state = negotiation.init(complete, createStreams('state').stream('env'));
  const seen = () => {
    const out = new Float32Array(negotiation.stateSize?.(complete) as number);
    negotiation.stateVector?.(state, out, complete);
    return [...out].map((value) => Number(value.toFixed(4)));
  };
  const { actionStride } = layOutAgents(negotiation, complete);
  const act = (...choices: number[]) => {
    const actions = new Float64Array(2 * actionStride);
    actions.set(choices, state.mover * actionStride);
    negotiation.step(state, actions, new Float64Array(2), createStreams('act').stream('env'), complete);
  };
  return { seen, act, complete };
}

describe('the state vector of a negotiation', () => {
  it('tells the time, the offer on the table, each party with its last offer, and what all outcomes are worth to all', () => {
    const { seen, act } = begin({ ...domain, rounds: 4 });
    const all = [0, 0.5, 1, 1, 0.25, 0];
    // Time 1 / 5; the last round is the fourth. Of a party: moves, has proposed, has joined, reserved, low, high, its offer.
    expect(seen()).toEqual([0.2, 1, 0, 0, 0, 1, 0, 0, 0.2, 0.2, 1, 0, 0, 0, 0, 0, 0, 0.1, 0.1, 1, 0, 0, 0, ...all]);
    act(1, 2);
    const first = [1, 1, 0];
    expect(seen()).toEqual([0.2, 1, ...first, 0, 1, 0, 0.2, 0.2, 1, ...first, 1, 0, 0, 0.1, 0.1, 1, 0, 0, 0, ...all]);
    act(1, 1);
    const second = [1, 0.5, 0.25];
    expect(seen()).toEqual([
      0.4,
      1,
      ...second,
      1,
      0,
      0,
      0.2,
      0.2,
      1,
      ...first,
      0,
      1,
      0,
      0.1,
      0.1,
      1,
      ...second,
      ...all,
    ]);
  });

  it('does not grow with the domain where parties see shares, and is what check-env wants in both faces', () => {
    for (const params of [{}, { parties: 3 }, { face: 'relative', issues: 4, values: [5, 9] }]) {
      expect(checkEnv(negotiation, { params: paramsOf(params) }).failures).toEqual([]);
    }
    const sizeOf = (params: object) => negotiation.stateSize?.(paramsOf(params));
    // 3 + A + A (7 + A) with two parties; 64 outcomes for each of them more.
    expect(sizeOf({ face: 'relative', issues: 6, values: 9 })).toBe(23);
    expect(sizeOf({})).toBe(23 + 2 * 64);
  });

  it('is what a central critic reads in place of the observations of all', () => {
    const params = paramsOf({ face: 'relative' });
    const { observationSize } = layOutAgents(negotiation, params).roles[0];
    const central = new CentralState(negotiation, params, observationSize);
    expect([central.joins, central.size]).toEqual([false, observationSize + 23]);
  });
});
