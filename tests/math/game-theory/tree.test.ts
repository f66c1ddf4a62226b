import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bestResponse,
  createCfr,
  expectedReturns,
  flattenTree,
  type GameTree,
  nashConv,
  normalFormTree,
  payoffAt,
  profilesOf,
  sizesOf,
  treePolicy,
  uniformTreePolicy,
} from '#math';
import { kuhnTree } from './trees.ts';

const kuhn = flattenTree(kuhnTree);
const pennies = flattenTree(
  normalFormTree([
    [
      [1, -1],
      [-1, 1],
    ],
    [
      [-1, 1],
      [1, -1],
    ],
  ]),
);

test('a flat tree has every node once, children side by side behind their parent', () => {
  // 1 + 3 deals of the first card, 6 second deals with 9 nodes each: 4 chance, 24 moves, 30 ends.
  expect(kuhn.size).toBe(4 + 24 + 30);
  expect(kuhn.sets.length).toBe(12);
  expect(kuhn.slots).toBe(24);
  for (let node = 0; node < kuhn.size; node++) {
    expect(kuhn.firstChild[node + 1]).toBeGreaterThanOrEqual(kuhn.firstChild[node]);
    if (kuhn.firstChild[node + 1] > kuhn.firstChild[node]) expect(kuhn.firstChild[node]).toBeGreaterThan(node);
  }
  expect(kuhn.firstChild[0]).toBe(1);
  expect(kuhn.firstChild[kuhn.size]).toBe(kuhn.size);
});

test('in post order children come before their parents and each node once', () => {
  const place = new Map(Array.from(kuhn.postOrder, (node, i) => [node, i]));
  expect(place.size).toBe(kuhn.size);
  expect(kuhn.postOrder[kuhn.size - 1]).toBe(0);
  for (let node = 0; node < kuhn.size; node++) {
    for (let child = kuhn.firstChild[node]; child < kuhn.firstChild[node + 1]; child++) {
      expect(place.get(child)).toBeLessThan(place.get(node) as number);
    }
  }
});

test('a tree larger than allowed is given up', () => {
  expect(() => flattenTree(kuhnTree, 20)).toThrow('more than 20 nodes');
});

test('an information set whose nodes differ in their actions is a fault of the game', () => {
  const faulty: GameTree<readonly number[]> = {
    ...normalFormTree([[[1, 2]], [[1, 2]]]),
    mover: (chosen) => (chosen.length < 2 ? 0 : -2),
    actions: (chosen) => (chosen.length === 0 ? [0] : [0, 1]),
    informationState: () => 'same',
  };
  expect(() => flattenTree(faulty)).toThrow('information set "same" of player 0');
});

test('uniform play in Kuhn poker wins 1/8 for the first player, and leaves 11/12 to gain', () => {
  const { nashConv: gap, improvements, values } = nashConv(kuhn, uniformTreePolicy(kuhn));
  expect(values).toEqual([expect.closeTo(1 / 8, 12), expect.closeTo(-1 / 8, 12)]);
  expect(gap).toBeCloseTo(11 / 12, 12);
  expect(improvements).toEqual([expect.closeTo(3 / 8, 12), expect.closeTo(13 / 24, 12)]);
});

test("Kuhn's equilibrium is worth -1/18 and cannot be improved on", () => {
  // The member of the family with a bluffing rate of 0.3: jack bets 0.3, king 0.9, queen calls 0.3 + 1/3.
  const bets: Record<string, number> = {
    '0': 0.3,
    '1': 0,
    '2': 0.9,
    '0pb': 0,
    '1pb': 0.3 + 1 / 3,
    '2pb': 1,
    '0p': 1 / 3,
    '1p': 0,
    '2p': 1,
    '0b': 0,
    '1b': 1 / 3,
    '2b': 1,
  };
  const policy = treePolicy(kuhn, ({ name }) => [1 - bets[name], bets[name]]);
  const { nashConv: gap, values } = nashConv(kuhn, policy);
  expect(values[0]).toBeCloseTo(-1 / 18, 12);
  expect(gap).toBeCloseTo(0, 12);
});

test('a best response answers every information set of its player and of nobody else', () => {
  const { value, choices } = bestResponse(kuhn, uniformTreePolicy(kuhn), 1);
  expect(value).toBeCloseTo(13 / 24 - 1 / 8, 12);
  kuhn.sets.forEach(({ player, name }, set) => {
    if (player === 0) expect(choices[set]).toBe(-1);
    else expect([0, 1]).toContain(choices[set]);
    // A king always takes more.
    if (name === '2b' || name === '2p') expect(choices[set]).toBe(1);
  });
});

test('a best response is as good as the best of all pure policies', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 24, maxLength: 24 }), (weights) => {
      const policy = treePolicy(kuhn, ({ offset }) => [weights[offset], weights[offset + 1]]);
      const mine = kuhn.sets.flatMap(({ player }, set) => (player === 0 ? [set] : []));
      let best = Number.NEGATIVE_INFINITY;
      for (let code = 0; code < 2 ** mine.length; code++) {
        const pure = policy.slice();
        mine.forEach((set, bit) => {
          const { offset } = kuhn.sets[set];
          pure[offset] = (code >> bit) & 1;
          pure[offset + 1] = 1 - pure[offset];
        });
        best = Math.max(best, expectedReturns(kuhn, pure)[0]);
      }
      expect(bestResponse(kuhn, policy, 0).value).toBeCloseTo(best, 10);
    }),
    { numRuns: 25 },
  );
});

test('weights that are all 0 mean all actions alike', () => {
  expect(treePolicy(pennies, () => [0, 0])).toEqual(uniformTreePolicy(pennies));
});

test('regret minimisation starts uniform and finds the equilibrium of Kuhn poker', () => {
  for (const [variant, bound] of [
    ['cfr', 0.02],
    ['cfr+', 0.003],
  ] as const) {
    const cfr = createCfr(kuhn, variant);
    expect(cfr.averagePolicy()).toEqual(uniformTreePolicy(kuhn));
    expect(cfr.currentPolicy()).toEqual(uniformTreePolicy(kuhn));
    cfr.run(100);
    expect(cfr.iterations).toBe(100);
    const { nashConv: gap, values } = nashConv(kuhn, cfr.averagePolicy());
    expect(gap).toBeLessThan(bound);
    expect(values[0]).toBeCloseTo(-1 / 18, 2);
  }
});

test('iterations may be run in any portions', () => {
  const [once, often] = [createCfr(kuhn), createCfr(kuhn)];
  once.run(20);
  for (let i = 0; i < 10; i++) often.run(2);
  expect(often.averagePolicy()).toEqual(once.averagePolicy());
  expect(often.currentPolicy()).toEqual(once.currentPolicy());
});

test('one iteration by hand: the second player meets the new policy of the first', () => {
  // Payoffs 3, 0 / 0, 1 for both. Regrets of uniform play are 1.5 - 1 and 0.5 - 1, so the first plays 0 at once; against
  // that the second's choices are worth 3 and 0.
  const table = [
    [3, 0],
    [0, 1],
  ];
  const tree = flattenTree(normalFormTree([table, table]));
  const cfr = createCfr(tree);
  cfr.run(1);
  expect([...cfr.currentPolicy()]).toEqual([1, 0, 1, 0]);
  // Averages are taken before the update.
  expect([...cfr.averagePolicy()]).toEqual([0.5, 0.5, 0.5, 0.5]);
});

test('a table of any shape becomes a tree in which nobody sees the others', () => {
  const threePlayers = [
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      [
        [5, 6],
        [7, 8],
      ],
    ],
    [
      [
        [0, 1],
        [1, 0],
      ],
    ],
  ];
  expect(sizesOf(threePlayers[0])).toEqual([1, 2, 2]);
  const tree = flattenTree(normalFormTree(threePlayers));
  expect(tree.sets.map(({ player }) => player)).toEqual([0, 1, 2]);
  expect(Array.from(expectedReturns(tree, uniformTreePolicy(tree)))).toEqual([2.5, 6.5, 0.5]);
  expect(payoffAt(threePlayers[1], [0, 1, 0])).toBe(7);
  expect(profilesOf([2, 2])).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  expect(normalFormTree(threePlayers).probabilities([])).toEqual([]);
  expect(normalFormTree(threePlayers).actions([0, 1, 1])).toEqual([]);
});
