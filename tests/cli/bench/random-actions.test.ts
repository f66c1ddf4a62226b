import { describe, expect, it } from 'vitest';
import { randomActions } from '#cli/bench/random-actions';
import { box, createStreams, Driver, defineEnv, discrete, multiDiscrete } from '#core';

const draws = 20_000;

/** Two roles that act in turn: a chooser whose action 1 is illegal, and a mixer with two parts and a box beside it. */
const turns = defineEnv<{ turn: number }>({
  id: 'turns',
  roles: () => [
    { name: 'chooser', count: 1, observation: box([1], 0, 1), action: discrete(3) },
    { name: 'mixer', count: 1, observation: box([1], 0, 1), action: multiDiscrete([2, 4]) },
  ],
  init: () => ({ turn: 0 }),
  acting: (state, agent) => agent === state.turn % 2,
  observe: (_state, _agent, out) => {
    out[0] = 0;
  },
  legal: (_state, agent, mask) => {
    if (agent === 0) mask[1] = 0;
  },
  step: (state) => {
    state.turn++;
    return false;
  },
});

describe('random actions of a benchmark', () => {
  it('are legal, equally often each, and written for those who act', () => {
    const streams = createStreams('test');
    const driver = new Driver(turns, {}, { envs: 1, rng: () => streams.stream('env') });
    const act = randomActions(driver, streams.stream('policy'));
    driver.reset();
    const chosen = [0, 0, 0];
    const mixed = Array.from({ length: 8 }, () => 0);
    for (let k = 0; k < draws; k++) {
      driver.actions.fill(-1);
      expect(act()).toBe(1);
      const [first, , left, right] = driver.actions;
      if (k % 2 === 0) chosen[first]++;
      else mixed[4 * left + right]++;
      expect([first, left].includes(-1)).toBe(true);
      driver.step();
    }
    const half = draws / 2;
    expect(chosen[1]).toBe(0);
    // Four standard deviations of a count of `half` draws at probability p.
    const within = (count: number, p: number) =>
      expect(Math.abs(count - half * p)).toBeLessThan(4 * Math.sqrt(half * p));
    within(chosen[0], 1 / 2);
    within(chosen[2], 1 / 2);
    for (const count of mixed) within(count, 1 / 8);
  });
});
