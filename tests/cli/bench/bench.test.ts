import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { against } from '#cli/bench/against';
import { worldMeter } from '#cli/bench/measure-world';
import { benchRow } from '#cli/bench/suite';
import { worlds } from '#envs';
import { polity } from '../polity.ts';

function fileWith(document: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'polity-')), 'before.json');
  writeFileSync(file, JSON.stringify(document));
  return file;
}

/** An interpreter that has every module and answers as the script of the originals does, with rates of its own. */
function fakePython(version: string, rates: readonly number[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'polity-')), 'python');
  const script = `#!${process.execPath}
if (process.argv[2] === '-c') process.exit(0);
const rates = ${JSON.stringify(rates)};
console.log(JSON.stringify({ package: 'mpe2', version: '${version}' }));
require('node:readline').createInterface({ input: process.stdin }).on('line', () => {
  if (rates.length === 0) {
    console.error('no more rates');
    process.exit(1);
  }
  console.log(JSON.stringify({ envSteps: rates.shift() }));
});
`;
  writeFileSync(file, script);
  chmodSync(file, 0o755);
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
    const turns = worldMeter(worlds.get('bargaining'), 4)(0.001);
    expect(turns.agentSteps).toBe(turns.envSteps);
    const together = worldMeter(worlds.get('simple-spread'), 4)(0.001);
    expect(together.agentSteps / together.envSteps).toBeCloseTo(3, 9);
  });

  it('divides by the original in Python, repeat by repeat, where there is one', () => {
    const python = fakePython('4.5.6', [100, 1000, 10]);
    const args = ['bench', 'env', 'simple-spread', 'bargaining', '--seconds', '0.01', '--repeats', '2', '--json'];
    const { status, stdout, stderr } = polity(args, { POLITY_PEER_PYTHONS: `/absent:${python}` });
    expect([status, stderr]).toEqual([0, 'measuring simple-spread ...\nmeasuring bargaining ...\n']);
    const { rows } = JSON.parse(stdout);
    expect(rows.map(({ name, unit }: { name: string; unit: string }) => `${name} ${unit}`)).toEqual([
      'simple-spread env-steps/s',
      'simple-spread agent-steps/s',
      'simple-spread, mpe2 4.5.6 env-steps/s',
      'bargaining env-steps/s',
      'bargaining agent-steps/s',
    ]);
    // The first answer is the warm-up. Two repeats: 1000 and 10.
    expect(rows[2]).toMatchObject({ min: 10, median: (1000 + 10) / 2, max: 1000 });
    const { min, max, against: beside } = rows[0];
    expect(beside.original.median).toBe((1000 + 10) / 2);
    const ratios = [(min / 1000 + max / 10) / 2, (max / 1000 + min / 10) / 2];
    expect(Math.min(...ratios.map((ratio) => Math.abs(ratio / beside.original.ratio - 1)))).toBeLessThan(1e-9);
  });

  it('says once which originals no Python here has, and measures ours alone', () => {
    const args = ['bench', 'env', 'simple-spread', 'simple-tag', '--seconds', '0.01', '--repeats', '1', '--json'];
    const { status, stdout, stderr } = polity(args, { POLITY_PEER_PYTHONS: '/absent/python' });
    expect(status).toBe(0);
    expect(stderr.match(/the original in mpe2 is left out: no Python of \/absent\/python has mpe2/g)).toHaveLength(1);
    expect(stderr).toContain('name interpreters in POLITY_PEER_PYTHONS');
    for (const row of JSON.parse(stdout).rows) expect(row.against).toEqual({});
  });

  it('stops with what the original complained about', () => {
    const python = fakePython('1', []);
    const args = ['bench', 'env', 'hanabi', '--seconds', '0.01', '--repeats', '1'];
    const { status, stderr } = polity(args, { POLITY_PEER_PYTHONS: python });
    expect(status).toBe(1);
    expect(stderr).toContain('the original stopped');
    expect(stderr).toContain('no more rates');
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
