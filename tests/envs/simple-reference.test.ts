import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEnv, parseWith } from '#core';
import { type SimpleReferenceState, simpleReference } from '#envs';
import { field, fieldNames, play, start } from './worlds.ts';

/** Agents and landmarks where the test wants them, at rest; goals[i] is the landmark that agent i wants the other at. */
function place(params: object, positions: number[], landmarks: number[], goals: number[]) {
  const driver = start(simpleReference, params);
  const state = driver.stateOf(0) as SimpleReferenceState;
  state.positions.set(positions);
  state.landmarks.set(landmarks);
  state.goals.set(goals);
  return { driver, state };
}

const corners = [3, 0, 0, 4, -6, -8];

describe('the actions', () => {
  it('are one of 50: the remainder by 5 moves, the quotient is the word', () => {
    const { driver, state } = place({}, [0, 0, 0, 0], corners, [0, 0]);
    play(driver, 2 + 5 * 7, 3 + 5 * 0);
    expect([...state.velocities]).toEqual([0.5, 0, 0, -0.5]);
    expect(field(driver, 1, 'heard')).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
    expect(field(driver, 0, 'heard')).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('can be given as two choices that mean the same', () => {
    const joint = start(simpleReference, {});
    const factored = start(simpleReference, { factored: true });
    for (const [move, word] of [
      [0, 9],
      [1, 3],
      [4, 0],
    ]) {
      play(joint, move + 5 * word, 2 + 5 * word);
      play(factored, move, word, 2, word);
    }
    expect([...factored.observationOf(0, 0)]).toEqual([...joint.observationOf(0, 0)]);
    expect([...factored.returns]).toEqual([...joint.returns]);
  });

  it('are fifteen numbers when continuous: pushes, then words, which are heard as loud as they were said', () => {
    const { driver, state } = place({ continuous: true }, [0, 0, 0, 0], corners, [0, 0]);
    const words = [0.5, 0.25, 2, -1, 0, 0, 0, 0, 0, 1];
    play(driver, 9, 0, 0.5, 0, 0, ...words, 0, 0, 0, 0, 0, ...words.map(() => 0));
    expect(state.velocities[0]).toBe(0.25);
    expect(field(driver, 1, 'heard')).toEqual([0.5, 0.25, 1, 0, 0, 0, 0, 0, 0, 1]);
  });
});

describe('the reward', () => {
  it('is the distance of the other agent to the goal that one knows: halves of own and mean', () => {
    // Agent 1 is 3 from landmark 0, agent 0 is 10 from landmark 2: own -3 and -10, mean -6.5.
    const { driver } = place({}, [0, 0, 0, 0], corners, [0, 2]);
    play(driver, 0, 0);
    expect([...driver.rewards]).toEqual([-4.75, -8.25]);
  });

  it('is the same for both when nothing is local', () => {
    const { driver } = place({ localRatio: 0 }, [0, 0, 0, 0], corners, [0, 2]);
    play(driver, 0, 0);
    expect([...driver.rewards]).toEqual([-6.5, -6.5]);
  });

  it('of agents that exchange places, goals and actions is exchanged', () => {
    const coordinates = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 });
    const action = fc.integer({ min: 0, max: 49 });
    fc.assert(
      fc.property(coordinates, action, action, ([a, b, c, d, ...landmarks], first, second) => {
        const one = place({}, [a, b, c, d], landmarks, [0, 2]).driver;
        const other = place({}, [c, d, a, b], landmarks, [2, 0]).driver;
        for (let t = 0; t < 3; t++) {
          play(one, first, second);
          play(other, second, first);
        }
        expect(other.returns[0]).toBeCloseTo(one.returns[1], 9);
        expect(other.returns[1]).toBeCloseTo(one.returns[0], 9);
      }),
      { numRuns: 40, seed: 2 },
    );
  });
});

describe('what is observed', () => {
  it('is velocity, landmarks, the colour of the other’s goal and the word that was said: 21 numbers', () => {
    const { driver } = place({}, [1, 1, 0, 0], corners, [1, 2]);
    play(driver, 0, 0);
    expect(fieldNames(driver, 0)).toEqual(['velocity', 'landmark0', 'landmark1', 'landmark2', 'goalColour', 'heard']);
    expect(driver.observationOf(0, 0)).toHaveLength(21);
    expect(field(driver, 0, 'landmark0')).toEqual([2, -1]);
    expect(field(driver, 0, 'goalColour')).toEqual([0.25, 0.75, 0.25]);
    expect(field(driver, 1, 'goalColour')).toEqual([0.25, 0.25, 0.75]);
  });

  it('holds silence at the start', () => {
    const driver = start(simpleReference, {});
    expect(field(driver, 0, 'heard')).toEqual(new Array(10).fill(0));
  });

  it('does not tell in words where the own goal is', () => {
    const { driver } = place({}, [0, 0, 0, 0], corners, [1, 2]);
    play(driver, 0, 5);
    const text = simpleReference.text?.(driver.stateOf(0) as never, 0, driver.params as never) ?? '';
    expect(text).toContain('has to go to the green landmark');
    expect(text).toContain('It last said: B.');
    expect(text).not.toContain('go to the blue');
  });
});

it('counts at the end how far both are from their goals and how many have arrived', () => {
  const { driver } = place({ maxCycles: 1 }, [0, 0, 3, 0.05], corners, [0, 1]);
  play(driver, 0, 0);
  expect(driver.endMetrics(0).goalsReached).toBe(0.5);
  expect(driver.endMetrics(0).goalDistance).toBeCloseTo((0.05 + 4) / 2, 12);
  expect([driver.truncated[0], driver.terminated[0]]).toEqual([1, 0]);
});

it('refuses a blend outside 0..1 with the constraint named', () => {
  expect(() => parseWith(simpleReference.params, { localRatio: 1.5 }, 'w')).toThrow('0..1');
});

describe('under other settings it passes the conformance kit', () => {
  for (const params of [{ continuous: true }, { factored: true, localRatio: 0 }, { localRatio: 1, maxCycles: 3 }]) {
    it(JSON.stringify(params), () => {
      expect(checkEnv(simpleReference, { params, seed: 7 }).failures).toEqual([]);
    });
  }
});

describe('what was said', () => {
  it('is told step by step, with the move of its speaker and the one that answered it', () => {
    const { driver } = place({ factored: true, maxCycles: 2 }, [0, 0, 0, 0], corners, [2, 1]);
    play(driver, 1, 7, 2, 0);
    play(driver, 3, 5, 4, 9);
    expect(driver.endOutcome(0).talk).toEqual([
      { speaker: 0, meaning: [2], message: [7], own: 1, answer: 4 },
      { speaker: 1, meaning: [1], message: [0], own: 2, answer: 3 },
      { speaker: 0, meaning: [2], message: [5], own: 3 },
      { speaker: 1, meaning: [1], message: [9], own: 4 },
    ]);
  });

  it('is not told where numbers are said', () => {
    const { driver } = place({ continuous: true, maxCycles: 1 }, [0, 0, 0, 0], corners, [2, 1]);
    play(driver, ...Array.from({ length: 30 }, () => 0.5));
    expect(driver.endOutcome(0)).toEqual({});
  });
});
