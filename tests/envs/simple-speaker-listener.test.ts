import { describe, expect, it } from 'vitest';
import { checkEnv, parseWith } from '#core';
import { type SimpleSpeakerListenerState, simpleSpeakerListener } from '#envs';
import { field, fieldNames, play, start } from './worlds.ts';

function place(params: object, listener: number[], landmarks: number[], goal: number) {
  const driver = start(simpleSpeakerListener, params);
  const state = driver.stateOf(0) as SimpleSpeakerListenerState;
  state.listener.set(listener);
  state.landmarks.set(landmarks);
  state.goal = goal;
  return { driver, state };
}

const corners = [3, 0, 0, 4, -6, -8];

it('has a speaker with three words and a listener with five moves', () => {
  const { roles, names } = start(simpleSpeakerListener, {}).layout;
  expect(names).toEqual(['speaker_0', 'listener_0']);
  expect(roles.map(({ observationSize, maskSize }) => [observationSize, maskSize])).toEqual([
    [3, 3],
    [11, 5],
  ]);
});

it('pays both the negative squared distance of the listener to the goal', () => {
  const { driver } = place({}, [0, 0], corners, 1);
  play(driver, 0, 0);
  expect([...driver.rewards]).toEqual([-16, -16]);
});

it('lets the listener hear in the same step what the speaker says', () => {
  const { driver } = place({}, [1, 1], corners, 1);
  expect(field(driver, 1, 'heard')).toEqual([0, 0, 0]);
  play(driver, 2, 0);
  expect(field(driver, 1, 'heard')).toEqual([0, 0, 1]);
  play(driver, 0, 0);
  expect(field(driver, 1, 'heard')).toEqual([1, 0, 0]);
});

it('moves the listener only, by the old velocity first', () => {
  const { driver, state } = place({}, [0, 0], corners, 0);
  const speaker = [...state.speaker];
  play(driver, 0, 4);
  expect([...state.listener, ...state.velocity]).toEqual([0, 0, 0, 0.5]);
  play(driver, 0, 4);
  expect([...state.listener, ...state.velocity]).toEqual([0, 0.05, 0, 0.875]);
  expect([...state.speaker]).toEqual(speaker);
});

it('takes three numbers from the speaker and five from the listener when continuous', () => {
  const { driver, state } = place({ continuous: true }, [0, 0], corners, 0);
  // Rows of the action buffer are as long as the longer of the two.
  driver.actions.set([0.25, 7, -1, 0, 0, 1, 0.5, 0, 0.25, 0.75]);
  driver.step();
  expect(field(driver, 1, 'heard')).toEqual([0.25, 1, 0]);
  expect([...state.velocity]).toEqual([-2.5 * 0.1, 2.5 * 0.1]);
});

describe('what is observed', () => {
  it('shows the goal’s colour to the speaker alone', () => {
    const { driver } = place({}, [1, 1], corners, 2);
    play(driver, 0, 0);
    expect([...driver.observationOf(0, 0)]).toEqual([0.15, 0.15, 0.65].map(Math.fround));
    expect(fieldNames(driver, 1)).toEqual(['velocity', 'landmark0', 'landmark1', 'landmark2', 'heard']);
    expect(field(driver, 1, 'landmark2')).toEqual([-7, -9]);
  });

  it('of both, one after the other, is the state vector', () => {
    const driver = start(simpleSpeakerListener, {});
    const out = new Float32Array(14);
    simpleSpeakerListener.stateVector?.(driver.stateOf(0) as never, out, driver.params as never);
    expect([...out]).toEqual([...driver.observationOf(0, 0), ...driver.observationOf(0, 1)]);
  });

  it('in words names the goal to the speaker and not to the listener', () => {
    const { driver } = place({}, [1, 1], corners, 2);
    play(driver, 1, 0);
    const text = (agent: number) =>
      simpleSpeakerListener.text?.(driver.stateOf(0) as never, agent, driver.params as never) ?? '';
    expect(text(0)).toContain('has to go to the blue landmark');
    expect(text(1)).toContain('It last said: B.');
    expect(text(1)).not.toContain('go to the');
  });
});

it('says at the end whether the listener has arrived', () => {
  const near = place({ maxCycles: 1 }, [3, 0.05], corners, 0).driver;
  play(near, 0, 0);
  expect(near.endMetrics(0)).toEqual({ goalDistance: 0.05, goalsReached: 1 });
  const far = place({ maxCycles: 1 }, [3, 0.5], corners, 0).driver;
  play(far, 0, 0);
  expect(far.endMetrics(0)).toEqual({ goalDistance: 0.5, goalsReached: 0 });
});

it('refuses a horizon of nothing', () => {
  expect(() => parseWith(simpleSpeakerListener.params, { maxCycles: 0 }, 'w')).toThrow('w › maxCycles');
});

describe('under other settings it passes the conformance kit', () => {
  for (const params of [{ continuous: true }, { maxCycles: 1 }]) {
    it(JSON.stringify(params), () => {
      expect(checkEnv(simpleSpeakerListener, { params, seed: 7 }).failures).toEqual([]);
    });
  }
});

it('tells what was said, and the move that answered it', () => {
  const { driver } = place({ maxCycles: 3 }, [0, 0], corners, 1);
  play(driver, 2, 0);
  play(driver, 1, 3);
  play(driver, 1, 4);
  expect(driver.endOutcome(0).talk).toEqual([
    { speaker: 0, meaning: [1], message: [2], answer: 3 },
    { speaker: 0, meaning: [1], message: [1], answer: 4 },
    { speaker: 0, meaning: [1], message: [1] },
  ]);
});
