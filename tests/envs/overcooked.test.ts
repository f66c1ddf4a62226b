import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv, type Driver, parseWith } from '#core';
import { type OvercookedState, overcooked, readOvercookedLayout } from '#envs';
import { eventNames } from '#envs/overcooked/events';
import { itemName } from '#envs/overcooked/scene';
import { field, play, start } from './worlds.ts';

const [north, south, east, west, stay, interact] = [0, 1, 2, 3, 4, 5];

type Place = readonly [x: number, y: number, facing: number, held?: string];
type Pot = readonly [x: number, y: number, ingredients: string, tick: number];
interface Scene {
  readonly players?: readonly [Place, Place];
  readonly counters?: readonly (readonly [number, number, string])[];
  readonly pots?: readonly Pot[];
  readonly step?: number;
}

/** cramped_room, `XXPXX / O  2O / X1  X / XDXSX`, with players and things put somewhere. */
function kitchen(
  {
    players = [
      [1, 2, north],
      [3, 1, north],
    ],
    ...scene
  }: Scene = {},
  params: object = {},
) {
  const placed = players.map(([x, y, facing, held = null]) => [x, y, facing, held]);
  const driver = start(overcooked, { ...params, start: { players: placed, ...scene } });
  return { driver, state: driver.stateOf(0) as OvercookedState };
}

function looks({ places, facing, held }: OvercookedState, width = 5) {
  return Array.from(places, (cell, p) => [cell % width, Math.floor(cell / width), facing[p], itemName(held[p])]);
}

function eventsOf({ events }: OvercookedState, player: number): string[] {
  return eventNames.filter((_, k) => (events[player] & (1 << k)) !== 0);
}

describe('moving', () => {
  it('turns and goes; against a wall it only turns', () => {
    const { driver, state } = kitchen();
    play(driver, east, east);
    expect(looks(state)).toEqual([
      [2, 2, east, null],
      [3, 1, east, null],
    ]);
  });

  it('is refused to both, turned, when they want the same cell, each other’s cells, or the cell of one who stays', () => {
    for (const [first, second, actions] of [
      [
        [1, 1, north],
        [3, 1, north],
        [east, west],
      ],
      [
        [1, 1, north],
        [2, 1, north],
        [east, west],
      ],
      [
        [1, 1, north],
        [2, 1, north],
        [east, stay],
      ],
    ] as const) {
      const { driver, state } = kitchen({ players: [first, second] });
      play(driver, ...actions);
      const facing = (p: number, before: number) => (actions[p] === stay ? before : actions[p]);
      expect(looks(state)).toEqual([
        [first[0], first[1], facing(0, first[2]), null],
        [second[0], second[1], facing(1, second[2]), null],
      ]);
    }
  });

  it('lets one follow the other', () => {
    const { driver, state } = kitchen({
      players: [
        [1, 1, north],
        [2, 1, north],
      ],
    });
    play(driver, east, east);
    expect([...state.places]).toEqual([7, 8]);
  });
});

describe('cooking', () => {
  it('fills a pot with three ingredients at most, starts at an empty-handed interact, and is done after 20 steps', () => {
    const { driver, state } = kitchen({
      players: [
        [2, 1, north, 'onion'],
        [3, 1, north],
      ],
      pots: [[2, 0, 'oo', -1]],
    });
    play(driver, interact, stay);
    expect([state.held[0], state.potTick[0], state.shaped[0]]).toEqual([0, -1, 3]);
    expect(eventsOf(state, 0)).toEqual(['potting_onion', 'optimal_onion_potting', 'viable_onion_potting']);
    play(driver, interact, stay);
    expect(state.potTick[0]).toBe(1);
    for (let t = 0; t < 30; t++) play(driver, stay, stay);
    expect(state.potTick[0]).toBe(20);
  });

  it('starts by itself under the old dynamics, in the step of the third ingredient, and not at an interact', () => {
    const scene: Scene = {
      players: [
        [2, 1, north, 'onion'],
        [3, 1, north],
      ],
      pots: [[2, 0, 'o', -1]],
    };
    const { driver, state } = kitchen(scene, { oldDynamics: true });
    play(driver, interact, stay);
    play(driver, interact, stay);
    expect(state.potTick[0]).toBe(-1);
    state.held[0] = 1;
    play(driver, interact, stay);
    expect(state.potTick[0]).toBe(1);
  });

  it('starts with what is in the pot under the new ones, and then takes nothing more', () => {
    const { driver, state } = kitchen({
      players: [
        [2, 1, north],
        [3, 1, north],
      ],
      pots: [[2, 0, 'o', -1]],
    });
    play(driver, interact, stay);
    expect(state.potTick[0]).toBe(1);
    state.held[0] = 1;
    play(driver, interact, stay);
    expect([state.held[0], state.potRow[0], state.shaped[0]]).toEqual([1, 1, 0]);
  });
});

describe('serving', () => {
  const ready: Scene = {
    players: [
      [2, 1, north, 'dish'],
      [3, 2, south, 'soup:ooo'],
    ],
    pots: [[2, 0, 'ooo', 20]],
  };

  it('pays both 20 for an ordered soup, and shaping, on request, to whoever takes one out of the pot', () => {
    const { driver, state } = kitchen(ready, { shapingWeight: 0.5 });
    play(driver, interact, interact);
    expect([...driver.rewards]).toEqual([20 + 0.5 * 5, 20]);
    expect([...state.sparse]).toEqual([0, 20]);
    expect(looks(state).map(([, , , held]) => held)).toEqual(['soup:ooo', null]);
    expect([eventsOf(state, 0), eventsOf(state, 1)]).toEqual([['soup_pickup'], ['soup_delivery']]);
    expect(driver.endMetrics(0)).toBeDefined();
  });

  it('takes a soup that nobody ordered, for nothing, and pays a bonus order several times', () => {
    for (const [params, paid] of [
      [{ orders: ['oo'] }, 0],
      [{ orders: ['oo', 'ooo'], bonusOrders: ['ooo'], orderBonus: 3, recipes: { ooo: { value: 7 } } }, 21],
      [{ orders: ['ooo'], soupValue: 33 }, 33],
    ] as const) {
      const { driver, state } = kitchen(ready, params);
      play(driver, stay, interact);
      expect([...driver.rewards, state.held[1]]).toEqual([paid, paid, 0]);
    }
  });

  it('keeps a dish out of a pot that is not done', () => {
    const { driver, state } = kitchen({ ...ready, pots: [[2, 0, 'ooo', 18]] });
    play(driver, interact, stay);
    expect(state.held[0]).toBe(3);
  });
});

describe('handing over', () => {
  it('is done over a counter in one step: the second player takes what the first has just put there', () => {
    const grid = ['XXXXX', 'O1X2P', 'XXXXX', 'XDSXX'];
    const players = [
      [1, 1, east, 'onion'],
      [3, 1, west],
    ] as const;
    const { driver, state } = kitchen({ players }, { grid });
    play(driver, interact, interact);
    expect(looks(state).map(([, , , held]) => held)).toEqual([null, 'onion']);
    expect([eventsOf(state, 0), eventsOf(state, 1)]).toEqual([['onion_drop'], ['onion_pickup', 'useful_onion_pickup']]);
  });
});

describe('a dish from the dispenser', () => {
  const taking = (scene: Scene) => {
    const { driver, state } = kitchen({
      players: [
        [1, 2, south],
        [3, 1, north],
      ],
      ...scene,
    });
    play(driver, interact, stay);
    return state.shaped[0];
  };

  it('is shaped while fewer dishes are held than pots are in use, and none lies about', () => {
    expect(taking({})).toBe(0);
    expect(taking({ pots: [[2, 0, 'o', -1]] })).toBe(3);
    expect(taking({ pots: [[2, 0, 'ooo', 4]] })).toBe(3);
    expect(taking({ pots: [[2, 0, 'ooo', 20]] })).toBe(3);
    expect(taking({ pots: [[2, 0, 'ooo', 4]], counters: [[4, 2, 'dish']] })).toBe(0);
    expect(
      taking({
        pots: [[2, 0, 'ooo', 4]],
        players: [
          [1, 2, south],
          [3, 1, north, 'dish'],
        ],
      }),
    ).toBe(0);
  });

  it('is not shaped for a full pot that does not cook', () => {
    expect(taking({ pots: [[2, 0, 'ooo', -1]] })).toBe(0);
  });

  it('is judged by the pots as they were before the step', () => {
    // Player 0 puts the first onion into the pot while player 1 takes a dish.
    const { driver, state } = kitchen({
      players: [
        [2, 1, north, 'onion'],
        [1, 2, south],
      ],
    });
    play(driver, interact, interact);
    expect([...state.shaped]).toEqual([3, 0]);
  });
});

describe('what is observed', () => {
  it('is 26 layers over [width, height], the observing player first', () => {
    const { driver } = kitchen({
      players: [
        [1, 2, east, 'tomato'],
        [3, 1, north, 'soup:oot'],
      ],
      counters: [[0, 0, 'dish']],
      pots: [[2, 0, 'ot', 5]],
    });
    const entry = (agent: number, x: number, y: number) => {
      const at = (x * 4 + y) * 26;
      const numbers = driver.observationOf(0, agent).subarray(at, at + 26);
      return Object.fromEntries([...numbers.entries()].filter(([, value]) => value !== 0));
    };
    expect(driver.observationOf(0, 0)).toHaveLength(5 * 4 * 26);
    expect(entry(0, 1, 2)).toEqual({ 0: 1, 4: 1, 24: 1 });
    expect(entry(1, 1, 2)).toEqual({ 1: 1, 8: 1, 24: 1 });
    expect(entry(0, 3, 1)).toEqual({ 1: 1, 6: 1, 18: 2, 19: 1, 21: 1 });
    expect(entry(0, 0, 0)).toEqual({ 11: 1, 22: 1 });
    expect(entry(0, 2, 0)).toEqual({ 10: 1, 18: 1, 19: 1, 20: 15 });
  });

  it('is urgent in the last 39 steps', () => {
    const urgency = (step: number) => kitchen({ step }).driver.observationOf(0, 0)[25];
    expect([urgency(360), urgency(361)]).toEqual([0, 1]);
  });

  const recorded = JSON.parse(
    readFileSync(new URL('../parity/data/overcooked-features.json', import.meta.url), 'utf8'),
  ) as Record<string, { pots: number; actions: string; features: [number, [number[], number[]]][] }>;

  const tomato = { grid: ['XXPXX', 'O  2T', 'X1  X', 'XDXSX'], cookTime: 30, recipes: times([1, 10], [2, 20]) };

  function times(...lengths: [number, number][]) {
    const recipes = (size: number) => Array.from({ length: size + 1 }, (_, t) => 'o'.repeat(size - t) + 't'.repeat(t));
    return Object.fromEntries(lengths.flatMap(([size, cookTime]) => recipes(size).map((name) => [name, { cookTime }])));
  }

  it.each(Object.keys(recorded))('can be the feature vector that upstream shows in %s', (layout) => {
    const { pots, actions, features } = recorded[layout];
    const own = layout === 'cramped_room_tomato' ? tomato : { layout };
    const driver = start(overcooked, { ...own, observation: 'features', featurePots: pots });
    let step = 0;
    for (const [t, expected] of features) {
      for (; step < t; step++) play(driver, Number(actions[2 * step]), Number(actions[2 * step + 1]));
      expect([[...driver.observationOf(0, 0)], [...driver.observationOf(0, 1)]], `step ${t}`).toEqual(expected);
    }
    expect(step).toBe(360);
    expect(driver.observationOf(0, 0)).toHaveLength(2 * (26 + 10 * pots) + 4);
  });

  it('names the features', () => {
    const driver = start(overcooked, { observation: 'features' });
    expect(field(driver, 0, 'place')).toEqual([1, 2]);
    expect(field(driver, 0, 'other from here')).toEqual([2, -1]);
    expect(field(driver, 0, 'self/closest dish')).toEqual([0, 1]);
  });
});

it('ends by truncation at the horizon', () => {
  const driver: Driver = start(overcooked, { horizon: 3 });
  for (let t = 0; t < 3; t++) play(driver, stay, stay);
  expect([driver.truncated[0], driver.terminated[0]]).toEqual([1, 0]);
});

describe('layout files', () => {
  it('are read with orders, times, values and start', () => {
    const text = `{ # a kitchen
      "grid": """XPXS
                 O 1X
                 T2 X
                 XDXX""",
      'start_all_orders': [{"ingredients": ["onion", "tomato"]}, {"ingredients": ["onion"]}],
      "start_bonus_orders": [{"ingredients": ["onion"]}],
      "onion_value": 21, "tomato_value": 13, "onion_time": 15, "tomato_time": 7,
      "rew_shaping_params": None,
      "start_state": {"players": [{"position": [2, 1], "orientation": [-1, 0], "held_object": {"name": "dish", "position": [2, 1]}},
                                  {"position": (1, 2), "orientation": (0, -1), "held_object": None}],
                      "objects": [{"name": "soup", "position": [1, 0], "_ingredients": [{"name": "onion", "position": [1, 0]}], "_cooking_tick": 4}]}
    }`;
    const params = readOvercookedLayout(text);
    expect(params).toMatchObject({
      grid: ['XPXS', 'O 1X', 'T2 X', 'XDXX'],
      orders: ['ot', 'o'],
      bonusOrders: ['o'],
      shaping: { potPlacement: 3, dishPickup: 3, soupPickup: 5 },
    });
    expect(params.recipes.ot).toEqual({ value: 34, cookTime: 22 });
    const state = start(overcooked, params).stateOf(0) as OvercookedState;
    expect(looks(state, 4)).toEqual([
      [2, 1, west, 'dish'],
      [1, 2, north, null],
    ]);
    expect([state.potRow[0], state.potTick[0]]).toEqual([1, 4]);
  });

  it('order every soup where they name none, and may be a bare map', () => {
    const rows = ['XPX', 'O1D', 'X2X', 'XSX'];
    expect(readOvercookedLayout(`{"grid": "${'XPX\nO1D\nX2X\nXSX'}"}`).orders).toEqual(
      'o t oo ot tt ooo oot ott ttt'.split(' '),
    );
    expect(readOvercookedLayout(`\n${rows.join('\n')}\n`).grid).toEqual(rows);
  });

  it('are refused with the line, the key or the cell', () => {
    const refused = (text: string) => () => readOvercookedLayout(text, 'x.layout');
    expect(refused('{"grid": \n"XX}')).toThrow('x.layout › line 2: cannot be read: got the end, expected a closing "');
    expect(refused('{"grid": "X", "cook_tim": 3}')).toThrow(
      'x.layout › cook_tim: unknown key. Did you mean "cook_time"?',
    );
    expect(refused('XPX\nO1D\nXSX')).toThrow('no player 2');
  });
});

describe('bad parameters are refused with the constraint', () => {
  const grid = ['XPX', 'O1D', 'X2X', 'XSX'];
  const without = (row: number, text: string) => grid.map((line, i) => (i === row ? text : line));
  it.each([
    [{ layout: 'cramped_rom' }, 'Did you mean "cramped_room"?'],
    [{ grid: without(1, 'O1') }, 'rows of one length, 3 as the first; found row 2 with 2 cells'],
    [{ grid: without(1, 'O1 ') }, 'nothing to walk on along the border; found an open border in row 2, cell 3'],
    [{ grid: without(1, 'Q1D') }, 'found "Q" in row 2, cell 1'],
    [{ grid: without(2, 'X1X') }, 'each player once; found player 1 twice'],
    [{ grid: without(3, 'XXX') }, 'at least one S; found no S'],
    [{ grid: without(1, 'X1D') }, 'at least one O or T'],
    [{ orders: ['oot', 'oto'] }, 'each recipe once, and oot is there twice'],
    [{ orders: ['oooo'] }, 'at most 3 ingredients in oooo'],
    [{ orders: ['oo'], oldDynamics: true }, 'soups of three ingredients'],
    [{ bonusOrders: ['o'] }, 'some of the orders, and o is none'],
    [{ horizon: -1 }, 'horizon'],
    [
      {
        start: {
          players: [
            [0, 0, 0, null],
            [3, 1, 0, null],
          ],
        },
      },
      'players on cells to walk on, and (0, 0) is none',
    ],
    [
      {
        start: {
          players: [
            [1, 1, 0, null],
            [1, 1, 0, null],
          ],
        },
      },
      'one thing in a cell, and (1, 1) has two',
    ],
    [
      {
        start: {
          players: [
            [1, 1, 0, 'soap'],
            [2, 1, 0, null],
          ],
        },
      },
      'onion, tomato, dish or soup:',
    ],
  ])('%j', (params, message) => {
    expect(() => parseWith(overcooked.params, params, 'overcooked')).toThrow(message);
  });
});

describe('under other settings', () => {
  it.each([
    { layout: 'asymmetric_advantages', oldDynamics: true, observation: 'features', horizon: 60 },
    { layout: 'coordination_ring', shapingWeight: 1, horizon: 60 },
    {
      grid: ['XXPXX', 'O  2T', 'X1  X', 'XDXSX'],
      orders: ['ot', 'tt'],
      bonusOrders: ['tt'],
      maxIngredients: 2,
      horizon: 60,
    },
  ])('passes the conformance kit with %j', (params) => {
    expect(checkEnv(overcooked as AnyEnv, { params, seed: 7, episodes: 2 }).failures).toEqual([]);
  });
});
