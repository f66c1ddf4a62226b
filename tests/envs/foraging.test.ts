import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv, createStreams, parseWith, sampleSpace } from '#core';
import { type ForagingState, foraging, foragingStrict, measureRandomReturn, worlds } from '#envs';
import { field, fieldNames, play, start } from './worlds.ts';

type Item = readonly [row: number, column: number, level: number];

const [none, north, south, west, east, load] = [0, 1, 2, 3, 4, 5];

/** Players and foods where the test wants them. */
function place(
  params: Record<string, unknown>,
  players: readonly Item[],
  foods: readonly Item[],
  env: AnyEnv = foraging,
) {
  const driver = start(env, { rows: 6, columns: 7, players: players.length, foods: foods.length, ...params });
  const edited = driver.stateOf(0) as ForagingState;
  const columns = (params.columns as number | undefined) ?? 7;
  players.forEach(([row, column, level], p) => {
    edited.players[p] = row * columns + column;
    edited.playerLevels[p] = level;
  });
  edited.field.fill(0);
  foods.forEach(([row, column, level], f) => {
    edited.foods[f] = row * columns + column;
    edited.levels[f] = level;
    edited.field[row * columns + column] = level;
  });
  edited.spawned = foods.length;
  edited.left = foods.length;
  edited.spawnedLevels = foods.reduce((sum, [, , level]) => sum + level, 0);
  // Put back, so that observations and masks are those of this scene.
  driver.restore(0, driver.snapshot(0));
  const state = driver.stateOf(0) as ForagingState;
  const cells = () => Array.from(state.players, (cell) => [Math.floor(cell / columns), cell % columns]);
  return { driver, state, cells };
}

describe('moving', () => {
  it('goes north, south, west and east by one cell', () => {
    for (const [action, cell] of [
      [none, [3, 3]],
      [north, [2, 3]],
      [south, [4, 3]],
      [west, [3, 2]],
      [east, [3, 4]],
    ] as const) {
      const { driver, cells } = place({}, [[3, 3, 1]], [[1, 1, 1]]);
      play(driver, action);
      expect(cells()).toEqual([cell]);
    }
  });

  it('does nothing where it is illegal: off the field, onto food, loading beside nothing', () => {
    const { driver, cells } = place(
      {},
      [
        [0, 0, 1],
        [3, 2, 1],
        [5, 6, 1],
      ],
      [[3, 3, 9]],
    );
    expect([...driver.maskOf(0, 0)]).toEqual([1, 0, 1, 0, 1, 0]);
    expect([...driver.maskOf(0, 1)]).toEqual([1, 1, 1, 1, 0, 1]);
    play(driver, north, east, load);
    expect(cells()).toEqual([
      [0, 0],
      [3, 2],
      [5, 6],
    ]);
    expect([...driver.rewards]).toEqual([0, 0, 0]);
  });

  it('refuses a cell that two players want, and one whose owner stays', () => {
    const { driver, cells } = place(
      {},
      [
        [2, 2, 1],
        [2, 4, 1],
        [0, 0, 1],
        [0, 1, 1],
      ],
      [[4, 4, 9]],
    );
    play(driver, east, west, east, none);
    expect(cells()).toEqual([
      [2, 2],
      [2, 4],
      [0, 0],
      [0, 1],
    ]);
  });

  it('lets players follow each other and change places', () => {
    const players: Item[] = [
      [2, 2, 1],
      [2, 3, 1],
      [4, 1, 1],
      [4, 2, 1],
    ];
    const { driver, cells } = place({}, players, [[1, 5, 9]]);
    play(driver, east, east, east, west);
    expect(cells()).toEqual([
      [2, 3],
      [2, 4],
      [4, 2],
      [4, 1],
    ]);
  });

  const contested: Item[] = [
    [2, 1, 1],
    [2, 2, 1],
    [2, 4, 1],
  ];

  it('lets a player walk into another whose own move is refused, as upstream does', () => {
    const { driver, cells } = place({}, contested, [[4, 4, 9]]);
    play(driver, east, east, west);
    expect(cells()).toEqual([
      [2, 2],
      [2, 2],
      [2, 4],
    ]);
  });

  it('refuses that in the strict world, all down a queue', () => {
    const { driver, cells } = place({}, [[2, 0, 1], ...contested], [[4, 4, 9]], foragingStrict);
    play(driver, east, east, east, west);
    expect(cells()).toEqual([
      [2, 0],
      [2, 1],
      [2, 2],
      [2, 4],
    ]);
  });

  it('never puts two players into a cell in the strict world, and does so in upstream’s', () => {
    const shared = (env: AnyEnv) => {
      const driver = start(env, { rows: 5, columns: 5, players: 9, foods: 1, maxSteps: 400 });
      const rng = createStreams('crowd').stream('acts');
      let times = 0;
      for (let t = 0; t < 400 && !driver.isOver(0); t++) {
        for (let a = 0; a < 9; a++) driver.actions[a] = rng.integer(0, 5);
        driver.step();
        const { players } = driver.stateOf(0) as ForagingState;
        if (new Set(players).size < players.length) times++;
      }
      return times;
    };
    expect(shared(foragingStrict)).toBe(0);
    expect(shared(foraging)).toBeGreaterThan(20);
  });
});

describe('loading', () => {
  const around: Item[] = [
    [2, 3, 1],
    [4, 3, 2],
    [3, 2, 1],
  ];
  const foods: Item[] = [
    [3, 3, 3],
    [1, 5, 5],
  ];

  it('pays by level: food 3 of 8 in all, shared 1 : 2 by those who load', () => {
    const { driver, state } = place({}, around, foods);
    play(driver, load, load, none);
    expect([...driver.rewards]).toEqual([3 / (3 * 8), 6 / (3 * 8), 0]);
    expect([state.left, state.field[3 * 7 + 3]]).toEqual([1, 0]);
  });

  it('pays own level times the food’s without normalisation', () => {
    const { driver } = place({ normaliseReward: false }, around, foods);
    play(driver, load, load, load);
    expect([...driver.rewards]).toEqual([3, 6, 3]);
  });

  it('fails and fines those who try when their levels do not suffice', () => {
    const { driver, state } = place({ penalty: 0.25 }, around, foods);
    play(driver, load, none, load);
    expect([...driver.rewards]).toEqual([-0.25, 0, -0.25]);
    expect(state.left).toBe(2);
  });

  it('counts players at the four sides only', () => {
    const { driver, state } = place({}, [...around.slice(0, 1), [2, 2, 9]], foods);
    play(driver, load, load);
    expect(state.left).toBe(2);
  });

  it('pays 1 in all over an episode that clears the field, and then it is over', () => {
    const { driver, state } = place({}, around, [[3, 3, 4]]);
    play(driver, load, load, load);
    expect(driver.terminated[0]).toBe(1);
    expect(driver.returns.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(driver.endMetrics(0)).toEqual({ loaded: 1, cleared: 1 });
    expect(state.levels[0]).toBe(0);
  });

  it('is cut off, not ended, after 50 steps', () => {
    const { driver } = place({}, around, foods);
    for (let t = 0; t < 50; t++) play(driver, none, none, none);
    expect([driver.truncated[0], driver.terminated[0], driver.lengths[0]]).toEqual([1, 0, 50]);
    expect(driver.endMetrics(0)).toEqual({ loaded: 0, cleared: 0 });
  });
});

describe('the layout of a new episode', () => {
  const sizes = fc.record({
    rows: fc.integer({ min: 5, max: 12 }),
    columns: fc.integer({ min: 5, max: 12 }),
    players: fc.integer({ min: 1, max: 9 }),
    foods: fc.integer({ min: 1, max: 6 }),
    forceCoop: fc.boolean(),
    seed: fc.integer({ min: 0, max: 10_000 }),
  });

  it('keeps foods off the border, apart from each other and from players, at levels within their bounds', () => {
    fc.assert(
      fc.property(sizes, ({ seed, ...params }) => {
        const { columns, rows } = params;
        const driver = start(foraging, params, { seed: String(seed) });
        const { foods, levels, players, playerLevels, spawned } = driver.stateOf(0) as ForagingState;
        expect(new Set([...players, ...foods.subarray(0, spawned)]).size).toBe(players.length + spawned);
        const highest = [...playerLevels].sort((a, b) => a - b).slice(0, 3);
        const sum = highest.reduce((total, level) => total + level, 0);
        for (let f = 0; f < spawned; f++) {
          const [row, column] = [Math.floor(foods[f] / columns), foods[f] % columns];
          expect(row > 0 && row < rows - 1 && column > 0 && column < columns - 1).toBe(true);
          expect(levels[f] >= (params.forceCoop ? sum : 1) && levels[f] <= sum).toBe(true);
          for (let other = 0; other < f; other++) {
            const down = Math.abs(row - Math.floor(foods[other] / columns));
            const right = Math.abs(column - (foods[other] % columns));
            expect(Math.max(down, right) > 1 && !(down === 0 && right === 2) && !(down === 2 && right === 0)).toBe(
              true,
            );
          }
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('lays out fewer foods where no more find a place: at most two in 3 x 3 cells', () => {
    const driver = start(foraging, { rows: 5, columns: 5, players: 1, foods: 4 });
    expect((driver.stateOf(0) as ForagingState).spawned).toBeLessThanOrEqual(2);
  });

  it('deals out lists of levels in random order', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const params = { players: 3, minPlayerLevel: [1, 2, 3], maxPlayerLevel: [1, 2, 3] };
      const state = start(foraging, params, { seed: String(seed) }).stateOf(0) as ForagingState;
      expect([...state.playerLevels].sort()).toEqual([1, 2, 3]);
      seen.add(state.playerLevels.join());
    }
    expect(seen.size).toBe(6);
  });
});

describe('what is observed', () => {
  const players: Item[] = [
    [3, 3, 2],
    [0, 6, 1],
    [5, 4, 4],
  ];
  const foods: Item[] = [
    [1, 4, 3],
    [4, 1, 5],
  ];

  it('is foods by row, itself, and the others by number, as row, column and level', () => {
    const { driver } = place({}, players, foods);
    play(driver, none, none, none);
    expect(fieldNames(driver, 2)).toEqual(['food0', 'food1', 'self', 'player0', 'player1']);
    expect([...driver.observationOf(0, 2)]).toEqual([1, 4, 3, 4, 1, 5, 5, 4, 4, 3, 3, 2, 0, 6, 1]);
  });

  it('counts from the corner of the window and pads with -1, -1, 0', () => {
    const { driver } = place({ sight: 2 }, players, foods);
    play(driver, none, none, none);
    // Window of player 0: rows and columns 1..5. Food 0 at (0, 3), food 1 at (3, 0), itself at (2, 2), player 2 at (4, 3).
    expect([...driver.observationOf(0, 0)]).toEqual([0, 3, 3, 3, 0, 5, 2, 2, 2, 4, 3, 4, -1, -1, 0]);
  });

  it('shows players from farther than foods at the upper and left border, except in the strict world', () => {
    const corner: Item[] = [
      [0, 0, 1],
      [4, 4, 2],
    ];
    const food: Item[] = [[3, 1, 3]];
    const loose = place({ sight: 2 }, corner, food).driver;
    play(loose, none, none);
    expect([...loose.observationOf(0, 0)]).toEqual([-1, -1, 0, 0, 0, 1, 4, 4, 2]);
    const strict = place({ sight: 2 }, corner, food, foragingStrict).driver;
    play(strict, none, none);
    expect([...strict.observationOf(0, 0)]).toEqual([-1, -1, 0, 0, 0, 1, -1, -1, 0]);
  });

  it('can leave out the levels of players', () => {
    const { driver } = place({ observeLevels: false }, players, foods);
    play(driver, none, none, none);
    expect([...driver.observationOf(0, 0)]).toEqual([1, 4, 3, 4, 1, 5, 3, 3, 0, 6, 5, 4]);
  });

  it('can be layers around the player: players, foods, free cells; nothing beyond the border', () => {
    const { driver } = place(
      { sight: 1, gridObservation: true },
      [
        [0, 1, 2],
        [1, 0, 1],
      ],
      [[1, 2, 3]],
    );
    play(driver, none, none);
    expect(field(driver, 0, 'players')).toEqual([0, 0, 0, 0, 2, 0, 1, 0, 0]);
    expect(field(driver, 0, 'foods')).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 3]);
    expect(field(driver, 0, 'free')).toEqual([0, 0, 0, 1, 0, 1, 0, 1, 0]);
  });

  it('in words says what is within sight', () => {
    const { driver } = place({ sight: 2 }, players, foods);
    const text = foraging.text?.(driver.stateOf(0) as never, 0, driver.params as never) ?? '';
    expect(text).toContain('You are player 0 of level 2 at row 3, column 3');
    expect(text).toContain('a food of level 3 at row 1, column 4');
    expect(text).toContain('player 2 of level 4');
    expect(text).not.toContain('player 1');
  });

  it('has every place in the state vector, and -1, -1, 0 for what is gone', () => {
    const { driver, state } = place({}, players, foods);
    state.levels[0] = 0;
    const out = new Float32Array(15);
    foraging.stateVector?.(state, out, driver.params as never);
    expect([...out]).toEqual([-1, -1, 0, 4, 1, 5, 3, 3, 2, 0, 6, 1, 5, 4, 4]);
  });
});

it('exchanges outcomes when players exchange places, levels and actions', () => {
  const action = fc.integer({ min: 0, max: 5 });
  const turns = fc.array(fc.tuple(action, action, action), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(turns, fc.boolean(), (script, strict) => {
      const env = strict ? foragingStrict : foraging;
      const [a, b, c]: Item[] = [
        [2, 2, 2],
        [3, 3, 1],
        [4, 4, 1],
      ];
      const foods: Item[] = [
        [2, 3, 3],
        [4, 2, 1],
      ];
      const one = place({ penalty: 0.5 }, [a, b, c], foods, env).driver;
      const other = place({ penalty: 0.5 }, [c, b, a], foods, env).driver;
      for (const [x, y, z] of script) {
        if (one.isOver(0)) break;
        play(one, x, y, z);
        play(other, z, y, x);
      }
      expect([...other.returns].reverse()).toEqual([...one.returns]);
    }),
    { numRuns: 100, seed: 4 },
  );
});

describe('ids', () => {
  it('name the parameters, as upstream’s do', () => {
    const params = (id: string) => worlds.get(id).params.parse({}) as Record<string, unknown>;
    expect(params('Foraging-8x8-2p-2f-coop-v3')).toEqual(foraging.params.parse({}));
    expect(params('Foraging-2s-15x15-4p-5f-v3')).toMatchObject({
      rows: 15,
      columns: 15,
      players: 4,
      foods: 5,
      sight: 2,
      forceCoop: false,
      penalty: 0,
      maxFoodLevel: null,
    });
    expect(params('Foraging-grid-3s-6x6-2p-1f-coop-ind-pen-v3')).toMatchObject({
      sight: 3,
      gridObservation: true,
      forceCoop: true,
      maxFoodLevel: 1,
      penalty: 0.1,
    });
  });

  it('give the same world each time, which plays', () => {
    const world = worlds.get('Foraging-10x10-3p-3f-v3');
    expect(worlds.get('Foraging-10x10-3p-3f-v3')).toBe(world);
    expect(worlds.has('Foraging-10x10-3p-3f-v3')).toBe(true);
    expect(worlds.ids).not.toContain('Foraging-10x10-3p-3f-v3');
    const driver = start(world, {});
    const rng = createStreams(1).stream('acts');
    while (!driver.isOver(0)) {
      for (let a = 0; a < 3; a++) {
        sampleSpace(driver.layout.roles[0].action, rng, driver.actions.subarray(a, a + 1), driver.maskOf(0, a));
      }
      driver.step();
    }
    expect(driver.lengths[0]).toBeLessThanOrEqual(50);
  });

  it('have a whole card: random play is measured when somebody asks', () => {
    const world = worlds.get('ForagingStrict-5x5-2p-1f-v1');
    expect(checkEnv(world, { requireCard: true }).failures).toEqual([]);
    const { randomReturn } = world.card;
    expect(randomReturn).toEqual(measureRandomReturn(world, world.params.parse({}), { episodes: 1000, seed: 0 }));
    expect(randomReturn).toBe(world.card.randomReturn);
  });

  it('take parameters on top', () => {
    const world = worlds.get('ForagingStrict-8x8-4p-3f-v1');
    expect(parseWith(world.params, { penalty: 1 }, world.id)).toMatchObject({ players: 4, penalty: 1 });
  });

  it('that are not well formed are refused with the pattern and an example', () => {
    for (const id of ['Foraging-8x8-2p-v3', 'Foraging-8x8-2p-2f-v2', 'foraging-8x8-2p-2f-v3']) {
      expect(worlds.has(id)).toBe(false);
      expect(() => worlds.get(id, 'x.yaml › env.id')).toThrow(
        /x\.yaml › env\.id: .*SIZExSIZE.*For example Foraging-8x8/,
      );
    }
    expect(() => worlds.get('forraging')).toThrow('Did you mean "foraging"?');
  });
});

describe('impossible settings are refused with the constraint named', () => {
  for (const [params, message] of [
    [{ players: 26, rows: 5, columns: 5 }, 'at most 25 players, one for each cell of 5 x 5'],
    [{ foods: 10, rows: 5, columns: 5 }, 'at most 9 foods, one for each cell of 5 x 5 off the border'],
    [{ players: 20, foods: 6, rows: 5, columns: 5 }, 'at most 5 foods'],
    [{ rows: 2 }, 'foraging › rows'],
    [{ maxSteps: -1 }, 'foraging › maxSteps'],
    [{ minPlayerLevel: [1, 1, 1] }, 'a list of 2, one for each player'],
    [{ minPlayerLevel: 3 }, 'maxPlayerLevel'],
    [{ forceCoop: false, minFoodLevel: 3, maxFoodLevel: 2 }, 'maxFoodLevel'],
    [{ forceCoop: false, minFoodLevel: 5 }, 'the sum of the three lowest'],
    [{ gridObservation: true, sight: 0 }, 'at least 1 with `gridObservation`'],
  ] as const) {
    it(JSON.stringify(params), () => {
      expect(() => parseWith(foraging.params, params, 'foraging')).toThrow(message);
    });
  }

  it('named by an id too', () => {
    expect(() => parseWith(worlds.get('Foraging-5x5-2p-10f-v3').params, {}, 'env')).toThrow('at most 9 foods');
  });
});

describe('under other settings it passes the conformance kit', () => {
  for (const params of [
    { players: 1, foods: 1, rows: 3, columns: 3 },
    { players: 4, foods: 3, sight: 2, penalty: 0.1, forceCoop: false },
    { rows: 5, columns: 9, observeLevels: false, normaliseReward: false, maxPlayerLevel: 5 },
    { sight: 3, gridObservation: true, players: 6, rows: 6, columns: 6, foods: 1 },
    { players: 25, rows: 6, columns: 6, foods: 4, maxSteps: 20, minPlayerLevel: 0 },
  ]) {
    it(JSON.stringify(params), () => {
      expect(checkEnv(foraging, { params, seed: 7 }).failures).toEqual([]);
    });
  }
});
