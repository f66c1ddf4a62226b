import { describe, expect, it } from 'vitest';
import {
  bayesianEstimate,
  createBayesianModel,
  createFrequencyModel,
  frequencyEstimate,
  noteOffer,
  updateBayesianModel,
} from '#math';
import { acCombi, acConst, acNext, acTime, findPolicy, policies } from '#policies';
import { createMemory } from '#policies/negotiation/memory';
import type { Party } from '#policies/negotiation/party';
import { hybrid } from '#policies/negotiation/time-based';
import {
  absoluteTitForTat,
  averagedTitForTat,
  niceTitForTat,
  relativeTitForTat,
} from '#policies/negotiation/tit-for-tat';
import { episodes, given, run } from './play.ts';

const noDraws = undefined as never;
const party = (knows: Partial<Party>): Party => ({ ...createMemory(0, [], 0).party, ...knows });

const negotiators = policies.items.filter(({ card }) => card.worlds.includes('negotiation')).map(({ id }) => id);

describe('acceptance conditions', () => {
  const standing = (share: number, rest: Partial<Party> = {}) =>
    party({ standing: share, time: 0.5, round: 4, ...rest });

  it('AC_next takes what is as good as the own next offer, scaled and shifted', () => {
    expect([0.69, 0.7].map((share) => acNext()(standing(share), 0.7))).toEqual([false, true]);
    // 1.1 * 0.6 + 0.05 = 0.71.
    expect([acNext(1.1, 0.05)(standing(0.6), 0.71), acNext(1.1, 0.05)(standing(0.6), 0.72)]).toEqual([true, false]);
  });

  it('AC_const takes what brings a fixed share, whatever would be offered next', () => {
    expect([0.49, 0.5].map((share) => acConst(0.5)(standing(share), 1))).toEqual([false, true]);
  });

  it('AC_time takes whatever is no loss from a time on', () => {
    expect([0.89, 0.9].map((time) => acTime(0.9)(standing(0.01, { time }), 1))).toEqual([false, true]);
    expect(acTime(0.9)(standing(-0.01, { time: 0.95 }), 1)).toBe(false);
  });

  it('AC_combi takes late what is no worse than the best, or the mean, of as many offers as are left to come', () => {
    // At 0.9 after 9 rounds one is left: only the offer before this one counts, 0.3, not the 0.6 before.
    const late = (share: number) => party({ standing: share, time: 0.9, round: 8, heard: [0.6, 0.3, share] });
    expect([acCombi(0.9)(late(0.29), 1), acCombi(0.9)(late(0.3), 1)]).toEqual([false, true]);
    // At 0.75 after 6 rounds two are left: best 0.6, mean 0.45.
    const sooner = (share: number) => party({ standing: share, time: 0.75, round: 5, heard: [0.9, 0.6, 0.3, share] });
    expect([acCombi(0.5)(sooner(0.5), 1), acCombi(0.5)(sooner(0.6), 1)]).toEqual([false, true]);
    expect([acCombi(0.5, 'mean')(sooner(0.44), 1), acCombi(0.5, 'mean')(sooner(0.45), 1)]).toEqual([false, true]);
    // Before its time it is AC_next.
    expect([acCombi(0.8)(sooner(0.6), 0.7), acCombi(0.8)(sooner(0.7), 0.7)]).toEqual([false, true]);
  });
});

describe('tit-for-tat', () => {
  it('opens with the best, and waits until there is something to answer', () => {
    for (const strategy of [relativeTitForTat, absoluteTitForTat, averagedTitForTat]) {
      expect(strategy.propose(party({}), noDraws)).toBe(1);
      expect(strategy.propose(party({ own: [0.9], heard: [0.2] }), noDraws)).toBe(0.9);
    }
  });

  it('relative: what the others left out fell from 0.8 to 0.6, so it asks for three quarters as much', () => {
    expect(relativeTitForTat.propose(party({ own: [1, 0.8], heard: [0.2, 0.4] }), noDraws)).toBeCloseTo(0.6, 12);
  });

  it('absolute: they gave way by 0.2, so it does', () => {
    expect(absoluteTitForTat.propose(party({ own: [1, 0.8], heard: [0.2, 0.4] }), noDraws)).toBeCloseTo(0.6, 12);
    expect(absoluteTitForTat.propose(party({ own: [0.8], heard: [0.4, 0.2] }), noDraws)).toBeCloseTo(1, 12);
  });

  it('averaged: over two steps from 0.8 to 0.2 a quarter is left, half a step', () => {
    expect(averagedTitForTat.propose(party({ own: [0.8], heard: [0.2, 0.5, 0.8] }), noDraws)).toBeCloseTo(0.4, 12);
  });

  it('nice: halfway to the fair share of 0.6 is answered halfway from 1 to 0.6', () => {
    const half = { heard: [0.2, 0.4], fair: 0.6, time: 0.5 };
    expect(niceTitForTat.propose(party(half), noDraws)).toBeCloseTo(0.8, 12);
    // At 0.95, half of its last tenth, a quarter of the rest of the way: 0.5 + 0.5 * 0.25 of 0.4.
    expect(niceTitForTat.propose(party({ ...half, time: 0.95 }), noDraws)).toBeCloseTo(1 - 0.4 * 0.625, 12);
  });

  it('hybrid: at 0.5 its curve asks for 0.25 + 0.375 + 0.1375, and a concession of 0.2 counts 0.75 of it', () => {
    const byTime = 0.25 + 0.5 * 0.75 + 0.25 * 0.55;
    expect(hybrid.propose(party({ time: 0.5 }), noDraws)).toBeCloseTo(byTime, 12);
    const imitating = 0.9 - 0.75 * 0.2;
    expect(hybrid.propose(party({ time: 0.5, own: [0.9], heard: [0.1, 0.3] }), noDraws)).toBeCloseTo(
      0.75 * imitating + 0.25 * byTime,
      12,
    );
  });
});

describe('every negotiator', () => {
  it('is one of the zoo', () => {
    for (const id of ['boulware', 'linear', 'conceder', 'hard-headed', 'micro', 'hybrid'])
      expect(negotiators).toContain(id);
    for (const kind of ['relative', 'absolute', 'averaged', 'nice', 'naive']) {
      expect(negotiators).toContain(`${kind}-tit-for-tat`);
    }
  });

  it.each(negotiators)('%s: plays two and three parties, in both faces, within the rules', (id) => {
    const policy = findPolicy(id);
    for (const params of [
      {},
      { face: 'relative' },
      { parties: 3, utilities: 'table' },
      { rules: ['R1', 'R2', 'R4'] },
    ]) {
      if (id === 'top-fraction' && 'face' in params) {
        expect(() => run(params, [policy, policy])).toThrow('one by one');
        continue;
      }
      const count = 'parties' in params ? 3 : 2;
      // The driver validates every action against its mask.
      for (let seed = 0; seed < 5; seed++) {
        const line = Array.from({ length: count }, (_, i) => (i === 1 ? findPolicy('random') : policy));
        expect(run({ ...params, rounds: 12 }, line, `${seed}`).state.status).not.toBe('open');
      }
    }
  });

  it('meets others in both faces alike, as far as hundredths of utility allow: micro act by act', () => {
    for (let number = 0; number < 10; number++) {
      const params = { issues: 2, values: 4, domains: 1, seed: number, rounds: 20 };
      const line = [findPolicy('micro'), findPolicy('micro')];
      const [shown, relative] = ['outcomes', 'relative'].map((face) => run({ ...params, face }, line).acts);
      const firsts = (acts: readonly unknown[]) => acts.slice(0, 2);
      // Later repeats are drawn.
      expect(firsts(relative)).toEqual(firsts(shown));
      expect(relative.filter((act) => act === 'a')).toEqual(shown.filter((act) => act === 'a'));
    }
  });

  it('boulware holds out longer than linear, and linear than a conceder, by what they gain from each other', () => {
    const params = { face: 'relative', reward: 'advantage', rounds: 20 };
    const gain = (mine: string, other: string) => {
      const played = episodes(params, [findPolicy(mine), findPolicy(other)], 200);
      return played.reduce((sum, { returns }) => sum + returns[0], 0) / played.length;
    };
    expect(gain('boulware', 'conceder')).toBeGreaterThan(gain('linear', 'conceder'));
    expect(gain('linear', 'conceder')).toBeGreaterThan(gain('conceder', 'conceder') - 0.01);
    expect(gain('conceder', 'boulware')).toBeLessThan(gain('linear', 'boulware') + 0.05);
  });
});

describe('a bidder', () => {
  const biddings = negotiators.filter((id) => !['random', 'top-fraction', 'bidder'].includes(id));
  const conditions = ['ac-next', 'ac-const', 'ac-time', 'ac-combi', 'ac-combi-mean'];
  /** A sum of 10 is split: outcome k is worth k / 10 to party 0 and the rest to party 1. */
  const split = given({
    sizes: [11],
    utilities: [Array.from({ length: 11 }, (_, k) => k / 10), Array.from({ length: 11 }, (_, k) => 1 - k / 10)],
    reserved: [0, 0],
  });
  /** What party 0 has in the end, and how many acts it took. */
  const gained = (mine: string, other = 'linear') => {
    const { state } = run(split, [findPolicy(mine), findPolicy(other)]);
    return [state.status === 'agreed' ? state.agreement / 10 : null, state.acts];
  };

  it.each(biddings)('offers as %s does, with every acceptance condition, by its id', (bidding) => {
    for (const condition of conditions) {
      const id = `bidder(${bidding} ${condition})`;
      const policy = findPolicy(id);
      expect(policy.id).toBe(id);
      for (const params of [{}, { face: 'relative', parties: 3 }]) {
        const line = Array.from({ length: 'parties' in params ? 3 : 2 }, () => policy);
        expect(run({ ...params, rounds: 12 }, line).state.status).not.toBe('open');
      }
    }
  });

  it('plays as the negotiator whose bidding it has where that accepts by AC_next', () => {
    for (const bidding of ['boulware', 'linear', 'conceder', 'relative-tit-for-tat', 'hybrid']) {
      expect(run(split, [findPolicy(`bidder(${bidding})`), findPolicy('linear')]).acts).toEqual(
        run(split, [findPolicy(bidding), findPolicy('linear')]).acts,
      );
    }
    expect(run(split, [findPolicy('bidder(0.25 ac-next 0)'), findPolicy('linear')]).acts).toEqual(
      run(split, [findPolicy('conceder'), findPolicy('linear')]).acts,
    );
  });

  it('takes what its condition takes: a share, anything late, or nothing below its own offer', () => {
    // Linear leaves t = (round + 1) / 21 in whole tenths: 0.4 from round 8 on, its 9th act, which is taken in the act after.
    expect(gained('bidder(hard-headed ac-const 0.4)')).toEqual([0.4, 2 * 8 + 3]);
    // From t = 0.5 on it takes whatever lies on the table: round 10 is the first, and the offer is that of round 9.
    expect(gained('bidder(hard-headed ac-time 0.5)')).toEqual([0.4, 2 * 10 + 1]);
    expect(gained('bidder(hard-headed ac-next)', 'hard-headed')).toEqual([null, 40]);
    // A shift of 0.6: what brings 0.4 is as good as 1.
    expect(gained('bidder(hard-headed ac-next 0.6)')).toEqual(gained('bidder(hard-headed ac-const 0.4)'));
  });

  it('refuses what is no bidding, no condition and no number, and says what may have been meant', () => {
    for (const [id, message] of [
      ['bidder(boulwere ac-next)', 'not a way to make offers: got "boulwere". Did you mean "boulware"?'],
      ['bidder(boulware ac-combo)', 'not an acceptance condition: got "ac-combo". Did you mean "ac-combi"?'],
      ['bidder(boulware ac-const 1.5)', 'not a number that ac-const takes: got 1.5, expected one number, 0 to 1'],
      ['bidder(boulware ac-const 0.5 0.6)', 'got 0.5 0.6, expected one number'],
      ['bidder(-1)', 'not an exponent: got -1, expected a number above 0'],
      ['bidder(constructor)', 'not a way to make offers'],
      ['bidde(boulware)', 'Did you mean "bidder"?'],
    ]) {
      expect(() => findPolicy(id)).toThrow(message);
    }
  });
});

describe('models of the others', () => {
  it('frequency: issues that stay weigh more, values that come often are worth more', () => {
    const model = createFrequencyModel([2, 3]);
    for (const offer of [
      [1, 0],
      [1, 1],
      [1, 1],
      [1, 2],
    ])
      noteOffer(model, offer);
    // Issue 0 stayed three times, issue 1 once: (1 + 3) / 6 and (1 + 1) / 6.
    expect([...model.weights]).toEqual([4 / 6, 2 / 6]);
    // Value 1 of issue 1 came twice, the others once: (1 / 2) ** 0.25.
    expect(frequencyEstimate(model, [1, 1])).toBeCloseTo(1, 12);
    expect(frequencyEstimate(model, [1, 0])).toBeCloseTo(4 / 6 + (2 / 6) * 0.5 ** 0.25, 12);
    expect(frequencyEstimate(model, [0, 1])).toBeCloseTo(2 / 6, 12);
  });

  it('Bayesian: a party that concedes on one issue only is thought to care for the other', () => {
    const model = createBayesianModel([4, 4]);
    const before = [...model.expectedWeights];
    expect(before[0]).toBeCloseTo(0.5, 12);
    for (let t = 0; t < 12; t++) updateBayesianModel(model, [3, Math.max(0, 3 - Math.floor(t / 3))], t / 12);
    expect(bayesianEstimate(model, [3, 0])).toBeGreaterThan(bayesianEstimate(model, [0, 3]));
    const sum = [...model.expectedWeights].reduce((total, weight) => total + weight, 0);
    expect(sum).toBeCloseTo(1, 12);
    for (let issue = 0; issue < 2; issue++) {
      let belief = 0;
      for (let h = model.firsts[issue]; h < model.firsts[issue + 1]; h++) belief += model.beliefs[h];
      expect(belief).toBeCloseTo(1, 9);
    }
  });

  it('both rank outcomes as the party does that made the offers, better than chance', () => {
    const sizes = [3, 3, 3];
    const weights = [0.6, 0.3, 0.1];
    const worth = (outcome: readonly number[]) =>
      outcome.reduce((sum, value, issue) => sum + weights[issue] * (value / 2), 0);
    const all = Array.from({ length: 27 }, (_, o) => [Math.floor(o / 9), Math.floor(o / 3) % 3, o % 3]);
    const ranked = [...all].sort((a, b) => worth(b) - worth(a));
    const frequency = createFrequencyModel(sizes);
    const bayes = createBayesianModel(sizes);
    for (let t = 0; t < 10; t++) {
      noteOffer(frequency, ranked[t]);
      updateBayesianModel(bayes, ranked[t], t / 20);
    }
    const agreement = (estimate: (outcome: readonly number[]) => number) => {
      let right = 0;
      let pairs = 0;
      for (const a of all) {
        for (const b of all) {
          if (worth(a) <= worth(b) + 1e-9) continue;
          pairs++;
          if (estimate(a) > estimate(b)) right++;
        }
      }
      return right / pairs;
    };
    expect(agreement((outcome) => frequencyEstimate(frequency, outcome))).toBeGreaterThan(0.7);
    expect(agreement((outcome) => bayesianEstimate(bayes, outcome))).toBeGreaterThan(0.7);
  });
});

describe('a policy of the zoo', () => {
  it('refuses other worlds, and arguments that are no fractions', () => {
    expect(() => findPolicy('top-fraction(2)')).toThrow('not a fraction');
    expect(() => findPolicy('micros')).toThrow('micro');
    const table = given({
      sizes: [2],
      utilities: [
        [0, 1],
        [1, 0],
      ],
      reserved: [0, 0],
    });
    expect(() => run(table, [findPolicy('tag-evade'), findPolicy('micro')])).toThrow();
  });
});
