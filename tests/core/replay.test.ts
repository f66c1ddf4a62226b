import { describe, expect, it } from 'vitest';
import {
  createStreams,
  Driver,
  type EpisodeRecord,
  parseEpisode,
  replayEpisode,
  sampleSpace,
  verifyEpisode,
} from '#core';
import { coin, hall, tower, walk } from './worlds.ts';

/** Plays blocks on a tower by hand: 1, 2, 1 with `top` 4. */
const built: EpisodeRecord = {
  format: 'polity-episode/1',
  env: 'tower',
  params: { top: 4, limit: 20 },
  seed: 'any',
  timeLimitSteps: null,
  agents: ['builder_0', 'builder_1'],
  seats: { 'builder[0]': 'a', 'builder[1]': 'b' },
  actions: [
    [[1], []],
    [[], [2]],
    [[1], []],
  ],
  rewards: [
    [1, 0.1],
    [0.2, 2],
    [11, 0.1],
  ],
  returns: [1 + 0.2 + 11, 0.1 + 2 + 0.1],
  length: 3,
  ended: 'terminated',
  metrics: { height: 4 },
  outcome: { game: { labels: [['0', '1', '4'], ['0']] } },
};

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** A copy of the record with one place changed. */
function changed(change: (record: Record<string, never>) => void): EpisodeRecord {
  const record = throughJson(built);
  change(record as unknown as Record<string, never>);
  return record;
}

describe('replayEpisode', () => {
  it('plays the same episode from seed and actions alone', () => {
    const bare = { ...built, rewards: [], returns: [], metrics: {}, outcome: {} };
    expect(replayEpisode(bare, tower)).toEqual(built);
  });

  it('shows every moment, the reset first', () => {
    const heights: [number, number][] = [];
    replayEpisode(built, tower, (driver, step) =>
      heights.push([step, (driver.stateOf(0) as { height: number }).height]),
    );
    expect(heights).toEqual([
      [0, 0],
      [1, 1],
      [2, 3],
      [3, 4],
    ]);
  });

  it('repeats random draws bit for bit, through JSON, and stops at the recorded time limit', () => {
    const driver = new Driver(walk, {} as Record<string, never>, {
      autoreset: 'disabled',
      timeLimitSteps: 30,
      rng: () => createStreams('walk/episode/3').stream('env'),
    });
    driver.reset();
    const choices = createStreams(9).stream('choices');
    const actions: number[][][] = [];
    const rewards: number[][] = [];
    while (!driver.isOver(0)) {
      sampleSpace(walk.roles({})[0].action, choices, driver.actions);
      actions.push([[...driver.actions]]);
      driver.step();
      rewards.push([...driver.rewards]);
    }
    const record = throughJson({
      ...built,
      env: 'walk',
      params: {},
      seed: 'walk/episode/3',
      timeLimitSteps: 30,
      agents: ['walker_0'],
      seats: { 'walker[0]': 'random' },
      actions,
      rewards,
      returns: [...driver.returns],
      length: 30,
      ended: 'truncated',
      metrics: {},
      outcome: {},
    } satisfies EpisodeRecord);
    expect(verifyEpisode(record, walk)).toBeNull();
    expect(replayEpisode(record, walk)).toEqual(record);
    expect(verifyEpisode({ ...record, seed: 'walk/episode/4' }, walk)).toMatchObject({ step: 1, field: 'reward' });
  });

  it('replays agents that leave and join', () => {
    const none: number[] = [];
    const record: EpisodeRecord = {
      ...built,
      env: 'hall',
      params: {},
      agents: ['guest_0', 'guest_1', 'guest_2'],
      actions: [
        [[0, 0], [1, 2], none],
        [none, [0, 0], none],
        [none, [0, 0], [1, 1]],
        [none, [0, 0], [1, 1]],
      ],
      rewards: [
        [5, 1, 0],
        [0, 2, 3],
        [0, 3, 3],
        [0, 4, 4],
      ],
      returns: [5, 10, 10],
      length: 4,
      metrics: {},
      outcome: {},
    };
    expect(verifyEpisode(record, hall)).toBeNull();
  });

  it('refuses actions that cannot be played, with step and agent', () => {
    const record = changed((r) => {
      (r.actions as number[][][])[1][1] = [1];
    });
    expect(() => replayEpisode(record, tower)).toThrow(
      'replay of tower › seed any › step 2 › builder_1: the recorded action cannot be played: got [1], expected a legal action: 0 2. The record was changed, or made by another version of the world',
    );
  });
});

describe('verifyEpisode', () => {
  it('finds nothing in a record that holds', () => {
    expect(verifyEpisode(built, tower)).toBeNull();
  });

  it('takes -0 for the 0 that JSON makes of it', () => {
    const payer = {
      ...coin,
      step(_state: unknown, _actions: unknown, rewards: Float64Array) {
        rewards[0] = -0;
        return true;
      },
    };
    const record = { ...built, env: 'coin', params: {}, agents: ['guesser_0'], actions: [[[0]]], length: 1 };
    expect(verifyEpisode({ ...record, rewards: [[0]], returns: [0], metrics: {}, outcome: {} }, payer)).toBeNull();
  });

  it.each<[string, (record: Record<string, never>) => void, object]>([
    [
      'a reward',
      (r) => {
        (r.rewards as number[][])[1][0] = 0.3;
      },
      { step: 2, agent: 'builder_0', field: 'reward', expected: 0.3, got: 0.2 },
    ],
    [
      'a missing reward',
      (r) => {
        (r.rewards as number[][]).pop();
      },
      { step: 3, agent: 'builder_0', field: 'reward', expected: null, got: 11 },
    ],
    [
      'an action, by the reward that follows',
      (r) => {
        (r.actions as number[][][])[0][0] = [2];
      },
      { step: 1, agent: 'builder_0', field: 'reward', expected: 1, got: 2 },
    ],
    [
      'an action outside its space',
      (r) => {
        (r.actions as number[][][])[2][0] = [3];
      },
      { step: 3, agent: 'builder_0', field: 'action', expected: '[3]', got: 'an action of discrete 3' },
    ],
    [
      'an action of an agent that does not act',
      (r) => {
        (r.actions as number[][][])[0][1] = [0];
      },
      { step: 1, agent: 'builder_1', field: 'action', expected: '[0]', got: 'no action: it does not act' },
    ],
    [
      'a step that is cut off',
      (r) => {
        (r.actions as number[][][]).pop();
      },
      { step: 2, agent: null, field: 'ended', expected: 'terminated', got: 'running' },
    ],
    [
      'a step too many',
      (r) => {
        (r.actions as number[][][]).push([[], [0]]);
      },
      { step: 3, agent: null, field: 'ended', expected: 'running', got: 'terminated' },
    ],
    [
      'the way it ended',
      (r) => {
        r.ended = 'truncated' as never;
      },
      { step: 3, agent: null, field: 'ended', expected: 'truncated', got: 'terminated' },
    ],
    [
      'the length',
      (r) => {
        r.length = 4 as never;
      },
      { step: 3, agent: null, field: 'length', expected: 4, got: 3 },
    ],
    [
      'a return',
      (r) => {
        (r.returns as number[])[1] = 9;
      },
      { step: 3, agent: 'builder_1', field: 'return', expected: 9, got: 2.2 },
    ],
    [
      'a metric',
      (r) => {
        r.metrics = { height: 5 } as never;
      },
      { step: 3, agent: null, field: 'metrics.height', expected: 5, got: 4 },
    ],
    [
      'a metric that nobody measured',
      (r) => {
        r.metrics = { height: 4, width: 1 } as never;
      },
      { step: 3, agent: null, field: 'metrics.width', expected: 1, got: undefined },
    ],
    [
      'the outcome',
      (r) => {
        (r.outcome as { game: { labels: string[][] } }).game.labels[0][2] = '3';
      },
      { step: 3, agent: null, field: 'outcome.game.labels[0][2]', expected: '3', got: '4' },
    ],
    [
      'the kind of a part of the outcome',
      (r) => {
        r.outcome = { game: [] } as never;
      },
      { step: 3, agent: null, field: 'outcome.game', expected: [] },
    ],
  ])('names the first difference: %s', (_, change, difference) => {
    expect(verifyEpisode(changed(change), tower)).toMatchObject(difference);
  });

  it('refuses a record of another world, of other agents, without actions, and of other parameters', () => {
    expect(() => verifyEpisode(built, coin)).toThrow(
      'replay: the record is of another world: got tower, expected coin',
    );
    expect(() => verifyEpisode({ ...built, agents: ['x'] }, tower)).toThrow(
      'replay of tower › seed any › step 0: the agents are others: got x, expected builder_0, builder_1',
    );
    expect(() => verifyEpisode({ ...built, actions: [] }, tower)).toThrow('the record holds no actions');
    expect(() => verifyEpisode({ ...built, params: { top: 0 } }, tower)).toThrow('replay of tower › top: out of range');
  });

  it('says at which step a world throws', () => {
    const fragile = {
      ...tower,
      step: () => {
        throw new Error('crack');
      },
    };
    expect(() => verifyEpisode(built, fragile)).toThrow('replay of tower › seed any › step 1: crack');
    const strange = {
      ...tower,
      step: () => {
        throw 'a string';
      },
    };
    expect(() => verifyEpisode(built, strange)).toThrow('step 1: a string');
  });
});

describe('parseEpisode', () => {
  it('gives back a record read from a line of JSON', () => {
    expect(parseEpisode(throughJson(built), 'x.jsonl › line 1')).toEqual(built);
  });

  it('accepts an episode that was measured and not recorded', () => {
    const bare = { ...throughJson(built), actions: [], rewards: [] };
    expect(parseEpisode(bare, 'x.jsonl')).toEqual(bare);
  });

  it.each<[string, unknown, string]>([
    [
      'another format',
      { ...built, format: 'polity-episode/9' },
      'x.jsonl › format: not accepted: got "polity-episode/9"',
    ],
    ['no record at all', 7, 'x.jsonl: not accepted: got 7, expected a value of type object'],
    [
      'a missing key',
      { ...built, seed: undefined },
      'x.jsonl › seed: not accepted: got nothing, expected a value of type string',
    ],
    [
      'returns of fewer agents',
      { ...built, returns: [1] },
      'x.jsonl › returns: a list of another length: got 1, expected 2',
    ],
    [
      'fewer actions than steps',
      { ...built, actions: built.actions.slice(1) },
      'x.jsonl › actions: a list of another length: got 2, expected 3',
    ],
    [
      'a row of rewards that is cut',
      { ...built, rewards: [[1, 0.1], [0.2], [11, 0.1]] },
      'x.jsonl › rewards.1: a list of another length: got 1, expected 2',
    ],
  ])('refuses %s', (_, value, message) => {
    expect(() => parseEpisode(value, 'x.jsonl')).toThrow(message);
  });
});
