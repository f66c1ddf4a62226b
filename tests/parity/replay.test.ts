import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parityDocument, parseCase, replayCase } from '#cli/parity/index';
import { runParity } from '#cli/run-parity';
import { PolityError } from '#core';

// biome-ignore lint/suspicious/noExplicitAny: records are edited freely here
type Loose = any;

function load(name: string): Loose {
  return JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), 'utf8'));
}

/** The verdict on a record after an edit. */
function replayed(name: string, edit: (record: Loose) => void = () => {}) {
  const record = load(name);
  edit(record);
  return replayCase(record, `${name}.json`);
}

const spread = 'mpe/simple-spread-huddle-s2';
const haggle = 'openspiel/bargaining-end-1';
const dilemma = 'openspiel/matrix_pd-1';
const repeated = 'openspiel/repeated_pd-recall-0';

describe('the first difference is named', () => {
  it('in the observation after a step, by agent and place', () => {
    const { ok, world, steps, difference } = replayed(spread, (record) => {
      record.steps[3].observations[1][4] += 1e-4;
    });
    expect({ ok, world, steps }).toEqual({ ok: false, world: 'simple-spread', steps: 4 });
    expect(difference).toMatchObject({ step: 4, agent: 'agent_1', field: 'observation[4]' });
    const { expected, got } = difference as { expected: number; got: number };
    expect(expected - got).toBeCloseTo(1e-4, 6);
  });

  it('in the start, as step 0', () => {
    const { difference } = replayed(spread, (record) => {
      record.reset.state.landmarks[2][1] = 0.5;
    });
    expect(difference).toMatchObject({ step: 0, agent: null, field: 'state.landmarks[2][1]', expected: 0.5 });
  });

  const edits: [string, (record: Loose) => void, object][] = [
    ['a reward', (r) => (r.steps[0].rewards[2] -= 1), { step: 1, agent: 'agent_2', field: 'reward' }],
    ['an end that came early', (r) => (r.steps[1].truncations[0] = true), { step: 2, agent: 'agent_0', field: 'over' }],
    ['a velocity', (r) => (r.steps[2].stateAfter.velocities[0][1] += 1), { field: 'state.velocities[0][1]' }],
    ['another action', (r) => (r.steps[0].actions[0] = (r.steps[0].actions[0] + 1) % 5), { step: 1, agent: 'agent_0' }],
    ['another seed', (r) => (r.rng.seed += 1), { step: 0, agent: 'agent_0', field: 'observation[2]' }],
    ['another local ratio', (r) => (r.params.local_ratio = 0.4), { field: 'reward' }],
    ['a wider observation', (r) => r.steps[0].observations[0].push(0), { field: 'observation.length', expected: 19 }],
    ['an unknown part of the state', (r) => (r.reset.state.mood = 1), { field: 'state.mood', expected: 1, got: null }],
  ];
  for (const [name, edit, difference] of edits) {
    it(`in a seeded record with ${name}`, () => {
      const verdict = replayed(spread, edit);
      expect(verdict.ok).toBe(false);
      expect(verdict.difference).toMatchObject(difference);
    });
  }

  const game: [string, string, (record: Loose) => void, object][] = [
    ['a return', dilemma, (r) => (r.states[1].returns[1] = 9), { step: 1, agent: 'player_1', field: 'return' }],
    [
      'the table',
      dilemma,
      (r) => (r.params.rowPayoffs[1][1] = 2),
      { step: 0, field: 'rowPayoffs[3]', expected: 2, got: 1 },
    ],
    [
      'action names',
      dilemma,
      (r) => (r.params.actionNames[0] = 'Trust'),
      { field: 'actionNames[0]', expected: 'Trust' },
    ],
    ['the end', dilemma, (r) => (r.states[1].player = -2), { step: 1, field: 'over', expected: false, got: true }],
    ['a reward', repeated, (r) => (r.states[2].rewards[0] = 3), { step: 2, agent: 'player_0', field: 'reward' }],
    ['an observation', repeated, (r) => (r.states[1].observation[0] = [1, 3]), { step: 1, field: 'observation[0]' }],
    ['the recall', repeated, (r) => (r.params.recall = 2), { step: 0, field: 'observation.length' }],
    ['the players', repeated, (r) => (r.numActions = 3), { field: 'numActions', expected: 3, got: 2 }],
    ['who acts', haggle, (r) => (r.states[1].player = 1), { step: 0, agent: 'player_0', field: 'acting' }],
    ['a legal move', haggle, (r) => r.states[1].legal.pop(), { step: 0, field: 'legal.length' }],
    ['the instance', haggle, (r) => (r.setup.pool[0] += 1), { step: 0, field: 'setup.pool[0]' }],
    ['an info state', haggle, (r) => r.states[2].infoState[1].push(300), { step: 1, field: 'infoState[300]' }],
    ['chance’s odds', haggle, (r) => (r.states[3].outcomes[0][1] = 0.5), { field: 'outcomes[0][1]', got: 0.75 }],
    ['a draw missing', haggle, (r) => r.states.splice(3, 1), { field: 'chance', got: 'a draw between 0 and 1' }],
    ['a draw too many', haggle, (r) => r.states.splice(2, 0, r.states[3]), { field: 'chance', got: 'no draw' }],
    [
      'an instance that is not there',
      haggle,
      (r) => (r.states[0].action = 1000),
      { field: 'chance', expected: 'outcome 1000' },
    ],
    [
      'chance in a world without',
      dilemma,
      (r) => r.states.unshift({ player: -1, returns: [0, 0], action: 0 }),
      { field: 'chance' },
    ],
  ];
  for (const [name, file, edit, difference] of game) {
    it(`in a game record with a change of ${name}`, () => {
      const verdict = replayed(file, edit);
      expect(verdict.ok).toBe(false);
      expect(verdict.difference).toMatchObject(difference);
    });
  }

  it('in a record of numpy’s draws, by seed and row', () => {
    const { difference } = replayed('numpy-rng', (record) => {
      record.seeds[42].mixed[2].draws[1] = 7;
    });
    expect(difference).toMatchObject({ field: 'seeds.42.mixed[2].draws[1]', expected: 7 });
  });
});

describe('records that leave something out', () => {
  it('may stop before the episode ends', () => {
    expect(replayed(spread, (record) => record.steps.splice(5)).steps).toBe(5);
    const { ok, steps } = replayed(repeated, (record) => {
      record.states.splice(4);
      delete record.states[3].action;
    });
    expect({ ok, steps }).toEqual({ ok: true, steps: 3 });
  });

  it('may skip a step: the recorded state is put in, and the next step is compared again', () => {
    const { ok } = replayed(spread, (record) => {
      record.steps[4].skip = true;
      record.steps[4].observations = [[], [], []];
    });
    expect(ok).toBe(true);
  });

  it('spell a matrix game out that does not ship', () => {
    const { ok, difference } = replayed(dilemma, (record) => {
      record.world = 'matrix_other';
      record.params = {
        rowPayoffs: [
          [1, 2],
          [3, 4],
        ],
        columnPayoffs: [
          [0, 7],
          [0, 0],
        ],
        actionNames: ['x', 'y'],
      };
      record.states[1].returns = [2, 7];
    });
    expect(difference).toBeNull();
    expect(ok).toBe(true);
  });

  it('may be made with our own names and a table for three players', () => {
    const cell = (n: number) => [n, n, n + 1];
    const payoffs = [0, 1].map((a) => [0, 1].map((b) => [0, 1].map((c) => cell(a + b + c))));
    const record = {
      format: 'polity-parity/game-1',
      world: 'matrix-game',
      params: { payoffs, rounds: 1, recall: 0, view: 'seats' },
      numPlayers: 3,
      numActions: 2,
      observationSize: 4,
      infoStateSize: null,
      tolerance: 0,
      states: [
        {
          player: -2,
          legal: [
            [0, 1],
            [0, 1],
            [0, 1],
          ],
          observation: [
            [0, 1],
            [0, 2],
            [0, 3],
          ],
          returns: [0, 0, 0],
          action: [1, 0, 1],
        },
        { player: -4, legal: [], observation: [[1], [2], [3]], returns: [2, 2, 3] },
      ],
    };
    expect(replayCase(record, 'own.json')).toMatchObject({ ok: true, steps: 1, world: 'matrix-game' });
  });
});

describe('malformed records are refused with file, place and what was expected', () => {
  const broken: [string, string, (record: Loose) => void, string][] = [
    [
      'an unknown format',
      spread,
      (r) => (r.format = 'polity-parity/2'),
      '› format: unknown format: got "polity-parity/2". Did you mean "polity-parity/1"?',
    ],
    ['an unknown world', spread, (r) => (r.world = 'simple-spred'), 'Did you mean "simple-spread"?'],
    ['no world', spread, (r) => delete r.world, '› world: no world of ours stands for this one'],
    ['an unknown upstream option', spread, (r) => (r.params.gravity = 9.8), '› params › gravity: unknown key'],
    ['an impossible upstream option', spread, (r) => (r.params.N = 0), '› params › agents'],
    ['a seed below 0', spread, (r) => (r.rng.seed = -1), '› rng.seed'],
    ['another generator', spread, (r) => (r.rng.kind = 'mt19937'), '› rng.kind'],
    [
      'an agent too many',
      spread,
      (r) => r.agents.push('agent_3'),
      '› agents: not accepted: got a list of 4, expected a list of 3',
    ],
    ['an action too few', spread, (r) => r.steps[2].actions.pop(), '› steps.2.actions: not accepted: got a list of 2'],
    [
      'an action that does not exist',
      spread,
      (r) => (r.steps[2].actions[1] = 5),
      '› steps.2.actions.1: no such action: got 5',
    ],
    ['a reward too few', spread, (r) => r.steps[2].rewards.pop(), '› steps.2.rewards'],
    ['a reward that is no number', spread, (r) => (r.steps[2].rewards[0] = 'x'), '› steps.2.rewards.0'],
    ['no steps', spread, (r) => delete r.steps, '› steps'],
    ['an illegal action', haggle, (r) => (r.states[1].action = 120), '› states.1.action: illegal action: got 120'],
    [
      'one action for two players',
      repeated,
      (r) => (r.states[0].action = 0),
      '› states.0.action: not accepted: expected 2 actions',
    ],
    ['returns for one of two', repeated, (r) => r.states[0].returns.pop(), '› states.0: lists of different lengths'],
    ['no legal moves', repeated, (r) => delete r.states[0].legal, '› states.0.legal'],
    [
      'a chance turn without an outcome',
      haggle,
      (r) => delete r.states[0].action,
      '› states.0.action: no chance outcome',
    ],
    ['nothing after chance', haggle, (r) => r.states.splice(1), 'the record stops after a chance outcome'],
    [
      'a stage game that is no matrix game',
      repeated,
      (r) => (r.params.stage_game.name = 'kuhn_poker'),
      '› params.stage_game: no such stage game',
    ],
    ['payoffs that are missing', dilemma, (r) => delete r.params.rowPayoffs, '› params › rowPayoffs'],
    ['draws of an unknown kind', 'numpy-rng', (r) => (r.seeds[0].fresh[0].call = 'normal'), '› seeds.0.fresh.0.call'],
    ['draws without arguments', 'numpy-rng', (r) => (r.seeds[0].fresh[1].args = []), '› seeds.0.fresh[1].args'],
  ];
  for (const [name, file, edit, message] of broken) {
    it(name, () => {
      const attempt = () => replayed(file, edit);
      expect(attempt).toThrow(PolityError);
      expect(attempt).toThrow(`${file}.json`);
      expect(attempt).toThrow(message);
    });
  }

  it('a file that is not JSON, or no object', () => {
    expect(() => parseCase('{"format":', 'cut.json')).toThrow('cut.json: not JSON');
    expect(() => replayCase([1, 2], 'list.json')).toThrow(PolityError);
    expect(() => replayCase({}, 'empty.json')).toThrow('empty.json › format');
  });
});

it('a seed that a double cannot hold is read digit for digit', () => {
  const name = 'mpe/simple-tag-long-seed-s607647387017622961';
  const text = readFileSync(new URL(`cases/${name}.json`, import.meta.url), 'utf8');
  expect(replayCase(parseCase(text, name), name).ok).toBe(true);
  const next = text.replace('607647387017622961', '607647387017622962');
  expect(replayCase(parseCase(next, name), name).difference).toMatchObject({ step: 0, field: 'observation[2]' });
});

describe('of many cases', () => {
  const folder = mkdtempSync(join(tmpdir(), 'polity-parity-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, edit: (record: Loose) => void) => {
    const record = load(dilemma);
    edit(record);
    writeFileSync(join(folder, name), JSON.stringify(record));
    return join(folder, name);
  };
  const good = file('good.json', () => {});
  const said = (run: () => number) => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
    const error = vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(line));
    try {
      return { code: run(), lines };
    } finally {
      log.mockRestore();
      error.mockRestore();
    }
  };

  it('a refused one keeps no other from being played; it has failed, and the code is that of bad input', () => {
    const edited = file('unknown.json', (record) => (record.params.pay = 1));
    const { code, lines } = said(() => runParity([edited, good], true));
    expect(code).toBe(2);
    expect(JSON.parse(lines[0])).toMatchObject({
      cases: [
        { file: edited, ok: false, steps: 0, difference: { step: 0, agent: null, field: 'params › pay' } },
        { file: good, ok: true, difference: null },
      ],
      passed: 1,
      failed: 1,
    });
    expect(lines[1]).toContain('unknown.json › params › pay: unknown key');
  });

  it('a difference alone gives 1, and none 0', () => {
    const differs = file('differs.json', (record) => (record.states[1].returns[1] = 9));
    expect(said(() => runParity([differs, good], true)).code).toBe(1);
    expect(said(() => runParity([good], true)).code).toBe(0);
  });

  it('the first refusal is the error when all are refused', () => {
    const unreadable = join(folder, 'absent.json');
    expect(() => runParity([unreadable], true)).toThrow('absent.json: cannot be read');
    expect(() =>
      runParity([file('cut.json', (r) => delete r.states), file('world.json', (r) => (r.world = 'x'))], true),
    ).toThrow('cut.json › states');
  });
});

it('the document counts what passed and what failed', () => {
  const good = replayed(dilemma);
  const bad = replayed(dilemma, (record) => (record.states[1].returns[1] = 9));
  expect(parityDocument([good, bad])).toEqual({ cases: [good, bad], passed: 1, failed: 1 });
});
