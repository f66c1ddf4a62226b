import { expect, test } from 'vitest';
import type { EpisodeRecord, NegotiationOutcome, OfferMade } from '#core';
import { createEpisodeSummary, metrics } from '#metrics';
import { findPolicy } from '#policies';
import { episodes } from './play.ts';

/** A sum of 10 to split; reserved values 2 and 0; agreed on 6 for the first party. */
const outcome: NegotiationOutcome = {
  agreement: true,
  utilities: [6, 4],
  disagreement: [2, 0],
  feasible: [
    [10, 0],
    [6, 4],
    [4, 4],
    [0, 10],
  ],
  rounds: 4,
  firstProposer: 0,
  offers: [offer(0, 0.1, [10, 0]), offer(1, 0.1, [0, 10]), offer(0, 0.5, [4, 4]), offer(0, 0.9, [6, 4])],
  endTime: 0.9,
};

function offer(party: number, time: number, utilities: readonly number[]): OfferMade {
  return { party, time, utilities };
}

function episode(negotiation?: Partial<NegotiationOutcome>): EpisodeRecord {
  return {
    format: 'polity-episode/1',
    env: 'test',
    params: {},
    seed: 0,
    timeLimitSteps: null,
    agents: ['party_0', 'party_1'],
    seats: {},
    actions: [],
    rewards: [],
    returns: [0, 0],
    length: 4,
    ended: 'terminated',
    metrics: {},
    outcome: negotiation === undefined ? {} : { negotiation: { ...outcome, ...negotiation } },
  } as unknown as EpisodeRecord;
}

function measured(name: string, ...records: EpisodeRecord[]): Readonly<Record<string, number>> {
  const summary = createEpisodeSummary([metrics.get(`negotiation/${name}`)]);
  for (const record of records) summary.add(record);
  const short = (id: string) => id.slice('negotiation/'.length);
  return Object.fromEntries([...summary.summarise()].map(([id, { mean }]) => [short(id), mean]));
}

test('the surplus is shared 4 to 4 when gains are 6 - 2 and 4 - 0', () => {
  expect(measured('surplusShare', episode({}))).toEqual({
    surplusShare: 0.5,
    'surplusShare/party_0': 0.5,
    'surplusShare/party_1': 0.5,
  });
});

test('there is no share of a surplus without an agreement, without gains, or where somebody loses', () => {
  expect(measured('surplusShare', episode({ agreement: false }))).toEqual({});
  expect(measured('surplusShare', episode({ utilities: [2, 0] }))).toEqual({});
  expect(measured('surplusShare', episode({ utilities: [1, 9] }))).toEqual({});
});

test('welfare is the sum over the greatest sum, and the gap the greatest less the least', () => {
  expect(measured('welfareShare', episode({}))).toEqual({ welfareShare: 1 });
  expect(measured('welfareShare', episode({ utilities: [4, 4] }))).toEqual({ welfareShare: 0.8 });
  expect(measured('utilityGap', episode({}))).toEqual({ utilityGap: 2 });
  expect(measured('utilityGap', episode({ agreement: false }))).toEqual({});
});

test('a party that agrees to less than it has anyway counts against rationality', () => {
  expect(measured('rationality', episode({}), episode({ utilities: [0, 10] }))).toEqual({ rationality: 0.75 });
});

test('speed is the time that was left at an agreement', () => {
  expect(measured('agreementSpeed', episode({}), episode({ agreement: false })).agreementSpeed).toBeCloseTo(0.1, 12);
});

test('concession is the first less the last own offer, as shares of 10 - 2 for the first party', () => {
  // Asks 8/8, 2/8, 4/8; the second party made one offer.
  expect(measured('concession', episode({}))).toEqual({ concession: 0.5 });
  expect(measured('monotonicity', episode({}))).toEqual({ monotonicity: 0.5 });
});

test('the curve of asks has a point for each fifth of the time', () => {
  const asks = measured('asks', episode({}));
  expect(asks['asks/0.2']).toBe((1 + 1) / 2);
  expect(asks['asks/0.6']).toBe(0.25);
  expect(asks['asks/1.0']).toBe(0.5);
  expect(asks.asks).toBe((1 + 1 + 0.25 + 0.5) / 4);
});

test('opposition is the distance of the nearest rational outcome in shares of the best', () => {
  // [6, 4] is sqrt(0.4^2 + 0.6^2) from the best of all; [0, 10] is nothing for the first party.
  expect(measured('opposition', episode({})).opposition).toBeCloseTo(Math.hypot(0.4, 0.6), 12);
  expect(measured('opposition', episode({ feasible: [[0, 0]] }))).toEqual({});
});

test('an episode that is no negotiation, or does not tell its offers, has none of these', () => {
  for (const name of [
    'surplusShare',
    'welfareShare',
    'asks',
    'concession',
    'monotonicity',
    'opposition',
    'rationality',
  ]) {
    expect(measured(name, episode()), name).toEqual({});
  }
  const { offers: _, ...silent } = outcome;
  const untold = { ...episode({}), outcome: { negotiation: silent } } as EpisodeRecord;
  for (const name of ['asks', 'concession', 'monotonicity']) expect(measured(name, untold), name).toEqual({});
});

test('boulware asks for more than a conceder at every time of real negotiations', () => {
  const params = { face: 'relative', rounds: 20, reserved: 0.1 };
  const asks = (id: string) => {
    const summary = createEpisodeSummary([metrics.get('negotiation/asks')]);
    for (const record of episodes(params, [findPolicy(id), findPolicy('hard-headed')], 40)) {
      const { negotiation } = record.outcome;
      const own = negotiation?.offers?.filter(({ party }) => party === 0);
      summary.add({ ...record, outcome: { negotiation: { ...negotiation, offers: own } } } as EpisodeRecord);
    }
    return new Map([...summary.summarise()].map(([name, { mean }]) => [name, mean]));
  };
  const [late, soon] = [asks('boulware'), asks('conceder')];
  for (const time of ['0.2', '0.4', '0.6', '0.8', '1.0']) {
    const at = `negotiation/asks/${time}`;
    expect(late.get(at)).toBeGreaterThan(soon.get(at) as number);
  }
});
