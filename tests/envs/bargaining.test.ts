import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createStreams, parseWith } from '#core';
import { bargaining } from '#envs';
import { generatedInstances, instancesOf, shippedInstances } from '#envs/bargaining/instances';
import { actionNames, agree, offerCount } from '#envs/bargaining/offers';
import { field, fieldNames, fixedRng, play, start } from './worlds.ts';

/** One book, two hats, three balls; book 10 to party 0; hat 2, ball 2 to party 1. */
const given = {
  pool: [1, 2, 3],
  values: [
    [10, 0, 0],
    [0, 2, 2],
  ],
};
const keep = (...items: number[]) => actionNames.indexOf(`keep ${items.join(' ')}`);

describe('the instances', () => {
  const upstream = JSON.parse(
    readFileSync(new URL('../parity/data/bargaining-instances.json', import.meta.url), 'utf8'),
  );

  it('are OpenSpiel’s 1000, number by number', () => {
    const ours = shippedInstances().map(({ pool, values }) => [pool, ...values]);
    expect(ours).toEqual(upstream.instances);
  });

  it('all meet the conditions of the generator, and the generated ones contain them all', () => {
    const key = ({ pool, values }: { pool: readonly number[]; values: readonly (readonly number[])[] }) =>
      [pool, ...values].join(' ');
    const generated = new Set(generatedInstances().map(key));
    expect(generated.size).toBe(generatedInstances().length);
    for (const instance of shippedInstances()) expect(generated.has(key(instance))).toBe(true);
    for (const { pool, values } of generatedInstances()) {
      const items = pool[0] + pool[1] + pool[2];
      expect(items >= 5 && items <= 7 && Math.min(...pool) >= 1).toBe(true);
      for (const worth of values) expect(worth.reduce((sum, value, i) => sum + value * pool[i], 0)).toBe(10);
      expect(pool.every((_, i) => values[0][i] + values[1][i] > 0)).toBe(true);
      expect(pool.some((_, i) => values[0][i] > 0 && values[1][i] > 0)).toBe(true);
    }
  });

  it('that can be generated are as many as a search through all pools and values finds', () => {
    let count = 0;
    const triples: number[][] = [];
    for (let a = 0; a <= 10; a++) for (let b = 0; b <= 10; b++) for (let c = 0; c <= 10; c++) triples.push([a, b, c]);
    for (const pool of triples) {
      const items = pool[0] + pool[1] + pool[2];
      if (Math.min(...pool) < 1 || items < 5 || items > 7) continue;
      const worth = triples.filter((v) => v[0] * pool[0] + v[1] * pool[1] + v[2] * pool[2] === 10);
      for (const v of worth) {
        for (const w of worth) {
          const wanted = v.every((value, i) => value > 0 || w[i] > 0);
          if (wanted && v.some((value, i) => value > 0 && w[i] > 0)) count++;
        }
      }
    }
    expect(generatedInstances()).toHaveLength(count);
  });

  it('can be split into ranges that do not meet, listed, or given', () => {
    const train = instancesOf({ from: 0, to: 800 });
    const test = instancesOf({ from: 800, to: 1000 });
    expect([train.length, test.length]).toEqual([800, 200]);
    expect([...train, ...test]).toEqual([...shippedInstances()]);
    expect(instancesOf([3, 999])).toEqual([shippedInstances()[3], shippedInstances()[999]]);
    const driver = start(bargaining, { instances: given });
    expect(field(driver, 0, 'pool/ball')).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it('are drawn alike: 20 000 episodes over ten of them give each about 2000 times', () => {
    const params = parseWith(bargaining.params, { instances: { from: 0, to: 10 } }, 'test');
    const rng = createStreams(3).stream('env');
    const counts = new Array(10).fill(0);
    for (let i = 0; i < 20_000; i++) counts[bargaining.init(params, rng).instance]++;
    // Five standard deviations: 5 * sqrt(20000 * 0.1 * 0.9) = 212.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(212);
  });
});

describe('the moves', () => {
  it('are 120 offers, books changing fastest, and agreeing', () => {
    expect(offerCount).toBe(120);
    expect(agree).toBe(120);
    expect(actionNames.slice(0, 3)).toEqual(['keep 0 0 0', 'keep 1 0 0', 'keep 2 0 0']);
    expect(actionNames[8]).toBe('keep 0 1 0');
    expect(actionNames[36]).toBe('keep 0 0 1');
    expect(actionNames[119]).toBe('keep 0 0 7');
  });

  it('are legal when the pool can serve them; agreeing needs an offer', () => {
    const driver = start(bargaining, { instances: given });
    const legal = () => [...driver.maskOf(0, driver.acting[0] === 1 ? 0 : 1)].reduce((sum, bit) => sum + bit, 0);
    expect(legal()).toBe(2 * 3 * 4);
    expect(driver.maskOf(0, 0)[agree]).toBe(0);
    play(driver, keep(1, 0, 0), 0);
    expect([driver.acting[0], driver.acting[1]]).toEqual([0, 1]);
    expect(legal()).toBe(2 * 3 * 4 + 1);
  });

  it('pay the proposer what it keeps and the other the rest', () => {
    const driver = start(bargaining, { instances: given });
    play(driver, keep(1, 0, 1), 0);
    play(driver, 0, agree);
    expect([...driver.rewards]).toEqual([10, 2 * 2 + 2 * 2]);
    expect(driver.terminated[0]).toBe(1);
  });

  it('pay nothing when the turns run out: the last offer cannot be accepted', () => {
    const driver = start(bargaining, { instances: given, maxTurns: 2 });
    play(driver, keep(1, 0, 0), 0);
    play(driver, 0, keep(0, 2, 3));
    expect([driver.terminated[0], driver.returns[0], driver.returns[1]]).toEqual([1, 0, 0]);
  });

  it('are discounted from the third move on: agreeing at the fourth pays 0.9² of 10', () => {
    const driver = start(bargaining, { instances: given, discount: 0.9 });
    play(driver, keep(1, 2, 3), 0);
    play(driver, 0, keep(0, 2, 3));
    play(driver, keep(1, 0, 0), 0);
    play(driver, 0, agree);
    expect(driver.rewards[0]).toBeCloseTo(8.1, 12);
    expect(driver.rewards[1]).toBeCloseTo(8.1, 12);
  });

  it('may be cut short from the second offer on, with the given probability', () => {
    const rng = fixedRng([0, 0.25, 0.24]);
    const driver = start(bargaining, { instances: given, probEnd: 0.25 }, { rng: () => rng });
    play(driver, keep(1, 2, 3), 0);
    expect(rng.state()).toEqual([0.25, 0.24]);
    play(driver, 0, keep(0, 2, 3));
    expect(driver.isOver(0)).toBe(false);
    play(driver, keep(1, 2, 3), 0);
    expect([driver.terminated[0], driver.returns[0]]).toEqual([1, 0]);
  });

  it('reward own utility, the mean of both, or a blend with the same sum', () => {
    for (const [reward, expected] of [
      ['own', [10, 8]],
      ['joint', [9, 9]],
      [0.5, [9.5, 8.5]],
    ] as const) {
      const driver = start(bargaining, { instances: given, reward });
      play(driver, keep(1, 0, 1), 0);
      play(driver, 0, agree);
      expect([...driver.rewards]).toEqual(expected);
      expect(driver.endOutcome(0).negotiation?.utilities).toEqual([10, 8]);
    }
  });
});

describe('what is observed', () => {
  it('is OpenSpiel’s 93 numbers by name', () => {
    const driver = start(bargaining, { instances: given });
    expect(driver.observationOf(0, 0)).toHaveLength(93);
    expect(fieldNames(driver, 0)).toEqual([
      'agreed',
      'offersMade',
      ...['pool', 'values', 'offer'].flatMap((name) => ['book', 'hat', 'ball'].map((item) => `${name}/${item}`)),
    ]);
  });

  it('holds own values only, and counts as thermometers', () => {
    const driver = start(bargaining, { instances: given });
    expect(field(driver, 0, 'values/book')).toEqual(new Array(11).fill(1));
    expect(field(driver, 1, 'values/book')).toEqual([1, ...new Array(10).fill(0)]);
    expect(field(driver, 1, 'values/hat')).toEqual([1, 1, 1, ...new Array(8).fill(0)]);
    expect(field(driver, 0, 'offer/book')).toEqual(new Array(8).fill(0));
    play(driver, keep(0, 0, 2), 0);
    expect(field(driver, 1, 'offer/book')).toEqual([1, ...new Array(7).fill(0)]);
    expect(field(driver, 1, 'offer/ball')).toEqual([1, 1, 1, ...new Array(5).fill(0)]);
    expect(field(driver, 1, 'offersMade').indexOf(1)).toBe(1);
  });

  it('shows central critics both parties’ values', () => {
    const driver = start(bargaining, { instances: given });
    const out = new Float32Array(bargaining.stateSize?.(driver.params as never) ?? 0);
    bargaining.stateVector?.(driver.stateOf(0) as never, out, driver.params as never);
    expect(out.subarray(36, 36 + 11).reduce((sum, bit) => sum + bit, 0)).toBe(11);
    expect(out.subarray(36 + 44, 36 + 55).reduce((sum, bit) => sum + bit, 0)).toBe(3);
  });
});

describe('the outcome', () => {
  it('lists the utilities of every split, in one array shared by all episodes about the instance', () => {
    const driver = start(bargaining, { instances: given }, { autoreset: 'same_step' });
    const outcomes = [0, 1].map(() => {
      play(driver, keep(1, 0, 1), 0);
      play(driver, 0, agree);
      return driver.endOutcome(0).negotiation;
    });
    expect(outcomes[0]).toMatchObject({ agreement: true, rounds: 1, firstProposer: 0, disagreement: [0, 0] });
    expect(outcomes[0]?.feasible).toHaveLength(24);
    expect(outcomes[0]?.feasible).toContainEqual([10, 10]);
    expect(outcomes[0]?.feasible).toContainEqual([0, 0]);
    expect(outcomes[1]?.feasible).toBe(outcomes[0]?.feasible);
  });

  it('of a talk without agreement is nothing for both', () => {
    const driver = start(bargaining, { instances: given, maxTurns: 1 });
    play(driver, keep(1, 0, 0), 0);
    expect(driver.endOutcome(0).negotiation).toMatchObject({ agreement: false, utilities: [0, 0], rounds: 1 });
  });
});

describe('what people see', () => {
  it('tells each party its own values and never the other’s', () => {
    const driver = start(bargaining, { instances: given });
    play(driver, keep(1, 0, 1), 0);
    const text = (party: number) => bargaining.text?.(driver.stateOf(0) as never, party, driver.params as never) ?? '';
    expect(text(1)).toContain('There are 1 book, 2 hats, 3 balls.');
    expect(text(1)).toContain('book 0, hat 2, ball 2');
    expect(text(1)).not.toContain('book 10');
    expect(text(1)).toContain(
      'Offer 1: you would get 0 books, 2 hats, 2 balls, the other keeps 1 book, 0 hats, 1 ball.',
    );
    expect(text(1)).toContain('It is your turn (offer 2 of at most 10): agree, or name what you keep.');
    expect(text(0)).toContain('It is the other’s turn.');
    play(driver, 0, agree);
    expect(text(1)).toContain('The offer was accepted. You get 8.');
  });

  it('draws who gets what by the last offer', () => {
    const driver = start(bargaining, { instances: given });
    play(driver, keep(1, 0, 1), 0);
    const scene = bargaining.draw?.(driver.stateOf(0) as never, driver.params as never);
    const labels = scene?.shapes.flatMap((shape) => (shape.kind === 'rect' ? [shape.label] : []));
    expect(labels?.slice(0, 5)).toEqual(['1', '10', '0', '1', '0']);
    expect(labels?.slice(10, 15)).toEqual(['3', '0', '2', '1', '2']);
    expect(scene?.caption).toBe('Offer 1 of at most 10, by party 0');
  });
});

describe('impossible settings are refused with the constraint named', () => {
  const cases: [object, string][] = [
    [{ instances: 'some' }, 'bargaining › instances'],
    [{ instances: { from: 5, to: 5 } }, '`from` below `to`'],
    [{ instances: { from: 0, to: 1001 } }, 'bargaining › instances.to'],
    [{ instances: { ...given, pool: [3, 3, 3] } }, '1 to 7 items in all'],
    [
      {
        instances: {
          ...given,
          values: [
            [11, 0, 0],
            [0, 0, 0],
          ],
        },
      },
      'bargaining › instances.values.0.0',
    ],
    [{ maxTurns: 0 }, 'bargaining › maxTurns'],
    [{ discount: -0.1 }, 'bargaining › discount'],
    [{ probEnd: 1.5 }, 'bargaining › probEnd'],
    [{ maxturns: 3 }, 'Did you mean "maxTurns"?'],
  ];
  for (const [params, expected] of cases) {
    it(JSON.stringify(params), () => {
      expect(() => parseWith(bargaining.params, params, 'bargaining')).toThrow(expected);
    });
  }
});
