import { describe, expect, it } from 'vitest';
import { createStreams, parseWith } from '#core';
import { negotiationOpenSpiel, negotiationOpenSpielMended } from '#envs';
import { stepsAtMost } from '#envs/negotiation-openspiel/talk';
import { field, fixedRng, play, start } from './worlds.ts';

/** Four steps, a pool of 2 and 3, worth 4 and 0 to party 0, 1 and 5 to party 1. */
function talk(params: object = {}, world = negotiationOpenSpiel) {
  const settings = { items: 2, symbols: 3, utteranceLength: 2, ...params };
  return start(world, settings, { rng: () => fixedRng([0, 2, 3, 4, 0, 1, 5]) });
}

type Talk = ReturnType<typeof talk>;

/** What the proposer keeps, as a number in base 6. */
const keep = (first: number, second: number) => 6 * first + second;
const accept = 36;
const say = (first: number, second: number) => 37 + 3 * first + second;

function move(driver: Talk, ...actions: number[]): Talk {
  for (const action of actions) {
    const row = [accept, accept];
    row[driver.acting.indexOf(1)] = action;
    play(driver, ...row);
  }
  return driver;
}

function legal(driver: Talk): number[] {
  const mask = driver.maskOf(0, driver.acting.indexOf(1));
  return [...mask.keys()].filter((action) => mask[action] === 1);
}

describe('turns', () => {
  it('are a proposal within the pool and an utterance by the same party; then it is the other’s', () => {
    const driver = talk();
    expect(legal(driver)).toEqual([0, 1, 2].flatMap((a) => [0, 1, 2, 3].map((b) => keep(a, b))));
    move(driver, keep(2, 1));
    expect([...driver.acting]).toEqual([1, 0]);
    expect(legal(driver)).toEqual([37, 38, 39, 40, 41, 42, 43, 44, 45]);
    move(driver, say(2, 0));
    expect([...driver.acting]).toEqual([0, 1]);
    expect(legal(driver)).toContain(accept);
    expect(field(driver, 1, 'utterance/0')).toEqual([0, 0, 1]);
    expect(field(driver, 1, 'utterance/1')).toEqual([1, 0, 0]);
  });

  it('end at once when one accepts: the proposer gets what it keeps, the other the rest', () => {
    const driver = move(talk(), keep(2, 1), say(0, 0), accept);
    // 2 at 4 each for party 0; 2 at 5 each for party 1.
    expect([driver.terminated[0], ...driver.returns]).toEqual([1, 8, 10]);
  });

  it('end without agreement after the last proposal has had its utterance', () => {
    const driver = move(talk(), 0, 37, 0, 37, 0, 37, 0);
    expect(driver.isOver(0)).toBe(false);
    expect([...move(driver, 37).returns]).toEqual([0, 0]);
    expect(driver.terminated[0]).toBe(1);
    const mute = move(talk({ utterances: false }), 0, 0, 0, 0);
    expect([mute.terminated[0], ...mute.returns]).toEqual([1, 0, 0]);
  });

  it('pay own utility, the mean of both, or a blend with the same sum', () => {
    const paid = (reward: unknown) => [...move(talk({ reward }), keep(2, 1), say(0, 0), accept).returns];
    expect(paid('joint')).toEqual([9, 9]);
    expect(paid(0.5)).toEqual([8.5, 9.5]);
  });
});

describe('what is drawn', () => {
  it('are 4 to 10 steps in the proportions of a Poisson distribution with mean 7', () => {
    const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
    const weights = [4, 5, 6, 7, 8, 9, 10].map((n) => 7 ** n / factorial(n));
    const total = weights.reduce((sum, w) => sum + w, 0);
    weights.forEach((weight, i) => {
      expect(stepsAtMost[i] - (stepsAtMost[i - 1] ?? 0)).toBeCloseTo(weight / total, 12);
    });
  });

  it('may be worth nothing to a party upstream, and never in the mended world', () => {
    const rng = createStreams('zeros').stream('env');
    const zeros = [negotiationOpenSpiel, negotiationOpenSpielMended].map((world) => {
      const params = parseWith(world.params, { items: 1 }, 'test');
      let count = 0;
      for (let i = 0; i < 1100; i++) if (world.init(params, rng).utilities[0] === 0) count++;
      return count;
    });
    // One in eleven, so 100; five standard deviations are 5 * sqrt(1100 * 10 / 121) = 48.
    expect(Math.abs(zeros[0] - 100)).toBeLessThan(48);
    expect(zeros[1]).toBe(0);
  });
});

describe('a closed proposal channel', () => {
  it('is open all the same upstream; mended, only the proposer sees its proposal', () => {
    const [upstream, mended] = [negotiationOpenSpiel, negotiationOpenSpielMended].map((world) =>
      move(talk({ proposals: false }, world), keep(2, 1), say(0, 0)),
    );
    expect(field(upstream, 1, 'proposal/0')).toEqual([0, 0, 1, 0, 0, 0]);
    expect(field(mended, 1, 'proposal/0')).toEqual([0, 0, 0, 0, 0, 0]);
    expect(field(mended, 0, 'proposal/0')).toEqual([0, 0, 1, 0, 0, 0]);
    const text = negotiationOpenSpielMended.text?.(mended.stateOf(0) as never, 1, mended.params as never);
    expect(text).toContain('The other: made a proposal that you do not see, says 0 0.');
    expect(text).not.toContain('keep 2 1');
  });
});

describe('the outcome', () => {
  it('lists every split of the pool, disagreement and who began', () => {
    const driver = move(talk(), keep(2, 1), say(0, 0), accept);
    const outcome = driver.endOutcome(0).negotiation;
    expect(outcome).toMatchObject({ agreement: true, utilities: [8, 10], rounds: 1, firstProposer: 0 });
    // 3 x 4 splits; party 0 may get everything.
    expect(outcome?.feasible).toHaveLength(12);
    expect(outcome?.feasible).toContainEqual([8, 0]);
    expect(outcome?.feasible).toContainEqual([0, 17]);
  });
});

it('tells each party its own utilities only', () => {
  const driver = move(talk(), keep(2, 1), say(2, 1));
  const text = negotiationOpenSpiel.text?.(driver.stateOf(0) as never, 1, driver.params as never);
  expect(text).toBe(
    [
      'Negotiation over items 0 (2 of it), 1 (3 of it). You are party 1.',
      'To you one of each is worth 1, 5.',
      'The other: wants to keep 2 1, says 2 1.',
      'Accept, or propose what you keep.',
    ].join('\n'),
  );
});

describe('impossible settings are refused with the constraint named', () => {
  const cases: [object, string][] = [
    [{ symbols: 10, utteranceLength: 8 }, 'at most 1000000 actions: symbols^utteranceLength is 100000000'],
    [{ items: 0 }, 'negotiation-openspiel › items'],
    [{ reward: 'shared' }, 'negotiation-openspiel › reward'],
  ];
  for (const [params, expected] of cases) {
    it(JSON.stringify(params), () => {
      expect(() => parseWith(negotiationOpenSpiel.params, params, 'negotiation-openspiel')).toThrow(expected);
    });
  }
});
