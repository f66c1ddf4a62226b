import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { NegotiationOutcome } from '#core';
import { bargainingPoints, conflict, evaluationMetrics, metrics, winWin } from '#metrics';
import { episode, failed, means, negotiation } from './episodes.ts';

const of = (name: string) => evaluationMetrics.get(`negotiation/${name}`);
const value = (name: string, ...parts: Parameters<typeof negotiation>) =>
  means(of(name), negotiation(...parts))[`negotiation/${name}`];

/** Player 0 asks for 10, 6 and 6 of at most 10 at times 0.2, 0.4 and 0.8; player 1 for 10 once. */
const offers = [
  { party: 0, time: 0.2, utilities: [10, 0] },
  { party: 1, time: 0.2, utilities: [0, 10] },
  { party: 0, time: 0.4, utilities: [6, 3] },
  { party: 0, time: 0.8, utilities: [6, 3] },
];

describe('metrics of evaluations', () => {
  it('are none of those that training logs', () => {
    for (const { id } of evaluationMetrics.items) expect(metrics.has(id)).toBe(false);
  });

  it('say nothing of what was no negotiation', () => {
    for (const metric of evaluationMetrics.items) expect(means(metric, episode())).toEqual({});
  });
});

test('welfare and gains count failed negotiations with what there is without an agreement', () => {
  expect(means(of('welfare'), negotiation(), failed)).toEqual({ 'negotiation/welfare': ((6 + 3) / 2 + 0) / 2 });
  expect(value('gainsFromTrade', { disagreement: [2, 1] })).toBe(6 - 2 + 3 - 1);
});

test('fairness is 1 at a fair solution, and less by the distance in diagonals elsewhere', () => {
  // The only fair solution of the four outcomes is (6,3).
  expect(value('fairness')).toBe(1);
  expect(value('fairness', { utilities: [10, 0] })).toBeCloseTo(1 - Math.hypot(4, 3) / Math.hypot(10, 10), 12);
  expect(means(of('fairness'), failed)).toEqual({});
});

test('fairness is the greatest of three optimalities, which are one less the distances', () => {
  const outcomes = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 2 }), {
    minLength: 2,
    maxLength: 9,
  });
  fc.assert(
    fc.property(outcomes, fc.nat(8), (feasible, k) => {
      const at = negotiation({ feasible, utilities: feasible[k % feasible.length] });
      const all = means(of('fairness'), at);
      const { diagonal } = bargainingPoints(feasible, [0, 0]);
      if (diagonal === 0) {
        expect(all).toEqual({});
        return;
      }
      const distances = ['nash', 'kalaiSmorodinsky', 'egalitarian'].map(
        (name) => means(metrics.get(`negotiation/${name}Distance`), at)[`negotiation/${name}Distance`],
      );
      expect(all['negotiation/fairness']).toBeCloseTo(1 - Math.min(...distances), 12);
    }),
  );
});

test('the advantage of the others is what each party faces', () => {
  expect(means(of('opponentAdvantage'), negotiation())).toEqual({
    'negotiation/opponentAdvantage/player_0': expect.closeTo(0.3, 12),
    'negotiation/opponentAdvantage/player_1': expect.closeTo(0.6, 12),
  });
});

test('a party is exploited that has less than half of the share of the others', () => {
  // 0.6 and 0.3: exactly half is not less. 1 and 0: one of two.
  expect(value('exploited')).toBe(0);
  expect(value('exploited', { utilities: [10, 0] })).toBe(1 / 2);
  expect(means(of('exploited'), failed)).toEqual({});
});

test('concession is measured per time, and patience by when it was made', () => {
  // From 1 to 0.6 between 0.2 and 0.8; all of it at 0.4. Player 1 made one offer only.
  expect(value('concessionRate', { offers })).toBeCloseTo((1 - 0.6) / (0.8 - 0.2), 12);
  expect(value('patience', { offers })).toBeCloseTo(0.4, 12);
  const later = [...offers, { party: 0, time: 0.9, utilities: [2, 2] }];
  expect(value('patience', { offers: later })).toBeCloseTo((0.4 * 0.4 + 0.4 * 0.9) / 0.8, 12);
  expect(means(of('patience'), negotiation({ offers: offers.slice(0, 2) }))).toEqual({});
});

test('exploration counts different offers, variability how far they lie apart', () => {
  // Two of four outcomes by player 0, one by player 1.
  expect(value('exploration', { offers })).toBe((2 / 4 + 1 / 4) / 2);
  const mean = (1 + 0.6 + 0.6) / 3;
  const variance = ((1 - mean) ** 2 + 2 * (0.6 - mean) ** 2) / 3;
  expect(value('offerVariability', { offers })).toBeCloseTo(Math.sqrt(variance), 12);
  // What is not among the outcomes that are told cannot be counted.
  const foreign = [{ party: 0, time: 0.2, utilities: [5, 5] }];
  expect(means(of('exploration'), negotiation({ offers: foreign }))).toEqual({});
});

test('offers are rational that bring their maker no loss', () => {
  // Player 0 has 7 anyway: of its offers only the 10 is rational; player 1 has nothing to lose.
  expect(value('rationalOffers', { offers, disagreement: [7, 0] })).toBe((1 + 0 + 0 + 1) / 4);
});

describe('conflict and win-win level', () => {
  it('are 1 and 0 where all is divided, 0 and 2 where all is shared', () => {
    const ten = Array.from({ length: 10 }, (_, i) => i / 9);
    const divided: Partial<NegotiationOutcome> = { feasible: ten.map((u) => [u, 1 - u]) };
    expect([value('conflict', divided), value('winWin', divided)]).toEqual([1, expect.closeTo(0, 12)]);
    // Of 45 pairs i < j the mean of (j - i) / 9 is 11 / 3 / 9, for each of the two.
    const shared = { feasible: ten.map((u) => [u, u]) };
    expect([value('conflict', shared), value('winWin', shared)]).toEqual([0, expect.closeTo((2 * 11) / 27, 12)]);
  });

  it('equal a count of all pairs', () => {
    const outcomes = fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 2 }), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(outcomes, (feasible) => {
        let [pairs, opposed, won] = [0, 0, 0];
        const best = [0, 1].map((party) => Math.max(...feasible.map((of) => of[party])));
        for (let i = 0; i < feasible.length; i++) {
          for (let j = 0; j < i; j++) {
            const [first, second] = [0, 1].map((party) => feasible[i][party] - feasible[j][party]);
            if (first === 0 && second === 0) continue;
            pairs++;
            if (first * second < 0) opposed++;
            const aligned = first === 0 ? Math.abs(second) : Math.sign(first) * second;
            won += Math.abs(first) / best[0] + aligned / best[1];
          }
        }
        expect(conflict(feasible)).toBe(pairs === 0 ? 1 : opposed / pairs);
        if (pairs > 0 && Math.min(...best) > 0) expect(winWin(feasible)).toBeCloseTo(won / pairs, 10);
        else expect(winWin(feasible)).toBeUndefined();
      }),
    );
  });

  it('are of two parties', () => {
    const three = { feasible: [[1, 2, 3]], utilities: [1, 2, 3], disagreement: [0, 0, 0] };
    expect([value('conflict', three), value('winWin', three)]).toEqual([undefined, undefined]);
  });
});
