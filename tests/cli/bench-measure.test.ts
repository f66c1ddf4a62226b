import { expect, it } from 'vitest';
import { PolityError } from '#core';
import { benchEngine } from '../../src/cli/bench/engines/engine.ts';
import { measureSides } from '../../src/cli/bench/engines/measure.ts';
import { benchRow } from '../../src/cli/bench/suite.ts';
import { enableRelaxed } from '../engine/simd/engines.ts';

it('a row has the middle of its numbers, and the middle of the ratios within each repeat', () => {
  const row = benchRow('work', 'things/s', [3, 10, 1, 4], { other: [1, 5, 1, 8] });
  expect(row).toMatchObject({ name: 'work', unit: 'things/s', min: 1, median: (3 + 4) / 2, max: 10 });
  // 3 / 1, 10 / 5, 1 / 1, 4 / 8: the middle two are 1 and 2. The others' numbers: 1, 1, 5, 8.
  expect(row.against).toEqual({ other: { median: (1 + 5) / 2, ratio: (1 + 2) / 2 } });
});

it('sides take turns, each at least once a repeat', () => {
  const calls: string[] = [];
  const side = (name: string, work: number) => ({
    name,
    run() {
      calls.push(name);
      return work;
    },
  });
  const row = measureSides('work', 'things/s', [side('a', 10), side('b', 1)], { repeats: 3, seconds: 0 });
  // One round to warm up, three that count.
  expect(calls).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
  expect(Object.keys(row.against)).toEqual(['b']);
  expect(row.min).toBeGreaterThan(0);
});

it('time for one piece of work is the inverse of the rate', () => {
  const work = { name: 'a', run: () => 5 };
  const options = { repeats: 1, seconds: 0.001 };
  const { median } = measureSides('work', 'µs', [work], options, 'microseconds');
  // A call of next to nothing, five pieces each.
  expect(median).toBeGreaterThan(0);
  expect(median).toBeLessThan(1000);
});

it('the engine suite measures products against the machine, and knows its parts', async () => {
  const said: string[] = [];
  const options = {
    repeats: 1,
    seconds: 0,
    enableRelaxed,
    loadTfjs: () => Promise.reject(new Error('not needed')),
    onProgress: (what: string) => said.push(what),
  };
  const rows = await benchEngine({ ...options, parts: ['gemm'] });
  expect(rows.map(({ name }) => name)).toContain('forward, 64 x 64 x 64');
  for (const { against, unit } of rows) {
    expect(unit).toBe('GFLOP/s');
    expect(against.peak.ratio).toBeGreaterThan(0);
  }
  expect(said).toContain('products 64 wide');
  const refused = await benchEngine({ ...options, parts: ['gem'] }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PolityError);
  expect((refused as PolityError).detail).toMatchObject({ code: 'input', got: 'gem' });
  expect((refused as PolityError).detail.expected).toContain('gemm');
});
