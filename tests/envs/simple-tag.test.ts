import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEnv, parseWith } from '#core';
import { type SimpleTagState, simpleTag } from '#envs';
import { field, fieldNames, play, start } from './worlds.ts';

/** Adversaries, prey and obstacles, in that order, where the test wants them. */
function place(params: object, bodies: number[]) {
  const driver = start(simpleTag, params);
  const state = driver.stateOf(0) as SimpleTagState;
  state.positions.set(bodies);
  return { driver, state };
}

const one = { adversaries: 1, agents: 1, obstacles: 0 };

describe('the motion', () => {
  it('gives prey the stronger push: 4 * 0.1 a step against 3 * 0.1', () => {
    const { driver, state } = place(one, [-0.5, 0, 0.5, 0]);
    play(driver, 1, 2);
    expect(state.velocities[0]).toBeCloseTo(-0.3, 12);
    expect(state.velocities[2]).toBeCloseTo(0.4, 12);
  });

  it('limits speeds to 1 and 1.3', () => {
    const { driver, state } = place({ ...one, maxCycles: 50 }, [-0.5, 0, 0.5, 0]);
    for (let t = 0; t < 40; t++) play(driver, 1, 2);
    expect(state.velocities[0]).toBeCloseTo(-1, 12);
    expect(state.velocities[2]).toBeCloseTo(1.3, 12);
  });

  it('slows the prey, push and limit, by its factor', () => {
    const { driver, state } = place({ ...one, preySpeedFactor: 0.5, maxCycles: 50 }, [-0.5, 0, 0.5, 0]);
    play(driver, 0, 2);
    expect(state.velocities[2]).toBeCloseTo(0.2, 12);
    for (let t = 0; t < 40; t++) play(driver, 0, 2);
    expect(state.velocities[2]).toBeCloseTo(0.65, 12);
  });

  it('lets obstacles push and never be pushed', () => {
    const { driver, state } = place({ adversaries: 1, agents: 1, obstacles: 1 }, [5, 5, 0, 0, 0.2, 0]);
    play(driver, 0, 0);
    // Overlap 0.05 at contact force 100 is a force of 5, a velocity of -0.5.
    expect(state.velocities[2]).toBeCloseTo(-0.5, 9);
    expect([...state.positions.subarray(4)]).toEqual([0.2, 0]);
  });
});

describe('the reward', () => {
  it('is 10 to every adversary for every touch, and -10 to the prey for each adversary that touches it', () => {
    const bodies = [0.1, 0, -0.1, 0, 3, 3, 0, 0];
    const { driver, state } = place({ obstacles: 0 }, bodies);
    play(driver, 0, 0, 0, 0);
    expect([...driver.rewards]).toEqual([20, 20, 20, -20]);
    expect(state.tags).toBe(2);
  });

  it('touches below 0.125, the sum of the radii', () => {
    for (const [gap, reward] of [
      [0.124, 10],
      [0.126, 0],
    ]) {
      const { driver } = place(one, [0, 0, gap, 0]);
      play(driver, 0, 0);
      expect(driver.rewards[0]).toBe(reward);
    }
  });

  it('fines prey outside: nothing to 0.9, a ramp to 1 at 1, then exp(2x - 2) up to 10', () => {
    for (const [x, y, fine] of [
      [0.9, 0, 0],
      [0, 0.95, 0.5],
      [-1, 0, 1],
      [1.5, 0, Math.E],
      [0.95, -1.5, 0.5 + Math.E],
      [9, -9, 20],
    ]) {
      const { driver } = place(one, [-3, 0, x, y]);
      play(driver, 0, 0);
      expect(driver.rewards[1]).toBeCloseTo(-fine, 9);
    }
  });
});

describe('the end', () => {
  it('is a truncation, and comes early only when asked to, once every prey is touched at once', () => {
    const params = { adversaries: 2, agents: 2, obstacles: 0, terminateOnSuccess: true };
    const half = place(params, [0, 0, 3, 3, 0.1, 0, -3, -3]).driver;
    play(half, 0, 0, 0, 0);
    expect(half.isOver(0)).toBe(false);
    const all = place(params, [0, 0, 3, 3, 0.1, 0, 3.1, 3]).driver;
    play(all, 0, 0, 0, 0);
    expect(all.terminated[0]).toBe(1);
    const unasked = place({ ...params, terminateOnSuccess: false }, [0, 0, 3, 3, 0.1, 0, 3.1, 3]).driver;
    play(unasked, 0, 0, 0, 0);
    expect(unasked.isOver(0)).toBe(false);
  });
});

describe('what is observed', () => {
  it('is velocity, position, obstacles, others, and the velocities of prey: 16 and 14 numbers', () => {
    const driver = start(simpleTag, {});
    expect(driver.layout.names).toEqual(['adversary_0', 'adversary_1', 'adversary_2', 'agent_0']);
    expect([driver.observationOf(0, 0).length, driver.observationOf(0, 3).length]).toEqual([16, 14]);
    expect(fieldNames(driver, 0)).toEqual([
      'velocity',
      'position',
      'obstacle0',
      'obstacle1',
      'adversary0',
      'adversary1',
      'prey0',
      'preyVelocity0',
    ]);
    expect(fieldNames(driver, 3).slice(4)).toEqual(['adversary0', 'adversary1', 'adversary2']);
  });

  it('shows the prey’s velocity as it is and the others relative to the agent', () => {
    const { driver } = place({}, [-0.5, 0, 0.5, 0.25, 3, 3, 0.5, -0.5, 2, 0, -2, 0]);
    play(driver, 0, 0, 0, 2);
    expect(field(driver, 0, 'adversary0')).toEqual([1, 0.25]);
    expect(field(driver, 0, 'prey0')).toEqual([1, -0.5]);
    expect(field(driver, 0, 'preyVelocity0')[0]).toBeCloseTo(0.4, 6);
    expect(field(driver, 3, 'obstacle1')).toEqual([-2.5, 0.5]);
  });

  it('can be cut to neighbours, nearest first; adversaries among them show no velocity', () => {
    const { driver } = place({ agentNeighbours: 4, landmarkNeighbours: 1 }, [0, 0, 3, 0, 2, 0, -0.5, 0, 5, 0, 0, -4]);
    play(driver, 0, 0, 0, 1);
    expect(field(driver, 0, 'obstacle0')).toEqual([0, -4]);
    expect([0, 1, 2, 3].map((i) => field(driver, 0, `other${i}`))).toEqual([
      [-0.5, 0],
      [2, 0],
      [3, 0],
      [0, 0],
    ]);
    expect(field(driver, 0, 'otherVelocity0')[0]).toBeCloseTo(-0.4, 6);
    expect(field(driver, 0, 'otherVelocity1')).toEqual([0, 0]);
    expect(field(driver, 0, 'otherVelocity3')).toEqual([0, 0]);
  });

  it('of all agents one after the other is the state vector: 62 numbers', () => {
    const driver = start(simpleTag, {});
    expect(simpleTag.stateSize?.(driver.params as never)).toBe(62);
    const out = new Float32Array(62);
    simpleTag.stateVector?.(driver.stateOf(0) as never, out, driver.params as never);
    expect([...out]).toEqual([0, 1, 2, 3].flatMap((agent) => [...driver.observationOf(0, agent)]));
  });
});

it('exchanges outcomes when two adversaries exchange places and actions, and leaves the others theirs', () => {
  const hundredths = fc.integer({ min: -100, max: 100 }).map((n) => n / 100);
  const place10 = fc.array(hundredths, { minLength: 10, maxLength: 10 });
  const moves = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(place10, moves, ([ax, ay, bx, by, ...rest], [a, b, c, d]) => {
      const params = { obstacles: 1 };
      // Bodies in the same place have no direction to be pushed in.
      const bodies = [[ax, ay], [bx, by], ...[0, 2, 4].map((i) => [rest[i], rest[i + 1]])];
      fc.pre(bodies.every(([x, y], i) => bodies.slice(0, i).every(([u, v]) => Math.hypot(x - u, y - v) > 0)));
      const one = place(params, [ax, ay, bx, by, ...rest]).driver;
      const other = place(params, [bx, by, ax, ay, ...rest]).driver;
      for (let t = 0; t < 5; t++) {
        play(one, a, b, c, d);
        play(other, b, a, c, d);
      }
      expect(other.returns[0]).toBeCloseTo(one.returns[1], 6);
      expect(other.returns[1]).toBeCloseTo(one.returns[0], 6);
      expect(other.returns[3]).toBeCloseTo(one.returns[3], 6);
    }),
    { numRuns: 40, seed: 5 },
  );
});

it('has no role without agents', () => {
  expect(start(simpleTag, { agents: 0, adversaries: 2 }).layout.names).toEqual(['adversary_0', 'adversary_1']);
  expect(start(simpleTag, { agents: 2, adversaries: 0 }).layout.names).toEqual(['agent_0', 'agent_1']);
});

it('draws adversaries, prey and obstacles, and counts touches', () => {
  const { driver } = place({}, [0.05, 0, 3, 3, 4, 4, 0, 0, 2, 0, -2, 0]);
  play(driver, 0, 0, 0, 0);
  const scene = simpleTag.draw?.(driver.stateOf(0) as never, driver.params as never);
  expect(scene?.shapes).toHaveLength(6);
  expect(scene?.caption).toContain('Touches so far: 1');
});

it('refuses impossible settings with the constraint named', () => {
  const refused = (params: object) => () => parseWith(simpleTag.params, params, 'simple-tag');
  expect(refused({ agents: 0, adversaries: 0 })).toThrow('at least one agent or one adversary');
  expect(refused({ obstacles: -1 })).toThrow('simple-tag › obstacles');
  expect(refused({ preySpeedFactor: 0 })).toThrow('preySpeedFactor');
});

describe('under other settings it passes the conformance kit', () => {
  for (const params of [
    { continuous: true },
    { agents: 3, adversaries: 1, obstacles: 0, preySpeedFactor: 0.5 },
    { agents: 0, adversaries: 2, agentNeighbours: 3 },
    { adversaries: 0, agents: 2, landmarkNeighbours: 1 },
    { adversaries: 6, terminateOnSuccess: true, agentNeighbours: 2, maxCycles: 60 },
  ]) {
    it(JSON.stringify(params), () => {
      expect(checkEnv(simpleTag, { params, seed: 7 }).failures).toEqual([]);
    });
  }
});
