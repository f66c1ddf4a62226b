import { expect, test } from 'vitest';
import { metrics } from '#metrics';
import { episode, failed, feasible, means, negotiation } from './episodes.ts';

const of = (name: string) => metrics.get(`negotiation/${name}`);

test('the agreement rate counts failed negotiations', () => {
  expect(means(of('agreementRate'), negotiation(), negotiation(), negotiation(), failed)).toEqual({
    'negotiation/agreementRate': 3 / 4,
  });
});

test('rounds to agreement leave failed negotiations out', () => {
  expect(means(of('roundsToAgreement'), negotiation({ rounds: 2 }), negotiation({ rounds: 5 }), failed)).toEqual({
    'negotiation/roundsToAgreement': 3.5,
  });
  expect(means(of('roundsToAgreement'), failed)).toEqual({});
});

test('utility shares are gains over the best possible gain, per party and on average', () => {
  expect(means(of('utilityShare'), negotiation())).toEqual({
    'negotiation/utilityShare': (0.6 + 0.3) / 2,
    'negotiation/utilityShare/player_0': 0.6,
    'negotiation/utilityShare/player_1': 0.3,
  });
  const above = negotiation({ utilities: [6, 3], disagreement: [2, 0] });
  expect(means(of('utilityShare'), above)['negotiation/utilityShare/player_0']).toBe((6 - 2) / (10 - 2));
});

test('a failed negotiation has utility share 0', () => {
  expect(means(of('utilityShare'), failed)['negotiation/utilityShare']).toBe(0);
  expect(means(of('jointUtilityShare'), failed)['negotiation/jointUtilityShare']).toBe(0);
});

test('the joint share is the sum of gains over the greatest sum, here 9 of 10', () => {
  expect(means(of('jointUtilityShare'), negotiation())['negotiation/jointUtilityShare']).toBe(0.9);
});

test('an agreement is efficient on the frontier and not when discounted or dominated', () => {
  const dominated = negotiation({ utilities: [2, 2] });
  const late = negotiation({ utilities: [6 * 0.9, 3 * 0.9] });
  const name = 'negotiation/paretoEfficient';
  expect(means(of('paretoEfficient'), negotiation())[name]).toBe(1);
  expect(means(of('paretoEfficient'), dominated)[name]).toBe(0);
  expect(means(of('paretoEfficient'), late)[name]).toBe(0);
  expect(means(of('paretoEfficient'), negotiation(), dominated, failed)[name]).toBe(1 / 2);
});

test('distances are Euclidean, in diagonals of the box of outcomes', () => {
  const dominated = negotiation({ utilities: [2, 2] });
  const diagonal = Math.hypot(10, 10);
  // The frontier is (10,0), (6,3), (0,10); the Nash and all fair solutions are (6,3): product 18, minimum 3.
  const toFair = Math.hypot(6 - 2, 3 - 2) / diagonal;
  expect(means(of('paretoDistance'), dominated)['negotiation/paretoDistance']).toBeCloseTo(toFair, 12);
  expect(means(of('nashDistance'), dominated)['negotiation/nashDistance']).toBeCloseTo(toFair, 12);
  expect(means(of('egalitarianDistance'), dominated)['negotiation/egalitarianDistance']).toBeCloseTo(toFair, 12);
  expect(means(of('kalaiSmorodinskyDistance'), negotiation())['negotiation/kalaiSmorodinskyDistance']).toBe(0);
});

test('the Nash product is relative to the best product and 0 for a failure', () => {
  expect(means(of('nashProduct'), negotiation(), failed)['negotiation/nashProduct']).toBe((1 + 0) / 2);
  expect(means(of('nashProduct'), negotiation({ utilities: [2, 2] }))['negotiation/nashProduct']).toBe(4 / 18);
});

test('the first proposer’s advantage is its share minus the mean share of the others, over agreements', () => {
  const name = 'negotiation/firstProposerAdvantage';
  expect(means(of('firstProposerAdvantage'), negotiation({ firstProposer: 0 }), failed)[name]).toBeCloseTo(0.3, 12);
  expect(means(of('firstProposerAdvantage'), negotiation({ firstProposer: 1 }))[name]).toBeCloseTo(-0.3, 12);
});

test('with three parties the others’ mean counts', () => {
  const three = negotiation({
    utilities: [6, 3, 1],
    disagreement: [0, 0, 0],
    feasible: [
      [10, 0, 0],
      [6, 3, 1],
      [0, 10, 0],
      [0, 0, 10],
    ],
  });
  const advantage = means(of('firstProposerAdvantage'), three)['negotiation/firstProposerAdvantage'];
  expect(advantage).toBeCloseTo(0.6 - (0.3 + 0.1) / 2, 12);
});

test('where a party can gain nothing, shares of its best are absent, not a number', () => {
  const hopeless = negotiation({ disagreement: [10, 0], agreement: false, utilities: [10, 0] });
  expect(means(of('utilityShare'), hopeless)).toEqual({});
  expect(means(of('nashProduct'), hopeless)).toEqual({});
});

test('instances with the same outcomes and another disagreement point are told apart', () => {
  const efficient = of('nashProduct');
  const first = means(efficient, negotiation({ feasible }))['negotiation/nashProduct'];
  const second = means(efficient, negotiation({ feasible, disagreement: [5, 0] }))['negotiation/nashProduct'];
  expect(first).toBe(1);
  // Gains count from (5, 0): (6, 3) has product 3, and no other rational outcome has more.
  expect(second).toBe(1);
  const worse = negotiation({ feasible, disagreement: [5, 0], utilities: [6, 1.5] });
  expect(means(efficient, worse)['negotiation/nashProduct']).toBe(1.5 / 3);
});

test('no negotiation metric says anything about an episode that was none', () => {
  for (const metric of metrics.items.filter(({ id }) => id.startsWith('negotiation/'))) {
    expect(means(metric, episode())).toEqual({});
  }
});
