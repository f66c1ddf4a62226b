import { describe, expect, it } from 'vitest';
import { createSimdEngine } from '#engine';
import { languageMeasures } from '#metrics';
import { evaluatePolicies, opponentModelAccuracy } from '#train';
import { catalogue } from '../../src/cli/catalogue.ts';
import { episode, means, negotiation } from '../metrics/episodes.ts';

function measured(policies: readonly string[], env: string, params = {}, episodes = 60) {
  const engine = createSimdEngine({ kernels: 'portable' });
  return evaluatePolicies(catalogue, engine, { policies, env, params, episodes, seed: 1, greedy: false }).seatings[0]
    .metrics;
}

describe('an evaluation', () => {
  it('measures languages over all its episodes, with a standard error', () => {
    const code = measured(['optimal-signaller', 'optimal-signaller'], 'referential-game');
    // A symbol for each attribute, each at its own place; what is drawn is not always equally varied.
    expect(code['language/posdis'].mean).toBeGreaterThan(0.9);
    expect(code['language/topographicSimilarity'].mean).toBeGreaterThan(0.8);
    expect(code['language/synonymy'].mean).toBe(0);
    expect(code['language/posdis'].standardError).toBeGreaterThan(0);
    const [low, high] = code['language/posdis'].interval ?? [0, 0];
    expect((low + high) / 2).toBeCloseTo(code['language/posdis'].mean, 12);
    const babble = measured(['random', 'random'], 'referential-game');
    expect(babble['language/posdis'].mean).toBeLessThan(0.3);
    expect(Math.abs(babble['language/topographicSimilarity'].mean)).toBeLessThan(0.2);
  });

  it.each([
    ['lewis-signalling', {}, 2],
    ['trade-comm', { items: 3 }, 2],
    ['cao-negotiation', { channels: 'both' }, 2],
  ])('measures the language of %s', (env, params, seats) => {
    const found = measured(new Array<string>(seats).fill('random'), env, params);
    expect(found).toHaveProperty(['language/messageEntropy']);
    expect(found).toHaveProperty(['language/instantaneousCoordination']);
  });

  it('says nothing of languages where nobody speaks', () => {
    const found = measured(['random', 'random'], 'cao-negotiation', { channels: 'proposal' });
    expect(Object.keys(found).filter((name) => name.startsWith('language/'))).toEqual([]);
    expect(found).toHaveProperty(['negotiation/fairness']);
  });

  it('measures what models know of an opponent that concedes, in negotiations', () => {
    const found = measured(['linear', 'linear'], 'negotiation');
    expect(found['negotiation/opponentModelTau'].mean).toBeGreaterThan(0.3);
    expect(found).toHaveProperty(['negotiation/opponentModelTau/frequency']);
    expect(found).toHaveProperty(['negotiation/opponentModelTau/bayesian']);
    for (const name of [
      'welfare',
      'gainsFromTrade',
      'concessionRate',
      'patience',
      'exploration',
      'conflict',
      'winWin',
    ]) {
      expect(found).toHaveProperty([`negotiation/${name}`]);
    }
  });

  it('has no more measures of languages than are listed', () => {
    const ids = languageMeasures.map(({ id }) => id);
    const found = Object.keys(measured(['random', 'random'], 'trade-comm')).filter((name) => /^language\//.test(name));
    for (const name of found) expect(ids).toContain(name.split('/').slice(0, 2).join('/'));
  });
});

describe('who is seated where', () => {
  const engine = createSimdEngine({ kernels: 'portable' });
  const seat = (...policies: string[]) => {
    const request = { policies, env: 'task-market', params: { workshops: 2 }, episodes: 2, seed: 1, greedy: false };
    return evaluatePolicies(catalogue, engine, request).seatings.map(({ seats }) => Object.values(seats));
  };

  it('follows from the roles that policies are made for, whatever the order in which they are named', () => {
    const only = [['cheapest-award', 'truthful-bidder', 'truthful-bidder']];
    expect(seat('cheapest-award', 'truthful-bidder')).toEqual(only);
    expect(seat('truthful-bidder', 'cheapest-award')).toEqual(only);
    expect(seat('cheapest-award', 'truthful-bidder', 'greedy-bidder')).toEqual([
      ['cheapest-award', 'truthful-bidder', 'greedy-bidder'],
      ['cheapest-award', 'greedy-bidder', 'truthful-bidder'],
    ]);
  });

  it('is refused with what a policy says of it, where no order fits', () => {
    expect(() => seat('truthful-bidder')).toThrow('got manager, expected a workshop of task-market');
    expect(() => seat('boulware', 'truthful-bidder')).toThrow(/boulware/);
  });
});

describe('the accuracy of opponent models', () => {
  // Two issues of two values: the party wants value 1 of issue 0 above all, then value 1 of issue 1.
  const feasible = [0, 1, 2, 3].map((own) => [own, 3 - own]);
  const offers = (...outcomes: number[]) =>
    outcomes.map((outcome, i) => ({ party: 0, time: i / 10, outcome, utilities: feasible[outcome] }));

  it('is 1 where the order of all outcomes is known', () => {
    // 3, then 2: issue 0 stays, issue 1 gives way, so that issue 0 weighs more. Of issue 1 both values came once.
    const after = means(opponentModelAccuracy, negotiation({ feasible, issues: [2, 2], offers: offers(3, 3, 2) }));
    expect(after['negotiation/opponentModelTau/frequency']).toBe(1);
  });

  it('is absent where outcomes are not numbered, nothing was offered, or it was no negotiation', () => {
    const unnumbered = negotiation({ feasible, offers: offers(3) });
    const silent = negotiation({ feasible, issues: [2, 2], offers: [] });
    expect(means(opponentModelAccuracy, unnumbered, silent, episode())).toEqual({});
  });
});
