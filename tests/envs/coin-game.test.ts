import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv, parseWith } from '#core';
import { type CoinGameJaxmarlState, type CoinGameLolaState, coinGameJaxmarl, coinGameLola } from '#envs';
import { field, fixedRng, play, start } from './worlds.ts';

const [right, left, down, up, stay] = [0, 1, 2, 3, 4];

describe('the coin game of LOLA', () => {
  /** Red in cell 0, blue in cell 4, a coin in cell 1; the first draw is the colour before. */
  const game = (before: number, ...more: number[]) => {
    const driver = start(coinGameLola, {}, { rng: () => fixedRng([before, 0, 4, 1, ...more]) });
    return { driver, state: driver.stateOf(0) as CoinGameLolaState };
  };

  it('starts with players apart and a coin where neither is', () => {
    const driver = start(coinGameLola, {}, { rng: () => fixedRng([1, 3, 3, 3, 5, 3, 5, 8]) });
    const { players, coin, color } = driver.stateOf(0) as CoinGameLolaState;
    expect([[...players], coin, color]).toEqual([[3, 5], 8, 0]);
  });

  it('joins the edges', () => {
    const { driver, state } = game(1);
    play(driver, left, down);
    expect([...state.players]).toEqual([2, 7]);
    play(driver, up, left);
    expect([...state.players]).toEqual([8, 6]);
  });

  it('pays 1 for a coin; its owner loses 2 when it is the other’s', () => {
    for (const [before, rewards] of [
      [1, [1, 0]],
      [0, [1, -2]],
    ] as const) {
      const { driver, state } = game(before, 7);
      play(driver, right, right);
      expect([...driver.rewards]).toEqual(rewards);
      // The next coin has the other colour.
      expect([state.coin, state.color]).toEqual([7, before]);
    }
  });

  it('serves red where both arrive, whatever the colour', () => {
    for (const [before, rewards] of [
      [1, [1, 0]],
      [0, [1, -2]],
    ] as const) {
      const { driver } = game(before, 7);
      play(driver, right, up);
      expect([...driver.rewards]).toEqual(rewards);
    }
  });

  it('shows planes of red, blue, red coin and blue coin to both alike', () => {
    const { driver } = game(0);
    for (const agent of [0, 1]) {
      const at = ['red player', 'blue player', 'red coin', 'blue coin'].map((n) => field(driver, agent, n).indexOf(1));
      expect(at).toEqual([0, 4, -1, 1]);
    }
  });

  it('is cut off after 150 steps and counts whose coins were taken', () => {
    const { driver, state } = game(1, 2, 7);
    play(driver, right, right);
    play(driver, right, right);
    expect(coinGameLola.metrics?.(state, coinGameLola.params.parse({}))).toEqual({ coins: 2, ownShare: 0.5 });
    const whole = start(coinGameLola, {});
    while (!whole.isOver(0)) play(whole, left, right);
    expect([whole.lengths[0], whole.truncated[0]]).toEqual([150, 1]);
  });
});

describe('the coin game of JaxMARL', () => {
  /** Cells of red, blue, red coin and blue coin. */
  const game = (cells: number[], more: number[] = [], params: object = {}) => {
    const driver = start(coinGameJaxmarl, params, { rng: () => fixedRng([...cells, ...more]) });
    return { driver, state: driver.stateOf(0) as CoinGameJaxmarlState };
  };

  it('pays each who steps on a coin, and takes 2 from its owner when the other does', () => {
    for (const [cells, moves, rewards] of [
      [
        [0, 8, 1, 4],
        [right, stay],
        [1, 0],
      ],
      [
        [0, 8, 4, 1],
        [right, stay],
        [1, -2],
      ],
      // Both on red’s coin: red gets 1 - 2.
      [
        [0, 2, 1, 4],
        [right, left],
        [-1, 1],
      ],
      // Both coins in one cell: 1 + 1 for red, -2 for blue.
      [
        [0, 8, 1, 1],
        [right, stay],
        [2, -2],
      ],
    ] as const) {
      const { driver } = game([...cells], [5, 5]);
      play(driver, ...moves);
      expect([...driver.rewards]).toEqual(rewards);
    }
  });

  it('places all anew after ten steps, whose last is not paid', () => {
    const { driver, state } = game([0, 8, 1, 4], [6, 3, 5, 7, 2]);
    for (let t = 0; t < 9; t++) play(driver, stay, stay);
    // Red takes its coin in the last step: a new coin is drawn, then all places.
    play(driver, right, stay);
    expect([...driver.rewards]).toEqual([0, 0]);
    expect([[...state.players], [...state.coins]]).toEqual([
      [3, 5],
      [7, 2],
    ]);
    expect(driver.isOver(0)).toBe(false);
  });

  it('shows every player as the first, in the middle on request', () => {
    const cells = [0, 8, 1, 4];
    const seen = (egocentric: boolean, agent: number) => {
      const { driver } = game(cells, [], { egocentric });
      const numbers = driver.observationOf(0, agent);
      return [0, 1, 2, 3].map((plane) => [...Array(9).keys()].find((cell) => numbers[cell * 4 + plane] === 1));
    };
    expect(seen(false, 0)).toEqual([0, 8, 1, 4]);
    expect(seen(false, 1)).toEqual([8, 0, 4, 1]);
    // Red at (0, 0) goes to (1, 1): everything moves by one row and one column.
    expect(seen(true, 0)).toEqual([4, 0, 5, 8]);
    expect(seen(true, 1)[0]).toBe(4);
  });

  it('can share rewards', () => {
    const { driver } = game([0, 8, 4, 1], [5], { sharedRewards: true });
    play(driver, right, stay);
    expect([...driver.rewards]).toEqual([-1, -1]);
  });
});

it('bad parameters are refused', () => {
  expect(() => parseWith(coinGameLola.params, { size: 1 }, 'coin')).toThrow('size');
  expect(() => parseWith(coinGameJaxmarl.params, { outerSteps: -1 }, 'coin')).toThrow('outerSteps');
});

describe('under other settings', () => {
  it.each([
    [coinGameLola, { size: 2, steps: 20 }],
    [coinGameJaxmarl, { innerSteps: 3, outerSteps: 4, egocentric: true }],
    [
      coinGameJaxmarl,
      {
        sharedRewards: true,
        outerSteps: 2,
        payoffs: [
          [1, 0, -1],
          [2, 3, -4],
        ],
      },
    ],
  ] as [AnyEnv, object][])('%# passes the conformance kit', (env, params) => {
    expect(checkEnv(env, { params, seed: 7, episodes: 3 }).failures).toEqual([]);
  });
});
