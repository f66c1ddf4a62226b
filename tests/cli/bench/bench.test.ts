import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { against } from '#cli/bench/against';
import { measureWorld } from '#cli/bench/measure-world';
import { benchRow } from '#cli/bench/suite';
import { worlds } from '#envs';
import { polity } from '../polity.ts';

function fileWith(document: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'polity-')), 'before.json');
  writeFileSync(file, JSON.stringify(document));
  return file;
}

describe('polity bench', () => {
  it('takes the middle of an odd number of repeats, and the mean of the two middles of an even one', () => {
    expect(benchRow('x', 's', [3, 10, 1])).toEqual({ name: 'x', unit: 's', min: 1, median: 3, max: 10, against: {} });
    expect(benchRow('x', 's', [4, 10, 1, 2]).median).toBe((2 + 4) / 2);
  });

  it('divides medians by those of an earlier file, row by row', () => {
    const file = fileWith({ suite: 'env', rows: [benchRow('a', 'u', [4]), benchRow('b', 'other', [4])] });
    const rows = against([benchRow('a', 'u', [6]), benchRow('b', 'u', [6])], 'env', file);
    expect(rows.map((row) => row.against)).toEqual([{ before: { median: 4, ratio: 6 / 4 } }, {}]);
  });

  it('refuses a file of another suite, or of none', () => {
    expect(() => against([], 'env', fileWith({ suite: 'train', rows: [] }))).toThrow('not a document of this suite');
    expect(() => against([], 'env', fileWith([1, 2]))).toThrow('not a document of this suite');
  });

  it('counts one step an env and one action an agent that acts', () => {
    const once = { envs: 4, repeats: 2, seconds: 0.001 };
    const turns = measureWorld(worlds.get('bargaining'), once);
    expect(turns.agentSteps).toEqual(turns.envSteps);
    const together = measureWorld(worlds.get('simple-spread'), once);
    together.agentSteps.forEach((rate, i) => {
      expect(rate / together.envSteps[i]).toBeCloseTo(3, 9);
    });
  });

  it('prints one document with a row for each world and unit, and says on stderr what it is at', () => {
    const args = ['bench', 'env', 'bargaining', 'matrix-game', '--seconds', '0.01', '--repeats', '2', '--json'];
    const { status, stdout, stderr } = polity(args);
    expect([status, stderr]).toEqual([0, 'measuring bargaining ...\nmeasuring matrix-game ...\n']);
    const { suite, host, rows } = JSON.parse(stdout);
    expect(suite).toBe('env');
    expect(Object.keys(host)).toEqual(['cpu', 'cores', 'node', 'kernels']);
    expect(rows.map((row: { name: string; unit: string }) => [row.name, row.unit])).toEqual([
      ['bargaining', 'env-steps/s'],
      ['bargaining', 'agent-steps/s'],
      ['matrix-game', 'env-steps/s'],
      ['matrix-game', 'agent-steps/s'],
    ]);
    for (const { min, median, max } of rows) {
      expect(min).toBeGreaterThan(0);
      expect(median).toBeGreaterThanOrEqual(min);
      expect(max).toBeGreaterThanOrEqual(median);
    }
    const compared = polity([...args, '--quiet', '--against', fileWith(JSON.parse(stdout))]);
    expect(compared.stderr).toBe('');
    const [first] = JSON.parse(compared.stdout).rows;
    expect(first.against.before.median).toBe(rows[0].median);
    expect(first.against.before.ratio).toBeCloseTo(first.median / rows[0].median, 9);
  });

  it.each([
    ['an unknown suite', ['evn'], 'Did you mean "env"?'],
    ['an unknown world', ['env', 'bargainig'], 'Did you mean "bargaining"?'],
    ['a length that is none', ['env', '--seconds', '0'], 'above 0'],
    ['an earlier file that is missing', ['env', '--against', 'absent.json'], 'absent.json: cannot be read'],
  ])('refuses %s', (_, args, message) => {
    const { status, stderr } = polity(['bench', ...args]);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
