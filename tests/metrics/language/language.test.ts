import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  attributeInformation,
  bagDisentanglement,
  type Channel,
  causalInfluence,
  causalInfluencePerState,
  conditionalEntropy,
  contextIndependence,
  countPairs,
  editDistance,
  entropy,
  hammingDistance,
  instantaneousCoordination,
  manhattanDistance,
  messageEntropies,
  messagesWith,
  mutualInformation,
  positionalDisentanglement,
  rankCorrelation,
  relativeEditDistance,
  rewardUnder,
  socialInfluence,
  speakerConsistency,
  statesWithMessages,
  symbolConceptCounts,
  topographicSimilarity,
} from '#metrics';

const log2 = Math.log(2);

test('entropy is the logarithm of the number of equally likely values, 0 for one', () => {
  expect(entropy([1, 1, 1, 1])).toBeCloseTo(2 * log2, 12);
  expect(entropy([7, 0])).toBe(0);
  expect(entropy([0.25, 0.75])).toBeCloseTo(-(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)), 12);
});

test('information is 0 between independent things and the entropy between identical ones', () => {
  expect(
    mutualInformation([
      [1, 3],
      [2, 6],
    ]),
  ).toBeCloseTo(0, 12);
  expect(
    mutualInformation([
      [5, 0],
      [0, 5],
    ]),
  ).toBeCloseTo(log2, 12);
});

const table = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(fc.nat(9), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  )
  .filter((rows) => rows.flat().some((count) => count > 0));

test('information is what knowing one thing takes off the entropy of the other', () => {
  fc.assert(
    fc.property(table, (counts) => {
      const columns = counts[0].map((_, j) => counts.reduce((sum, row) => sum + row[j], 0));
      expect(mutualInformation(counts)).toBeCloseTo(entropy(columns) - conditionalEntropy(counts), 9);
      expect(mutualInformation(counts)).toBeGreaterThan(-1e-9);
    }),
  );
});

test('pairs are counted in the order of first occurrence', () => {
  expect(countPairs(['x', 'y', 'x', 'x'], [1, 2, 2, 1])).toEqual([
    [2, 1],
    [0, 1],
  ]);
});

test('distances by hand', () => {
  expect(hammingDistance([1, 2, 3], [1, 0, 0])).toBe(2);
  expect(manhattanDistance([1, 2], [4, 0])).toBe(5);
  expect(editDistance([1, 2, 3], [2, 3, 4])).toBe(2);
  expect(editDistance([], [1, 2])).toBe(2);
  expect(editDistance([1, 2], [1, 2])).toBe(0);
  expect(relativeEditDistance([1, 2], [1, 2, 3, 4])).toBeCloseTo(2 / 3, 12);
  expect(relativeEditDistance([], [])).toBe(0);
});

const meanings = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const compositional = [
  [5, 7],
  [5, 8],
  [6, 7],
  [6, 8],
];

test('a language of one symbol an attribute is topographic, positional and a bag of symbols', () => {
  expect(topographicSimilarity(meanings, compositional)).toBeCloseTo(1, 12);
  expect(positionalDisentanglement(meanings, compositional)).toBeCloseTo(1, 12);
  expect(bagDisentanglement(meanings, compositional, [5, 6, 7, 8])).toBeCloseTo(1, 12);
  expect(attributeInformation(meanings, compositional)).toEqual([
    [expect.closeTo(log2, 12), expect.closeTo(0, 12)],
    [expect.closeTo(0, 12), expect.closeTo(log2, 12)],
  ]);
});

test('word order that follows the second attribute hides from positions, not from the bag', () => {
  const turned = compositional.map((message, i) => (i % 2 === 0 ? message : [...message].reverse()));
  expect(bagDisentanglement(meanings, turned, [5, 6, 7, 8])).toBeCloseTo(1, 12);
  expect(positionalDisentanglement(meanings, turned)).toBeLessThan(1);
});

test('a language that always says the same has no measure of structure', () => {
  const constant = meanings.map(() => [1, 2]);
  expect(topographicSimilarity(meanings, constant)).toBeUndefined();
  expect(positionalDisentanglement(meanings, constant)).toBeUndefined();
  expect(bagDisentanglement(meanings, constant, [1, 2])).toBeUndefined();
});

test('a language dealt out against the structure of its meanings scores below 0', () => {
  const crossed = [
    [5, 7],
    [6, 8],
    [6, 7],
    [5, 8],
  ];
  // Pairs (0,3) (1,2) differ twice in meaning and once in message, the others the reverse or equal.
  expect(topographicSimilarity(meanings, crossed)).toBeLessThan(0);
});

test('meanings with one attribute leave nothing to be confused with', () => {
  expect(positionalDisentanglement([[0], [1]], [[3], [4]])).toBeCloseTo(1, 12);
});

test('shorter messages are filled up with symbol 0', () => {
  expect(bagDisentanglement([[0], [1]], [[3], [3, 3]], [0])).toBeCloseTo(1, 12);
});

test('ranks of equal numbers are shared', () => {
  // Ranks 1.5 1.5 3 and 1 2 3: centred -0.5 -0.5 1 and -1 0 1.
  expect(rankCorrelation([4, 4, 9], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2), 12);
  expect(rankCorrelation([1, 1], [1, 2])).toBeUndefined();
});

test('a dictionary is context independent, a word for everything is not', () => {
  expect(
    contextIndependence([
      [3, 0],
      [0, 1],
    ]),
  ).toBe(1);
  // One symbol for two concepts: p(s | c) = 1, p(c | s) = 3/4 and 1/4.
  expect(contextIndependence([[3, 1]])).toBe(0.5);
  expect(contextIndependence([[0, 0]])).toBeUndefined();
});

test('the two readings choose different symbols where a rare symbol is the surer one', () => {
  // Concept 0: symbol 0 is said 6 of 7 times, but symbol 1 means it for sure.
  const counts = [
    [6, 6],
    [1, 0],
  ];
  // By p(s|c): 6/7 * 1/2 for concept 0 and 1 * 1/2 for concept 1.
  expect(contextIndependence(counts)).toBeCloseTo((3 / 7 + 1 / 2) / 2, 12);
  // By p(c|s): 1/7 * 1 for concept 0.
  expect(contextIndependence(counts, 'conceptGivenSymbol')).toBeCloseTo((1 / 7 + 1 / 2) / 2, 12);
});

test('a symbol that is never said is never chosen', () => {
  expect(
    contextIndependence([
      [0, 0],
      [1, 1],
    ]),
  ).toBe(0.5);
});

test('symbols are counted with every attribute value they are said about', () => {
  expect(symbolConceptCounts([[0], [1]], [[5], [6, 6]])).toEqual([
    [1, 0],
    [0, 2],
  ]);
});

/** Two states, alike; the speaker names the state and the listener obeys. */
const obeyed: Channel = {
  states: [0.5, 0.5],
  speaker: [
    [1, 0],
    [0, 1],
  ],
  listener: [
    [
      [1, 0],
      [0, 1],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ],
};
const deaf: Channel = {
  ...obeyed,
  listener: [
    [
      [0.3, 0.7],
      [0.3, 0.7],
    ],
    [
      [0.9, 0.1],
      [0.9, 0.1],
    ],
  ],
};

test('a speaker that names the state says all of it, and one that is obeyed coordinates fully', () => {
  expect(statesWithMessages(obeyed)).toBeCloseTo(log2, 12);
  expect(instantaneousCoordination(obeyed)).toBeCloseTo(log2, 12);
  expect(messagesWith(obeyed, obeyed.listener)).toEqual([
    [0.5, 0],
    [0, 0.5],
  ]);
  expect(messageEntropies(obeyed)).toEqual({ overall: expect.closeTo(log2, 12), givenState: 0 });
});

test('a deaf listener is not influenced, though it coordinates through the state', () => {
  expect(causalInfluence(deaf, 'uniform')).toBeCloseTo(0, 15);
  expect(instantaneousCoordination(deaf)).toBeGreaterThan(0.1);
});

test('an obeyed speaker influences by log 2 under uniform interventions, and by 0 as it speaks', () => {
  expect(causalInfluence(obeyed, 'uniform')).toBeCloseTo(log2, 12);
  expect(causalInfluencePerState(obeyed, 'spoken')).toEqual([0, 0]);
});

test('what a speaker does itself may go with what it says', () => {
  expect(speakerConsistency(obeyed, obeyed.listener)).toBeCloseTo(log2, 12);
  expect(
    speakerConsistency(obeyed, [
      [[1], [1]],
      [[1], [1]],
    ]),
  ).toBe(0);
});

test('influence of a message is how far it moves the listener from its average', () => {
  const babble: Channel = {
    ...obeyed,
    speaker: [
      [0.25, 0.75],
      [1, 0],
    ],
  };
  const influence = socialInfluence(babble);
  // Averages: p(a = 0) = 0.25: log(1 / 0.25), log(1 / 0.75).
  expect(influence[0]).toEqual([expect.closeTo(Math.log(4), 12), expect.closeTo(Math.log(4 / 3), 12)]);
  expect(influence[1]).toEqual([0, undefined]);
});

test('the worth of a channel shows when its messages are shuffled or silenced', () => {
  const reward = [
    [1, 0],
    [0, 1],
  ];
  expect(rewardUnder(obeyed, reward, 'none')).toBe(1);
  expect(rewardUnder(obeyed, reward, 'shuffled')).toBe(0.5);
  expect(rewardUnder(obeyed, reward, { constant: 0 })).toBe(0.5);
  for (const ablation of ['none', 'shuffled', { constant: 1 }] as const) {
    expect(rewardUnder(deaf, reward, ablation)).toBeCloseTo(0.5 * 0.3 + 0.5 * 0.1, 12);
  }
});
