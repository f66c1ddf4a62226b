import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv, createStreams, parseWith } from '#core';
import { cleanUp, commonsHarvest } from '#envs';
import { apple, bare, readLand, river, waste } from '#envs/commons/land';
import { cleanUpMap, harvestMap } from '#envs/commons/maps';
import type { CommonsState } from '#envs/commons/players';
import { play, start } from './worlds.ts';

const [left, right, forward, back, stay, turnRight, turnLeft, fire, clean] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const [up, east, down, west] = [0, 1, 2, 3];

type Player = readonly [x: number, y: number, facing: number];

/** Room for players and, in the corner, a place where nothing grows again. */
const room = ['@@@@@@@@', '@PPP   @', '@      @', '@      @', '@     A@', '@@@@@@@@'];

function place(players: readonly Player[], params: object = {}, env: AnyEnv = commonsHarvest) {
  const driver = start(env, { map: room, agents: players.length, regrowth: [0, 0, 0, 0], ...params });
  const state = driver.stateOf(0) as CommonsState;
  const width = (driver.params as { map: string[] }).map[0].length;
  state.playerAt.fill(0);
  players.forEach(([x, y, facing], a) => {
    state.places[a] = y * width + x;
    state.facing[a] = facing;
  });
  players.forEach((_, a) => {
    state.playerAt[state.places[a]] = a + 1;
  });
  const cells = () => Array.from(state.places, (cell) => [cell % width, Math.floor(cell / width)]);
  return { driver, state, cells, at: (x: number, y: number) => y * width + x };
}

describe('the maps', () => {
  it('have as many places as published: 155 apples; 103 apples, 56 waste, 63 river, 12 stream, 10 to begin', () => {
    expect(readLand(harvestMap, '@ PA', 'map').orchard).toHaveLength(155);
    const land = readLand(cleanUpMap, '@ PBHRS', 'map');
    const count = (kind: number) => land.ground.reduce((sum, here) => sum + (here === kind ? 1 : 0), 0);
    expect([land.orchard.length, count(3), count(4), count(5), land.starts.length]).toEqual([103, 56, 63, 12, 10]);
  });
});

describe('moving', () => {
  it('goes left, right, forward and back by the way one faces, and turns', () => {
    for (const [facing, ends] of [
      [
        up,
        [
          [3, 3],
          [5, 3],
          [4, 2],
          [4, 4],
        ],
      ],
      [
        east,
        [
          [4, 2],
          [4, 4],
          [5, 3],
          [3, 3],
        ],
      ],
      [
        down,
        [
          [5, 3],
          [3, 3],
          [4, 4],
          [4, 2],
        ],
      ],
      [
        west,
        [
          [4, 4],
          [4, 2],
          [3, 3],
          [5, 3],
        ],
      ],
    ] as const) {
      [left, right, forward, back].forEach((move, i) => {
        const { driver, cells } = place([[4, 3, facing]]);
        play(driver, move);
        expect(cells()).toEqual([ends[i]]);
      });
    }
    const { driver, state } = place([
      [4, 3, up],
      [2, 2, up],
    ]);
    play(driver, turnRight, turnLeft);
    expect([...state.facing]).toEqual([east, west]);
  });

  it('stops at walls and at players who stay; nobody changes places', () => {
    const { driver, cells } = place([
      [1, 1, up],
      [3, 3, east],
      [4, 3, west],
    ]);
    play(driver, forward, forward, forward);
    expect(cells()).toEqual([
      [1, 1],
      [3, 3],
      [4, 3],
    ]);
    play(driver, stay, forward, stay);
    expect(cells()).toEqual([
      [1, 1],
      [3, 3],
      [4, 3],
    ]);
  });

  it('gives a cell that two want to either, as the draw falls, and moves queues and rings as one', () => {
    const winners = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const { driver, state, at } = place(
        [
          [2, 2, east],
          [4, 2, west],
        ],
        {},
      );
      for (let k = 0; k < seed; k++) play(driver, stay, stay);
      play(driver, forward, forward);
      winners.add(state.playerAt[at(3, 2)]);
    }
    expect([...winners].sort()).toEqual([1, 2]);
    const queue = place([
      [1, 2, east],
      [2, 2, east],
      [3, 2, east],
    ]);
    play(queue.driver, forward, forward, forward);
    expect(queue.cells()).toEqual([
      [2, 2],
      [3, 2],
      [4, 2],
    ]);
    const map = ['@@@@@@', '@PPPP@', '@    @', '@   A@', '@@@@@@'];
    const ring = place(
      [
        [1, 1, east],
        [2, 1, down],
        [2, 2, west],
        [1, 2, up],
      ],
      { map },
    );
    play(ring.driver, forward, forward, forward, forward);
    expect(ring.cells()).toEqual([
      [2, 1],
      [2, 2],
      [1, 2],
      [1, 1],
    ]);
  });

  it('never puts two into a cell', () => {
    const map = ['@@@@@@', '@PPPP@', '@PPPP@', '@ AAA@', '@@@@@@'];
    const driver = start(commonsHarvest, { map, agents: 8 });
    const rng = createStreams('crowd').stream('acts');
    for (let t = 0; t < 300; t++) {
      play(driver, ...Array.from({ length: 8 }, () => rng.integer(0, 7)));
      const { places, playerAt } = driver.stateOf(0) as CommonsState;
      expect(new Set(places).size).toBe(8);
      expect(Array.from(places, (cell) => playerAt[cell])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });
});

describe('beams', () => {
  it('reach five cells ahead and, from beside the player, five on either side; they cost 1, being hit costs 50', () => {
    const map = ['@@@@@@@@@', '@PP     @', '@       @', '@       @', '@      A@', '@@@@@@@@@'];
    const { driver, state } = place(
      [
        [1, 2, east],
        [6, 2, west],
      ],
      { map },
    );
    play(driver, fire, stay);
    const lit = [...state.beams.keys()]
      .filter((cell) => state.beams[cell] === 1)
      .map((c) => [c % 9, Math.floor(c / 9)]);
    const row = (y: number, from: number) => [0, 1, 2, 3, 4].map((k) => [from + k, y]);
    expect(lit).toEqual([...row(1, 1), ...row(2, 2), ...row(3, 1)]);
    expect([...driver.rewards]).toEqual([-1, -50]);
    expect([state.fires, state.hits]).toEqual([1, 1]);
  });

  it('stop at players and walls, and are gone a step later', () => {
    const { driver, state, at } = place([
      [1, 2, east],
      [2, 2, up],
      [4, 2, up],
    ]);
    play(driver, fire, stay, stay);
    expect([...driver.rewards]).toEqual([-1, -50, 0]);
    expect([state.beams[at(2, 2)], state.beams[at(3, 2)]]).toEqual([1, 0]);
    play(driver, stay, stay, stay);
    expect(state.beams.includes(1)).toBe(false);
  });
});

describe('commons harvest', () => {
  it('pays 1 for an apple, which is then gone', () => {
    const { driver, state, at } = place([[5, 4, east]]);
    play(driver, forward);
    expect([driver.rewards[0], state.ground[at(6, 4)]]).toEqual([1, bare]);
    play(driver, stay);
    expect(driver.rewards[0]).toBe(0);
  });

  it('grows an apple with the chance of its neighbours before the step, and none under a player', () => {
    const map = ['@@@@@@', '@AAAP@', '@AAA @', '@    @', '@@@@@@'];
    const grown = (apples: [number, number][], regrowth: number[]) => {
      const { driver, state, at } = place([[4, 3, up]], { map, regrowth });
      for (let y = 1; y < 3; y++) for (let x = 1; x < 4; x++) state.ground[at(x, y)] = bare;
      for (const [x, y] of apples) state.ground[at(x, y)] = apple;
      play(driver, stay);
      return state.ground.reduce((sum, here) => sum + (here === apple ? 1 : 0), 0) - apples.length;
    };
    // One apple at the corner touches three places; the far column has none beside it.
    expect(grown([[1, 1]], [0, 1, 0, 0])).toBe(3);
    expect(grown([[1, 1]], [1, 0, 0, 0])).toBe(2);
    expect(
      grown(
        [
          [1, 1],
          [1, 2],
        ],
        [0, 0, 1, 0],
      ),
    ).toBe(2);
    expect(
      grown(
        [
          [1, 1],
          [1, 2],
          [2, 1],
        ],
        [0, 0, 0, 1],
      ),
    ).toBe(1);
    expect(grown([], [0, 1, 1, 1])).toBe(0);
  });

  it('knows equality and sustainability of an episode', () => {
    const map = ['@@@@@@', '@PPAA@', '@   A@', '@@@@@@'];
    const driver = start(commonsHarvest, { map, agents: 2, regrowth: [0, 0, 0, 0], horizon: 4 });
    const state = driver.stateOf(0) as CommonsState;
    state.eaten.set([3, 1]);
    state.eatenAt.set([6, 4]);
    const metrics = commonsHarvest.metrics?.(state, driver.params as never);
    // Gini: |3 - 1| twice over 2 * 2 * 4 = 0.25; steps: (2 + 4) / 2.
    expect(metrics).toEqual({ apples: 4, applesLeft: 3, equality: 0.75, sustainability: 3, fires: 0, hits: 0 });
  });
});

describe('clean-up', () => {
  const map = ['@@@@@@@', '@HHR B@', '@HRRPB@', '@RRRPB@', '@@@@@@@'];
  const params = { map, regrowth: undefined, appleChance: 1, wasteChance: 0 };
  const game = (players: readonly Player[], more: object = {}) => {
    const { regrowth: _, ...rest } = { ...params, ...more };
    const driver = start(cleanUp, { ...rest, agents: players.length });
    const state = driver.stateOf(0) as CommonsState;
    state.playerAt.fill(0);
    players.forEach(([x, y, facing], a) => {
      state.places[a] = y * 7 + x;
      state.facing[a] = facing;
      state.playerAt[state.places[a]] = a + 1;
    });
    return { driver, state };
  };
  const count = ({ ground }: CommonsState, kind: number) =>
    ground.reduce((sum, here) => sum + (here === kind ? 1 : 0), 0);

  it('cleans the first waste that each of the three beams meets', () => {
    const { driver, state } = game([[4, 2, west]]);
    play(driver, clean);
    expect([count(state, waste), count(state, river), state.cleaned[0], driver.rewards[0]]).toEqual([1, 8, 2, 0]);
    expect([state.ground[7 + 2], state.ground[7 + 1], state.ground[14 + 1]]).toEqual([river, waste, river]);
  });

  it('grows apples by the share of waste: none from depletion on, then more and more', () => {
    // 3 of 9 cells are waste.
    const grown = (depletion: number, restoration: number) => {
      const { driver, state } = game([[4, 2, up]], { depletion, restoration });
      state.ground.forEach((kind, cell) => {
        if (kind === apple) state.ground[cell] = bare;
      });
      play(driver, stay);
      return count(state, apple);
    };
    expect([grown(3 / 9, 0), grown(1, 3 / 9)]).toEqual([0, 3]);
    // Half the chance at 1 - 3/9 / (6/9).
    const { driver, state } = game([[4, 2, up]], { depletion: 6 / 9 });
    let sum = 0;
    for (let n = 0; n < 1000; n++) {
      for (const cell of [12, 19, 26]) state.ground[cell] = bare;
      play(driver, stay);
      if (driver.isOver(0)) break;
      sum += count(state, apple);
    }
    // 3 x 1000 tries with chance 1/2: standard deviation 27.
    expect(Math.abs(sum - 1500)).toBeLessThan(137);
  });

  it('fouls at most one cell a step', () => {
    const { driver, state } = game([[4, 2, up]], { wasteChance: 1, depletion: 1 });
    const before = count(state, waste);
    play(driver, stay);
    expect(count(state, waste)).toBe(before + 1);
  });
});

describe('what is observed', () => {
  it('is turned so that the player looks up', () => {
    // An apple ahead and to the right of the player, whichever way it faces.
    for (const [facing, x, y] of [
      [up, 1, -1],
      [east, 1, 1],
      [down, -1, 1],
      [west, -1, -1],
    ] as const) {
      const { driver, state, at } = place([[3, 3, facing]], { view: 1 });
      state.ground[at(3 + x, 3 + y)] = apple;
      play(driver, stay);
      const planes = driver.observationOf(0, 0);
      const apples = [...Array(9).keys()].filter((cell) => planes[cell * 4 + 1] === 1);
      expect(apples, `facing ${facing}`).toEqual([2]);
    }
  });

  it('shows walls, others and beams, and nothing beyond the map', () => {
    const { driver } = place(
      [
        [1, 1, up],
        [2, 1, up],
      ],
      { view: 2 },
    );
    play(driver, stay, fire);
    const planes = driver.observationOf(0, 0);
    const of = (plane: number) => [...Array(25).keys()].filter((cell) => planes[cell * 4 + plane] === 1);
    // Row 0 lies beyond the map, row 1 is its upper wall, column 0 beyond it, column 1 its left wall.
    expect(of(0)).toEqual([6, 7, 8, 9, 11, 16, 21]);
    expect(of(2)).toEqual([13]);
    // The beam straight ahead meets the wall; those at the sides begin beside the one who fires.
    expect(of(3)).toEqual([12, 14]);
  });
});

describe('bad parameters are refused with the constraint', () => {
  it.each([
    [commonsHarvest, { map: ['@@@', '@P@', '@@@'] }, 'found no place for an apple'],
    [commonsHarvest, { map: ['@@@@', '@PA@', '@@@'] }, 'found row 3 with 3 cells'],
    [commonsHarvest, { map: ['@@@@', '@PB@', '@@@@'] }, 'found "B" in row 2, cell 3'],
    [
      commonsHarvest,
      { map: ['@@@@', '@PA ', '@@@@'] },
      'walls along the border; found an open border in row 2, cell 4',
    ],
    [commonsHarvest, { agents: 40 }, 'at most 20 players'],
    [commonsHarvest, { regrowth: [0, 1] }, 'regrowth'],
    [cleanUp, { agents: 11 }, 'at most 10 players'],
    [cleanUp, { restoration: 0.5 }, 'less than depletion, 0.4'],
    [cleanUp, { horizon: -1 }, 'horizon'],
  ] as [AnyEnv, object, string][])('%#', (env, params, message) => {
    expect(() => parseWith(env.params, params, env.id)).toThrow(message);
  });
});

describe('under other settings', () => {
  it.each([
    [commonsHarvest, { agents: 1, view: 3, horizon: 50 }],
    [commonsHarvest, { agents: 3, reward: 'collective', horizon: 50, hitPenalty: 2 }],
    [cleanUp, { agents: 2, view: 4, horizon: 60, depletion: 1 }],
  ] as [AnyEnv, object][])('%# passes the conformance kit', (env, params) => {
    expect(checkEnv(env, { params, seed: 7, episodes: 2 }).failures).toEqual([]);
  });
});
