import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { simpleSpread } from '#envs';
import type { SimpleSpreadState } from '#envs/simple-spread';
import { field, fieldNames, play, start } from './worlds.ts';

/** A driver whose agents and landmarks stand where the test wants them, at rest. */
function place(params: object, positions: number[], landmarks: number[]) {
  const driver = start(simpleSpread, { agents: positions.length / 2, ...params });
  const state = driver.stateOf(0) as SimpleSpreadState;
  state.positions.set(positions);
  state.landmarks.set(landmarks);
  return { driver, state };
}

describe('the motion', () => {
  it('moves by the old velocity, then takes the push: 5 * 0.1 after one step, 0.5 * 0.75 + 0.5 after two', () => {
    const { driver, state } = place({}, [0, 0], [5, 5]);
    play(driver, 2);
    expect([...state.positions, ...state.velocities]).toEqual([0, 0, 0.5, 0]);
    play(driver, 2);
    expect([...state.positions, ...state.velocities]).toEqual([0.05, 0, 0.875, 0]);
  });

  it('goes left, right, down and up with actions 1 to 4', () => {
    for (const [action, velocity] of [
      [0, [0, 0]],
      [1, [-0.5, 0]],
      [2, [0.5, 0]],
      [3, [0, -0.5]],
      [4, [0, 0.5]],
    ] as const) {
      const { driver, state } = place({}, [0, 0], [5, 5]);
      play(driver, action);
      expect([...state.velocities]).toEqual(velocity);
    }
  });

  it('takes the difference of opposite pushes, clipped to 0..1, when continuous', () => {
    const { driver, state } = place({ continuous: true }, [0, 0], [5, 5]);
    play(driver, 0.9, 0.25, 0.75, 1.5, -1);
    expect([...state.velocities]).toEqual([0.25, -0.5]);
  });

  it('pushes overlapping agents apart by equal and opposite forces: 100 * overlap', () => {
    const { driver, state } = place({}, [0, 0, 0.2, 0], [5, 5, 6, 6]);
    play(driver, 0, 0);
    // Overlap 0.1 is a hundred margins deep, where the soft contact is the hard one: force 10, velocity 1.
    expect(state.velocities[0]).toBeCloseTo(-1, 9);
    expect(state.velocities[2]).toBeCloseTo(1, 9);
  });
});

describe('the reward', () => {
  it('is shared by distance and own by collisions: -(3 + 4) / 2 and -(7 + 1) / 2', () => {
    const { driver } = place({}, [0, 0, 10, 0], [0, 3, 10, 4]);
    play(driver, 0, 0);
    expect([...driver.rewards]).toEqual([-3.5, -3.5]);
    const touching = place({}, [0, 0, 0.25, 0], [0, 3, 0.25, 4]);
    play(touching.driver, 0, 0);
    expect([...touching.driver.rewards]).toEqual([-4, -4]);
  });

  it('weighs the two by localRatio', () => {
    for (const [localRatio, expected] of [
      [0, -7],
      [0.25, -5.5],
      [1, -1],
    ]) {
      const { driver } = place({ localRatio }, [0, 0, 0.25, 0], [0, 3, 0.25, 4]);
      play(driver, 0, 0);
      expect(driver.rewards[0]).toBe(expected);
    }
  });

  it('can do without collisions, as in the first stage of upstream’s curriculum', () => {
    const { driver } = place({ collisionPenalty: false }, [0, 0, 0.25, 0], [0, 3, 0.25, 4]);
    play(driver, 0, 0);
    expect(driver.rewards[0]).toBe(-3.5);
  });

  it('of agents that exchange places and actions is exchanged', () => {
    const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
    const inputs = fc.tuple(
      fc.array(coordinate, { minLength: 6, maxLength: 6 }),
      fc.array(coordinate, { minLength: 6, maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
    );
    fc.assert(
      fc.property(inputs, ([positions, landmarks, [a, b, c]]) => {
        const [x0, y0, x1, y1, x2, y2] = positions;
        fc.pre(Math.min(gap(x0, y0, x1, y1), gap(x0, y0, x2, y2), gap(x1, y1, x2, y2)) > 1e-3);
        const one = place({}, positions, landmarks).driver;
        const other = place({}, [x2, y2, x1, y1, x0, y0], landmarks).driver;
        for (let t = 0; t < 5; t++) {
          play(one, a, b, c);
          play(other, c, b, a);
        }
        expect(other.returns[0]).toBeCloseTo(one.returns[2], 6);
        expect(other.returns[1]).toBeCloseTo(one.returns[1], 6);
      }),
      { numRuns: 50, seed: 1 },
    );
  });
});

describe('the end', () => {
  it('is a truncation after 25 steps', () => {
    const driver = start(simpleSpread, {});
    for (let t = 0; t < 25; t++) play(driver, 0, 0, 0);
    expect([driver.lengths[0], driver.truncated[0], driver.terminated[0]]).toEqual([25, 1, 0]);
  });

  it('comes early, when asked to, once every landmark has an agent within 0.1', () => {
    const covered = place({ terminateOnSuccess: true }, [0, 0, 2, 2], [0, 0.09, 2, 2]);
    play(covered.driver, 0, 0);
    expect(covered.driver.terminated[0]).toBe(1);
    const missed = place({ terminateOnSuccess: true }, [0, 0, 2, 2], [0, 0.11, 2, 2]);
    play(missed.driver, 0, 0);
    expect(missed.driver.isOver(0)).toBe(false);
  });
});

describe('what is observed', () => {
  it('is own velocity and position, landmarks, others, and silence: 18 numbers for three agents', () => {
    const driver = start(simpleSpread, {});
    expect(driver.observationOf(0, 0)).toHaveLength(18);
    expect(fieldNames(driver, 0)).toEqual([
      'velocity',
      'position',
      'landmark0',
      'landmark1',
      'landmark2',
      'other0',
      'other1',
      'communication',
    ]);
  });

  it('is relative to the agent, in single precision', () => {
    const { driver, state } = place({}, [0.5, 0.25, -1, 1], [0.1, 0.2, 0.3, 0.4]);
    play(driver, 0, 0);
    expect(field(driver, 1, 'position')).toEqual([-1, 1]);
    expect(field(driver, 1, 'other0')).toEqual([1.5, -0.75]);
    expect(field(driver, 0, 'landmark0')).toEqual([0.1 - 0.5, 0.2 - 0.25].map(Math.fround));
    expect(state.positions[0]).toBe(0.5);
  });

  it('can be cut to the nearest, nearest first, with zeros where there are fewer', () => {
    const { driver } = place({ agentNeighbours: 3, landmarkNeighbours: 1 }, [0, 0, 3, 0, 1, 0], [9, 9, 0, -2, 5, 5]);
    play(driver, 0, 0, 0);
    expect(field(driver, 0, 'landmark0')).toEqual([0, -2]);
    expect([field(driver, 0, 'other0'), field(driver, 0, 'other1'), field(driver, 0, 'other2')]).toEqual([
      [1, 0],
      [3, 0],
      [0, 0],
    ]);
    expect(field(driver, 0, 'communication')).toHaveLength(6);
  });

  it('of all agents side by side is the state vector', () => {
    const driver = start(simpleSpread, {});
    const out = new Float32Array(simpleSpread.stateSize?.(driver.params as never) ?? 0);
    simpleSpread.stateVector?.(driver.stateOf(0) as never, out, driver.params as never);
    expect([...out]).toEqual([0, 1, 2].flatMap((agent) => [...driver.observationOf(0, agent)]));
  });
});

describe('what people see', () => {
  it('tells an agent where everything is', () => {
    const { driver } = place({}, [0.5, 0.25, -1, 1], [0.1, 0.2, 0.3, 0.4]);
    const text = simpleSpread.text?.(driver.stateOf(0) as never, 0, driver.params as never) ?? '';
    expect(text).toContain('You are agent 0 at (0.50, 0.25)');
    expect(text).toContain('Landmarks: (0.10, 0.20), (0.30, 0.40).');
    expect(text).toContain('agent 1 at (-1.00, 1.00)');
  });

  it('draws up as up: y grows upwards in the world and downwards in the scene', () => {
    const { driver } = place({}, [0, 1, 0, -1], [0, 0, 0, 0]);
    const scene = simpleSpread.draw?.(driver.stateOf(0) as never, driver.params as never);
    const [first, second] = scene?.shapes ?? [];
    expect(first.kind === 'circle' && second.kind === 'circle' && first.y < second.y).toBe(true);
  });

  it('counts the landmarks that are covered at the end', () => {
    const { driver } = place({ maxCycles: 1 }, [0, 0, 2, 2], [0, 0.05, 3, 3]);
    play(driver, 0, 0);
    expect(driver.endMetrics(0)).toEqual({ landmarksCovered: 0.5 });
  });
});

it('refuses impossible settings with the constraint named', () => {
  const refused = (params: object) => () => parseWith(simpleSpread.params, params, 'simple-spread');
  expect(refused({ agents: 0 })).toThrow('simple-spread › agents');
  expect(refused({ localRatio: 2 })).toThrow('0..1');
  expect(refused({ maxCycles: -1 })).toThrow('simple-spread › maxCycles');
  expect(refused({ agentNeighbours: 0 })).toThrow('1..128');
});

function gap(x: number, y: number, u: number, v: number): number {
  return Math.hypot(x - u, y - v);
}
