import { describe, expect, it } from 'vitest';
import { checkEnv, parseWith } from '#core';
import { type SimpleAdversaryState, simpleAdversary } from '#envs';
import { field, fieldNames, play, start } from './worlds.ts';

/** The adversary, then the good agents, then landmarks, where the test wants them. */
function place(params: object, positions: number[], landmarks: number[], goal: number) {
  const driver = start(simpleAdversary, { agents: landmarks.length / 2, ...params });
  const state = driver.stateOf(0) as SimpleAdversaryState;
  state.positions.set(positions);
  state.landmarks.set(landmarks);
  state.goal = goal;
  return { driver, state };
}

it('pays good agents the adversary’s distance minus that of their nearest, and the adversary its own', () => {
  // From landmark 1 at (0, 0): the adversary is 10 away, the good agents 3 and 4.
  const { driver } = place({}, [6, 8, 3, 0, 0, 4], [5, 5, 0, 0], 1);
  play(driver, 0, 0, 0);
  expect([...driver.rewards]).toEqual([-10, 7, 7]);
});

it('leaves everybody their reward when two good agents exchange places and actions', () => {
  const one = place({}, [6, 8, 3, 0, 0, 4], [5, 5, 0, 0], 1).driver;
  const other = place({}, [6, 8, 0, 4, 3, 0], [5, 5, 0, 0], 1).driver;
  for (const [a, b, c] of [
    [1, 2, 3],
    [2, 4, 4],
    [3, 1, 0],
  ]) {
    play(one, a, b, c);
    play(other, a, c, b);
    expect([...other.rewards]).toEqual([...one.rewards]);
  }
});

it('lets bodies pass through each other', () => {
  const { driver, state } = place({}, [0, 0, 0, 0, 0.1, 0], [5, 5, 0, 0], 1);
  play(driver, 0, 2, 0);
  expect([...state.velocities]).toEqual([0, 0, 0.5, 0, 0, 0]);
});

describe('what is observed', () => {
  it('has the goal for good agents only: 8 and 10 numbers', () => {
    const { driver } = place({}, [6, 8, 3, 0, 0, 4], [5, 5, 1, 1], 1);
    play(driver, 0, 0, 0);
    expect(driver.layout.names).toEqual(['adversary_0', 'agent_0', 'agent_1']);
    expect(fieldNames(driver, 0)).toEqual(['landmark0', 'landmark1', 'other0', 'other1']);
    expect(fieldNames(driver, 1)[0]).toBe('goal');
    expect(field(driver, 1, 'goal')).toEqual([-2, 1]);
    expect(field(driver, 1, 'other0')).toEqual([3, 8]);
    expect(field(driver, 0, 'other0')).toEqual([-3, -8]);
  });

  it('can be cut to neighbours, nearest first, the goal apart', () => {
    const params = { agentNeighbours: 3, landmarkNeighbours: 1 };
    const { driver } = place(params, [6, 8, 3, 0, 0, 4], [5, 5, 1, 1], 0);
    play(driver, 0, 0, 0);
    expect(field(driver, 1, 'goal')).toEqual([2, 5]);
    expect(field(driver, 1, 'landmark0')).toEqual([-2, 1]);
    expect([0, 1, 2].map((i) => field(driver, 1, `other${i}`))).toEqual([
      [-3, 4],
      [3, 8],
      [0, 0],
    ]);
  });

  it('of all agents one after the other is the state vector: 28 numbers', () => {
    const driver = start(simpleAdversary, {});
    expect(simpleAdversary.stateSize?.(driver.params as never)).toBe(28);
    const out = new Float32Array(28);
    simpleAdversary.stateVector?.(driver.stateOf(0) as never, out, driver.params as never);
    expect([...out]).toEqual([0, 1, 2].flatMap((agent) => [...driver.observationOf(0, agent)]));
  });

  it('in words keeps the goal from the adversary', () => {
    const { driver } = place({}, [6, 8, 3, 0, 0, 4], [5, 5, 1, 1], 1);
    const text = (agent: number) => simpleAdversary.text?.(driver.stateOf(0) as never, agent, driver.params as never);
    expect(text(1)).toContain('Landmark 1 is the goal');
    expect(text(0)).not.toContain('Landmark 1 is');
    expect(text(0)).toContain('good agent 0 at (-3.00, -8.00)');
  });
});

it('says at the end how far both sides are from the goal', () => {
  const { driver } = place({ maxCycles: 1 }, [6, 8, 3, 0, 0, 4], [5, 5, 0, 0], 1);
  play(driver, 0, 0, 0);
  expect(driver.endMetrics(0)).toEqual({ goalDistance: 3, adversaryDistance: 10 });
});

it('refuses no good agents', () => {
  expect(() => parseWith(simpleAdversary.params, { agents: 0 }, 'w')).toThrow('w › agents');
});

describe('under other settings it passes the conformance kit', () => {
  for (const params of [
    { continuous: true, maxCycles: 7 },
    { agents: 1 },
    { agents: 5, agentNeighbours: 7, landmarkNeighbours: 2 },
  ]) {
    it(JSON.stringify(params), () => {
      expect(checkEnv(simpleAdversary, { params, seed: 7 }).failures).toEqual([]);
    });
  }
});
