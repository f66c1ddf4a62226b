import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PolityError, parseWith } from '#core';
import { gameTable, matrixGame } from '#envs';
import { field, fieldNames, play, start } from './worlds.ts';

/** Three players, two actions: everybody gets the number of players who chose 1, and player 2 one more. */
const threePlayers = [0, 1].map((a) => [0, 1].map((b) => [0, 1].map((c) => [a + b + c, a + b + c, a + b + c + 1])));
const threeByTwo = [
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
  [
    [9, 10],
    [11, 12],
  ],
];

describe('what the table pays', () => {
  it('pays the prisoner’s dilemma as OpenSpiel has it: 5, 0, 10, 1', () => {
    const driver = start(matrixGame, {});
    const paid = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ].map(([a, b]) => {
      play(driver, a, b);
      return [...driver.rewards];
    });
    expect(paid).toEqual([
      [5, 5],
      [0, 10],
      [10, 0],
      [1, 1],
    ]);
    expect([...driver.returns]).toEqual([16, 16]);
  });

  it('pays both players the same in climbing, and fines the corners of the penalty game by k', () => {
    const climbing = start(matrixGame, { game: 'climbing' });
    play(climbing, 0, 1);
    expect([...climbing.rewards]).toEqual([-30, -30]);
    play(climbing, 2, 1);
    expect([...climbing.rewards]).toEqual([6, 6]);
    const penalty = start(matrixGame, { game: 'penalty', penalty: 75 });
    play(penalty, 0, 0);
    expect([...penalty.rewards]).toEqual([-75, -75]);
    play(penalty, 2, 0);
    expect([...penalty.rewards]).toEqual([10, 10]);
  });

  it('plays a table for three players, the first player’s action outermost', () => {
    const driver = start(matrixGame, { payoffs: threePlayers });
    play(driver, 1, 0, 1);
    expect([...driver.rewards]).toEqual([2, 2, 3]);
    expect(driver.layout.names).toEqual(['player_0', 'player_1', 'player_2']);
  });

  it('gives players with different numbers of actions roles of their own', () => {
    const driver = start(matrixGame, { payoffs: threeByTwo });
    expect(driver.layout.roles.map(({ name, action }) => [name, action.kind === 'discrete' && action.n])).toEqual([
      ['row', 3],
      ['column', 2],
    ]);
    play(driver, 2, 1);
    expect([...driver.rewards]).toEqual([11, 12]);
    expect(field(driver, 0, 'last1/own')).toEqual([0, 0, 1]);
    expect(field(driver, 1, 'last1/own')).toEqual([0, 1]);
    expect(field(driver, 1, 'last1/other1')).toEqual([0, 0, 1]);
    const four = start(matrixGame, { payoffs: [[[[0, 0, 0]], [[1, 1, 1]]]] });
    expect(four.layout.roles.map(({ name }) => name)).toEqual(['player_a', 'player_b', 'player_c']);
  });

  it('blends each reward with the mean and keeps the sum: joint 5, 5 and half 2.5, 7.5 for payoffs 0, 10', () => {
    for (const [reward, expected] of [
      ['own', [0, 10]],
      ['joint', [5, 5]],
      [0.5, [2.5, 7.5]],
      [1, [5, 5]],
    ] as const) {
      const driver = start(matrixGame, { reward });
      play(driver, 0, 1);
      expect([...driver.rewards]).toEqual(expected);
    }
  });
});

describe('any table', () => {
  /** Nested payoffs of the given shape, each drawn from a few whole numbers so that symmetric tables come up. */
  const tableOf = (counts: number[], most: number) =>
    fc.array(fc.integer({ min: 0, max: most }), {
      minLength: counts.reduce((product, n) => product * n, counts.length),
      maxLength: counts.reduce((product, n) => product * n, counts.length),
    });
  const nest = (flat: number[], shape: number[]): unknown =>
    shape.length === 0
      ? flat[0]
      : Array.from({ length: shape[0] }, (_, i) => {
          const size = flat.length / shape[0];
          return nest(flat.slice(i * size, (i + 1) * size), shape.slice(1));
        });
  const lookUp = (payoffs: unknown, path: number[]) =>
    path.reduce((level, i) => (level as unknown[])[i], payoffs) as number;

  it('pays what indexing into it by the joint action gives', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 });
    const games = shapes.chain((counts) =>
      fc.tuple(
        fc.constant(counts),
        tableOf(counts, 9),
        fc.tuple(...counts.map((n) => fc.integer({ min: 0, max: n - 1 }))),
      ),
    );
    fc.assert(
      fc.property(games, ([counts, flat, joint]) => {
        const payoffs = nest(flat, [...counts, counts.length]);
        const driver = start(matrixGame, { payoffs });
        play(driver, ...joint);
        expect([...driver.rewards]).toEqual(counts.map((_, player) => lookUp(payoffs, [...joint, player])));
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  it('is symmetric exactly when every permutation of three players permutes the payoffs', () => {
    const permutations = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const joints = [0, 1].flatMap((a) => [0, 1].flatMap((b) => [0, 1].map((c) => [a, b, c])));
    let symmetric = 0;
    // A payoff that depends on the own action and the number of ones is symmetric; one changed payoff may break it.
    const games = fc.tuple(tableOf([2, 2], 3), fc.integer({ min: 0, max: 23 }), fc.boolean());
    fc.assert(
      fc.property(games, ([rule, at, change]) => {
        const flat = joints.flatMap((joint) =>
          joint.map((own) => rule[own * 3 + joint[0] + joint[1] + joint[2] - own]),
        );
        if (change) flat[at] += 1;
        const payoffs = nest(flat, [2, 2, 2, 3]);
        const slow = permutations.every((permutation) =>
          joints.every((joint) => {
            const moved = permutation.map((p) => joint[p]);
            return permutation.every((p, i) => lookUp(payoffs, [...moved, i]) === lookUp(payoffs, [...joint, p]));
          }),
        );
        symmetric += slow ? 1 : 0;
        const params = parseWith(matrixGame.params, { payoffs }, 'test');
        expect(gameTable(params).symmetric).toBe(slow);
      }),
      { numRuns: 200, seed: 3 },
    );
    expect(symmetric).toBeGreaterThan(50);
    expect(symmetric).toBeLessThan(150);
  });
});

describe('what is observed', () => {
  it('shows the start, then the last rounds newest first, own action before the other’s', () => {
    const driver = start(matrixGame, { recall: 2 });
    expect(fieldNames(driver, 0)).toEqual(['start', 'last1/own', 'last1/other1', 'last2/own', 'last2/other1']);
    expect([...driver.observationOf(0, 0)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    play(driver, 0, 1);
    expect([...driver.observationOf(0, 0)]).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 0]);
    expect([...driver.observationOf(0, 1)]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0]);
    play(driver, 1, 1);
    expect([...driver.observationOf(0, 0)]).toEqual([0, 0, 1, 0, 1, 1, 0, 0, 1]);
  });

  it('tells agents their seat where the game is not symmetric', () => {
    expect(fieldNames(start(matrixGame, { game: 'stag-hunt' }), 0)).not.toContain('seat');
    const pennies = start(matrixGame, { game: 'matching-pennies' });
    expect([field(pennies, 0, 'seat'), field(pennies, 1, 'seat')]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('lists actions by seat, the same for both, when asked to', () => {
    const driver = start(matrixGame, { view: 'seats' });
    play(driver, 0, 1);
    expect(field(driver, 0, 'last1/player0')).toEqual([1, 0]);
    expect(field(driver, 1, 'last1/player0')).toEqual([1, 0]);
    expect(field(driver, 1, 'last1/player1')).toEqual([0, 1]);
  });

  it('is LOLA’s iterated dilemma: five states, payoffs -1, -3, 0, -2, cut off after 150 rounds', () => {
    const lola = { game: 'lola-prisoners-dilemma', rounds: 150, endless: true, encoding: 'joint' };
    const driver = start(matrixGame, lola);
    expect([...driver.observationOf(0, 0)]).toEqual([1, 0, 0, 0, 0]);
    play(driver, 0, 1);
    expect([...driver.rewards]).toEqual([-3, 0]);
    expect([...driver.observationOf(0, 0)]).toEqual([0, 0, 1, 0, 0]);
    expect([...driver.observationOf(0, 1)]).toEqual([0, 0, 0, 1, 0]);
    for (let round = 1; round < 150; round++) play(driver, 1, 1);
    expect([driver.lengths[0], driver.truncated[0], driver.terminated[0]]).toEqual([150, 1, 0]);
  });

  it('shows nothing but the start with no recall, as the stateless learners of climbing have it', () => {
    const driver = start(matrixGame, { game: 'stag-hunt', recall: 0 });
    expect(fieldNames(driver, 0)).toEqual(['start']);
  });

  it('gives central critics the clock and the last joint action by seat', () => {
    const driver = start(matrixGame, { rounds: 4 });
    play(driver, 0, 1);
    const out = new Float32Array(matrixGame.stateSize?.(driver.params as never) ?? 0);
    matrixGame.stateVector?.(driver.stateOf(0) as never, out, driver.params as never);
    expect([...out]).toEqual([0.25, 1, 0, 0, 1]);
  });
});

describe('when it ends', () => {
  it('terminates after its rounds', () => {
    const driver = start(matrixGame, { rounds: 2 });
    play(driver, 0, 0);
    expect(driver.isOver(0)).toBe(false);
    play(driver, 0, 0);
    expect([driver.terminated[0], driver.truncated[0]]).toEqual([1, 0]);
  });

  it('goes on after each round with the given probability: 1 / (1 - 7/8) = 8 rounds in the mean', () => {
    const driver = start(matrixGame, { rounds: 1000, continuation: 7 / 8 }, { autoreset: 'same_step' });
    let rounds = 0;
    let episodes = 0;
    while (episodes < 4000) {
      play(driver, 0, 0);
      rounds++;
      episodes += driver.isOver(0) ? 1 : 0;
    }
    // Standard error of the mean of 4000 geometric lengths: sqrt(56 / 4000) = 0.12.
    expect(Math.abs(rounds / episodes - 8)).toBeLessThan(0.4);
  });
});

describe('what it declares', () => {
  it('reads zero sum, common reward, symmetry and bounds off the table', () => {
    const declared = (params: object) => matrixGame.declares?.(parseWith(matrixGame.params, params, 'test'));
    expect(declared({})).toEqual({ zeroSum: false, commonReward: false, symmetric: true, rewardBounds: [0, 10] });
    expect(declared({ game: 'matching-pennies' })).toMatchObject({ zeroSum: true, symmetric: false });
    expect(declared({ game: 'rock-paper-scissors' })).toMatchObject({ zeroSum: true, symmetric: true });
    expect(declared({ game: 'climbing' })).toMatchObject({ commonReward: true, rewardBounds: [-30, 11] });
    expect(declared({ reward: 'joint' })).toMatchObject({ commonReward: true, rewardBounds: [1, 5] });
    expect(declared({ payoffs: threePlayers })).toMatchObject({ symmetric: false });
    const minority = [0, 1].map((a) => [0, 1].map((b) => [0, 1].map((c) => [a + b + c, a + b + c, a + b + c])));
    expect(declared({ payoffs: minority })).toMatchObject({ symmetric: true });
  });

  it('names actions and the cooperative one for the metrics', () => {
    const outcome = (params: object) => {
      const parsed = parseWith(matrixGame.params, params, 'test');
      return matrixGame.outcome?.(matrixGame.init(parsed, undefined as never), parsed).game;
    };
    expect(outcome({})).toEqual({
      labels: [
        ['Cooperate', 'Defect'],
        ['Cooperate', 'Defect'],
      ],
      cooperate: 0,
    });
    expect(outcome({ game: 'chicken' })?.cooperate).toBe(1);
    expect(outcome({ game: 'coordination' })).not.toHaveProperty('cooperate');
    const own = {
      payoffs: threeByTwo,
      actions: [
        ['up', 'mid', 'down'],
        ['left', 'right'],
      ],
      cooperate: 1,
    };
    expect(outcome(own)).toEqual({
      labels: [
        ['up', 'mid', 'down'],
        ['left', 'right'],
      ],
      cooperate: 1,
    });
    expect(outcome({ payoffs: threeByTwo })?.labels).toEqual([
      ['0', '1', '2'],
      ['0', '1'],
    ]);
  });
});

describe('what people see', () => {
  it('tells a player its actions, the payoffs and the past', () => {
    const driver = start(matrixGame, { rounds: 3 });
    play(driver, 0, 1);
    const text = matrixGame.text?.(driver.stateOf(0) as never, 1, driver.params as never) ?? '';
    expect(text).toContain('1 of 3 rounds played. You are player 1 of 2.');
    expect(text).toContain('Defect, Cooperate: 10, 0');
    expect(text).toContain('Last round: player 0 Cooperate, player 1 Defect; payoffs 0, 10.');
  });

  it('draws the table with the last outcome marked', () => {
    const driver = start(matrixGame, {});
    play(driver, 1, 0);
    const scene = matrixGame.draw?.(driver.stateOf(0) as never, driver.params as never);
    const marked = scene?.shapes.filter((shape) => shape.kind === 'rect' && shape.fill === 'accent');
    expect(marked).toMatchObject([{ x: 2, y: 2, label: '10, 0' }]);
    const three = start(matrixGame, { payoffs: threePlayers });
    expect(matrixGame.draw?.(three.stateOf(0) as never, three.params as never).shapes).toHaveLength(6);
  });
});

describe('a malformed table is refused with its place', () => {
  const cell = [1, 1];
  const cases: [string, unknown, string, string][] = [
    [
      'a cell with one payoff too few',
      [
        [cell, [0]],
        [cell, cell],
      ],
      'payoffs.0.1',
      'a list of 2 payoffs',
    ],
    [
      'a payoff that is no number',
      [
        [cell, [0, 'x']],
        [cell, cell],
      ],
      'payoffs.0.1.1',
      'a finite payoff',
    ],
    ['a row that is too short', [[cell, cell], [cell]], 'payoffs.1', '2 entries'],
    [
      'numbers instead of cells',
      [
        [1, 2],
        [3, 4],
      ],
      'payoffs',
      'at least 2 players',
    ],
    ['an empty table', [], 'payoffs', 'at least 2 players'],
    ['an empty row', [[]], 'payoffs', 'at least 2 players'],
  ];
  for (const [name, payoffs, place, expected] of cases) {
    it(name, () => {
      const attempt = () => parseWith(matrixGame.params, { payoffs }, 'x.yaml');
      expect(attempt).toThrow(PolityError);
      expect(attempt).toThrow(`x.yaml › ${place}: `);
      expect(attempt).toThrow(expected);
    });
  }

  it('names that do not fit the actions', () => {
    const payoffs = [
      [cell, cell],
      [cell, cell],
    ];
    const refused = (more: object) => () => parseWith(matrixGame.params, { payoffs, ...more }, 'x');
    expect(refused({ actions: ['only'] })).toThrow('2 names, one for each action of player 0');
    expect(refused({ actions: ['same', 'same'] })).toThrow('names that differ');
    expect(refused({ actions: [['a', 'b']] })).toThrow('2 lists, one for each');
    expect(refused({ cooperate: 2 })).toThrow('an action that every player has, 0..1');
    expect(() => parseWith(matrixGame.params, { actions: ['a', 'b'] }, 'x')).toThrow('unless `payoffs` gives a table');
  });
});
