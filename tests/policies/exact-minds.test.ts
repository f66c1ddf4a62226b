import { describe, expect, test } from 'vitest';
import { type AnyEnv, layOutAgents, PolityError, type Rng } from '#core';
import {
  coinGameOpenSpiel,
  coloredTrails,
  firstPriceAuction,
  gameTree,
  goofspiel,
  hanabi,
  kuhnPoker,
  negotiationOpenSpiel,
  negotiationOpenSpielMended,
  oshiZumo,
  sheriff,
  sheriffMended,
  tinyHanabi,
} from '#envs';
import { flattenTree, nashConv, treePolicy } from '#math';
import { findPolicy } from '#policies';
import { meanReturns, play, seat } from './play.ts';

/** Mean returns of policies by id, one for each agent. */
function returns(env: AnyEnv, seats: readonly string[], episodes: number, params: object = {}): number[] {
  const minds = seats.map((id) => findPolicy(id));
  return meanReturns(play(env, params, minds, { episodes, seed: 'minds' }));
}

function refusal(env: AnyEnv, params: object, id: string, agents: number): string {
  try {
    seat(env, params, Array(agents).fill(findPolicy(id)), 0);
  } catch (error) {
    if (error instanceof PolityError) return `${error.detail.where}: ${error.detail.got}, ${error.detail.expected}`;
    throw error;
  }
  return 'not refused';
}

/** How often a mind bets with a card after some moves in Kuhn poker: its share over 600 evenly spread draws. */
function betRate(id: string, player: number, card: number, moves: string): number {
  let draw = 0;
  const rng = { random: () => draw } as unknown as Rng;
  const params = kuhnPoker.params.parse({});
  const role = layOutAgents(kuhnPoker, params).roles[0];
  const actor = findPolicy(id).createActor({ env: { id: 'kuhn-poker', params }, role, rows: 1, rng });
  const observations = new Float32Array(role.observationSize);
  observations[player] = 1;
  observations[2 + card] = 1;
  Array.from(moves).forEach((move, i) => {
    observations[5 + 2 * i + Number(move)] = 1;
  });
  const actions = new Float64Array(1);
  let bets = 0;
  for (let i = 0; i < 600; i++) {
    draw = (i + 0.5) / 600;
    actor.act({ rows: Int32Array.of(0), count: 1, observations, masks: new Uint8Array([1, 1]), actions });
    bets += actions[0];
  }
  return bets / 600;
}

describe('kuhn-equilibrium', () => {
  test.each(['kuhn-equilibrium', 'kuhn-equilibrium(0)', 'kuhn-equilibrium(0.2)'])(
    '%s leaves nobody anything to gain',
    (id) => {
      const tree = flattenTree(gameTree(kuhnPoker.rules, kuhnPoker.params.parse({})));
      const policy = treePolicy(tree, ({ player, name }) => {
        const [, card, moves] = /^\d\|(\d) (\d*)$/.exec(name) ?? [];
        const bets = betRate(id, player, Number(card), moves);
        return [1 - bets, bets];
      });
      const { nashConv: distance, values } = nashConv(tree, policy);
      expect(distance).toBeCloseTo(0, 9);
      expect(values[0]).toBeCloseTo(-1 / 18, 9);
    },
  );

  test('plays the same whichever view it is shown', () => {
    const minds = Array(2).fill(findPolicy('kuhn-equilibrium'));
    const games = ['information-state', 'observation'].map((view) =>
      play(kuhnPoker, { view }, minds, { episodes: 200 }).map((game) => game.returns),
    );
    expect(games[0]).toEqual(games[1]);
  });

  test('refuses bluffing rates that are no equilibrium, and tables of three', () => {
    expect(() => findPolicy('kuhn-equilibrium(0.5)')).toThrow('0 to 1/3');
    expect(refusal(kuhnPoker, { players: 3 }, 'kuhn-equilibrium', 3)).toContain('3 players, two players');
  });
});

test('match-points beats random bids in most games, in either view', () => {
  for (const view of ['information-state', 'observation']) {
    for (const hidden of [false, true]) {
      expect(returns(goofspiel, ['match-points', 'random'], 50, { view, hidden })[0]).toBeGreaterThan(0.7);
    }
  }
});

test('shading-bidder earns more than a random bidder does in its place', () => {
  const shading = returns(firstPriceAuction, ['shading-bidder', 'random'], 1000)[0];
  expect(shading).toBeGreaterThan(returns(firstPriceAuction, ['random', 'random'], 1000)[0] + 0.3);
  // Two of them with values v and w: the higher value wins with half of it.
  const games = play(firstPriceAuction, {}, Array(2).fill(findPolicy('shading-bidder')), { episodes: 200, seed: 1 });
  for (const { metrics } of games) expect(metrics.price).toBeLessThanOrEqual(5);
});

test('best-convention gets 10 whatever is dealt', () => {
  const games = play(tinyHanabi, {}, Array(2).fill(findPolicy('best-convention')), { episodes: 100 });
  for (const game of games) expect(game.returns).toEqual([10, 10]);
  expect(
    refusal(tinyHanabi, { actions: 2, cards: 21, payoffs: Array(42 ** 2).fill(0) }, 'best-convention', 2),
  ).toContain('2 actions for each of 21 cards');
});

test('steady-push wins against random bids far more often than not', () => {
  expect(returns(oshiZumo, ['steady-push', 'random'], 100)[0]).toBeGreaterThan(0.5);
  expect(returns(oshiZumo, ['random', 'steady-push'], 100, { coins: 12, size: 2, minBid: 3 })[1]).toBeGreaterThan(0.2);
  expect(refusal(oshiZumo, { view: 'seats' }, 'steady-push', 2)).toContain('view seats, view own');
});

test('coin-collector takes no coin that nobody wants, and two of them get far more than random players', () => {
  const games = play(coinGameOpenSpiel, {}, Array(2).fill(findPolicy('coin-collector')), { episodes: 100 });
  for (const { metrics } of games) expect(metrics.badCoins).toBe(0);
  expect(meanReturns(games)[0]).toBeGreaterThan(10);
  const other = returns(coinGameOpenSpiel, ['random', 'random'], 100)[0];
  expect(meanReturns(games)[0]).toBeGreaterThan(other + 5);
});

test.each([sheriff, sheriffMended])('half-bribe shares a full load: 3 items for 2 coins', (world) => {
  expect(returns(world, ['half-bribe', 'half-bribe'], 5)).toEqual([1, 2]);
  // In ten rounds upstream’s move number runs through the places of the bribes.
  expect(returns(world, ['half-bribe', 'half-bribe'], 5, { rounds: 10, maxItems: 1, maxBribe: 4 })).toEqual([0, 1]);
});

describe('haggler', () => {
  test.each([negotiationOpenSpiel, negotiationOpenSpielMended])(
    'mostly agrees with itself, for more than random talk brings',
    (world) => {
      const games = play(world, {}, Array(2).fill(findPolicy('haggler')), { episodes: 200, seed: 'talk' });
      const agreed = games.filter(({ outcome }) => outcome.negotiation?.agreement).length;
      expect(agreed).toBeGreaterThan(120);
      const random = returns(world, ['random', 'random'], 200);
      expect(meanReturns(games)[0]).toBeGreaterThan(random[0] + 5);
      expect(meanReturns(games)[1]).toBeGreaterThan(random[1] + 5);
    },
  );

  test('accepts no proposal that it does not see', () => {
    const games = play(negotiationOpenSpielMended, { proposals: false }, Array(2).fill(findPolicy('haggler')), {
      episodes: 20,
    });
    for (const { outcome } of games) expect(outcome.negotiation?.agreement).toBe(false);
  });
});

test('greedy-trader closes trades by which nobody loses', () => {
  const games = play(coloredTrails, {}, Array(3).fill(findPolicy('greedy-trader')), { episodes: 12 });
  for (const game of games) for (const gain of game.returns) expect(gain).toBeGreaterThanOrEqual(0);
  const [first, second, answering] = meanReturns(games);
  expect(first + second).toBeGreaterThan(20);
  expect(answering).toBeGreaterThan(5);
});

describe('cautious', () => {
  test.each([
    [2, 16],
    [3, 15],
    [5, 13],
  ])('scores well with %d players without losing its lives', (players, least) => {
    const games = play(hanabi, { players }, Array(players).fill(findPolicy('cautious')), { episodes: 15 });
    expect(meanReturns(games)[0]).toBeGreaterThan(least);
    for (const { metrics } of games) expect(metrics.mistakes).toBe(0);
  });

  test('plays small and strange games to their end', () => {
    for (const params of [
      { colors: 2, ranks: 2, handSize: 2, hints: 0 },
      { colors: 1, handSize: 5 },
      { observation: 'seer' },
    ]) {
      const games = play(hanabi, params, Array(2).fill(findPolicy('cautious')), { episodes: 5 });
      for (const game of games) expect(game.length).toBeGreaterThan(0);
    }
  });

  test('needs to see what hints have told', () => {
    expect(refusal(hanabi, { observation: 'minimal' }, 'cautious', 2)).toContain('observation card-knowledge');
  });
});
