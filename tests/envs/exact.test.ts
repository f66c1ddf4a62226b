import { describe, expect, it } from 'vitest';
import { chanceMoves, firstPriceAuction, gameOver, goofspiel, kuhnPoker, leducPoker, sheriff, tinyHanabi } from '#envs';
import { expectedReturns, flattenTree, nashConv, uniformTreePolicy } from '#math';
import { countTree, treeOf, uniformValues } from './trees.ts';

/** Sizes and values that a walk over open_spiel 2.0.2 gives. */
const known = [
  {
    world: kuhnPoker,
    params: {},
    chance: 4,
    over: 30,
    decisions: [12, 12],
    informationSets: [6, 6],
    values: [1 / 8, -1 / 8],
  },
  {
    world: kuhnPoker,
    params: { players: 3 },
    chance: 17,
    over: 312,
    decisions: [96, 96, 96],
    informationSets: [16, 16, 16],
    values: [0.234375, -0.046875, -0.1875],
  },
  {
    world: leducPoker,
    params: {},
    chance: 157,
    over: 5520,
    decisions: [1890, 1890],
    informationSets: [468, 468],
    values: [-0.078125, 0.078125],
  },
  {
    world: tinyHanabi,
    params: {},
    chance: 3,
    over: 36,
    decisions: [4, 12],
    informationSets: [2, 6],
    values: [67 / 18, 67 / 18],
  },
  {
    world: goofspiel,
    params: { cards: 3, hidden: true, pointsOrder: 'descending' },
    chance: 0,
    over: 36,
    decisions: [10, 21],
    informationSets: [8, 8],
    values: [0, 0],
  },
  {
    world: goofspiel,
    params: { cards: 3, hidden: true },
    chance: 28,
    over: 216,
    decisions: [57, 117],
    informationSets: [45, 45],
    values: [0, 0],
  },
  {
    world: sheriff,
    params: { maxItems: 2, maxBribe: 2, rounds: 2 },
    chance: 0,
    over: 108,
    decisions: [22, 63],
    informationSets: [22, 21],
    values: [-0.5, 1],
  },
  {
    world: sheriff,
    params: {},
    chance: 0,
    over: 16_384,
    decisions: [2341, 9360],
    informationSets: [2341, 2340],
    values: [-1.125, 1.875],
  },
  {
    world: firstPriceAuction,
    params: { maxValue: 3 },
    chance: 40,
    over: 50,
    decisions: [9, 18],
    informationSets: [3, 3],
    values: [0.7021604938271604, 0.7021604938271604],
  },
] as const;

/** NashConv of uniform play, printed by open_spiel 2.0.2. */
const uniformNashConv = [
  { world: kuhnPoker, params: {}, nashConv: 0.9166666666666666, improvements: [0.375, 0.5416666666666666] },
  {
    world: kuhnPoker,
    params: { players: 3 },
    nashConv: 2.0625,
    improvements: [0.546875, 0.6927083333333334, 0.8229166666666665],
  },
  { world: leducPoker, params: {}, nashConv: 4.747222222222222, improvements: [2.165625, 2.5815972222222223] },
  {
    world: tinyHanabi,
    params: {},
    nashConv: 3.8888888888888893,
    improvements: [1.6111111111111116, 2.2777777777777777],
  },
  { world: sheriff, params: {}, nashConv: 3.1875, improvements: [2.625, 0.5625] },
] as const;

describe('uniform play', () => {
  for (const { world, params, ...expected } of uniformNashConv) {
    it(`of ${world.id} ${JSON.stringify(params)} is as far from equilibrium as upstream says`, () => {
      const tree = flattenTree(treeOf(world, params));
      const policy = uniformTreePolicy(tree);
      const found = nashConv(tree, policy);
      expect(found.nashConv).toBeCloseTo(expected.nashConv, 9);
      found.improvements.forEach((gain, p) => {
        expect(gain).toBeCloseTo(expected.improvements[p], 9);
      });
      // The two ways to add up the tree agree.
      uniformValues(treeOf(world, params)).forEach((value, p) => {
        expect(expectedReturns(tree, policy)[p]).toBeCloseTo(value, 9);
      });
    });
  }
});

describe('the tree of a game', () => {
  for (const { world, params, values, ...sizes } of known) {
    const name = `${world.id} ${JSON.stringify(params)}`;
    it(`${name} has as many nodes and information sets as upstream’s`, () => {
      expect(countTree(treeOf(world, params))).toEqual(sizes);
    });

    it(`${name} is worth to uniform players what upstream says`, () => {
      uniformValues(treeOf(world, params)).forEach((value, p) => {
        expect(value).toBeCloseTo(values[p], 12);
      });
    });
  }

  it('gives chance probabilities that add up to one, and nothing to choose at the end', () => {
    const tree = treeOf(leducPoker, { suits: false });
    const dealt = tree.child(tree.child(tree.root, 0), 0);
    expect(tree.mover(tree.root)).toBe(chanceMoves);
    // Six cards of three ranks; two of one rank are gone after two deals.
    expect(tree.probabilities(tree.root)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(tree.actions(tree.child(tree.child(dealt, 1), 1))).toEqual([1, 2]);
    expect(tree.probabilities(tree.child(tree.child(dealt, 1), 1))).toEqual([1 / 2, 1 / 2]);
    const folded = tree.child(tree.child(dealt, 2), 0);
    expect([tree.mover(folded), tree.actions(folded), tree.returns(folded)]).toEqual([gameOver, [], [1, -1]]);
  });

  it('leaves a node as it was when its children are walked', () => {
    const tree = treeOf(kuhnPoker);
    const before = structuredClone(tree.root);
    countTree(tree);
    expect(tree.root).toEqual(before);
  });
});
