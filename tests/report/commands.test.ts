import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pageAssets } from '#cli/page-file';
import { runCompare } from '#cli/run-compare';
import { writeReport } from '#cli/run-report';
import type { ReportedRun } from '#report';
import { polity } from '../cli/polity.ts';
import { negotiation, row, run } from './runs.ts';

const assets = { script: 'window.drawn = 1;', style: '' };

const results = () => mkdtempSync(join(tmpdir(), 'polity-report-'));

/** Writes a run where training would and returns its folder. */
function write(out: string, made: ReportedRun): string {
  const { name, variant, seed } = made.config;
  const folder = join(out, variant === null ? name : `${name}.${variant}`, `seed-${seed}`);
  const lines = (items: readonly unknown[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');
  mkdirSync(join(folder, 'replays'), { recursive: true });
  writeFileSync(join(folder, 'config.json'), JSON.stringify(made.config));
  writeFileSync(join(folder, 'run.json'), JSON.stringify(made.info));
  writeFileSync(join(folder, 'metrics.jsonl'), lines(made.rows));
  writeFileSync(join(folder, 'replays', 'last.jsonl'), lines(made.episodes));
  return folder;
}

const made = (seed: number, value: number, config = {}) =>
  run({
    config: { seed, ...config },
    rows: [row('eval', 0, { 'episode/return': 0 }), row('eval', 1000, { 'episode/return': value })],
    episodes: [negotiation({})],
  });

afterEach(() => {
  vi.restoreAllMocks();
});

/** What `runCompare` prints. */
function compare(...args: Parameters<typeof runCompare>): string {
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text) => {
    printed.push(String(text));
  });
  expect(runCompare(...args)).toBe(0);
  return printed.join('\n');
}

describe('polity report', () => {
  it('writes report.html into the run’s folder', () => {
    const folder = write(results(), made(1, 5));
    expect(writeReport([folder], undefined, assets)).toBe(join(folder, 'report.html'));
    const html = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(html).toContain('<h1>haggle</h1>');
    expect(html).toContain('window.drawn = 1;');
  });

  it('writes one page about all seeds into their folder, in place of an older one', () => {
    const out = results();
    const folders = [write(out, made(1, 5)), write(out, made(2, 7))];
    const path = join(out, 'haggle', 'report.html');
    writeReport([folders[0]], path, assets);
    expect(writeReport(folders, undefined, assets)).toBe(path);
    expect(readFileSync(path, 'utf8')).toContain('95 % t intervals over 2 seeds');
  });

  it('makes the folders of --out', () => {
    const out = results();
    const path = join(out, 'deep', 'er', 'page.html');
    expect(writeReport([write(out, made(1, 5))], path, assets)).toBe(path);
    expect(existsSync(path)).toBe(true);
  });

  it('never replaces a file that is not such a page', () => {
    const out = results();
    const path = join(out, 'thesis.html');
    writeFileSync(path, 'ten years of work');
    const folder = write(out, made(1, 5));
    expect(() => writeReport([folder], path, assets)).toThrow(
      `${path}: exists already and is not a page that Polity wrote`,
    );
    expect(readFileSync(path, 'utf8')).toBe('ten years of work');
    expect(() => writeReport([folder], out, assets)).toThrow(`${out}: is a folder: expected a file`);
  });

  it('refuses runs of different configurations and names the command that takes them', () => {
    const out = results();
    const folders = [write(out, made(1, 5)), write(out, made(1, 5, { variant: 'joint' }))];
    expect(() => writeReport(folders, undefined, assets)).toThrow('use `polity compare`');
  });

  it('says what to do where the page’s script was not built', () => {
    const folder = results();
    expect(() => pageAssets(folder)).toThrow('Run `npm run build`');
    writeFileSync(join(folder, 'report-page.js'), 'script');
    writeFileSync(join(folder, 'report-page.css'), 'style');
    expect(pageAssets(folder)).toEqual({ script: 'script', style: 'style' });
  });

  it.each([
    ['a folder that does not exist', 'nowhere', 'nowhere: no such folder'],
    ['a folder without runs', 'src/report', 'src/report: no run in it'],
  ])('refuses %s', (_, folder, message) => {
    const { status, stdout, stderr } = polity(['report', folder]);
    expect(stderr).toContain(message);
    expect([status, stdout]).toEqual([2, '']);
  });
});

describe('polity compare', () => {
  const two = () => {
    const out = results();
    for (const [seed, value] of [
      [1, 1],
      [2, 2],
      [3, 3],
    ])
      write(out, made(seed, value));
    for (const [seed, value] of [
      [1, 2],
      [2, 3],
      [3, 4],
    ])
      write(out, made(seed, value, { variant: 'joint' }));
    return out;
  };

  it('prints one JSON document, and writes no page unless one is asked for', () => {
    const out = two();
    const document = JSON.parse(compare([out], { json: true }));
    expect(Object.keys(document)).toEqual(['metric', 'groups', 'improvement']);
    expect(document.metric).toBe('episode/return');
    expect(Object.keys(document.groups[0])).toEqual(['name', 'seeds', 'finalWindow', 'iqm', 'iqmInterval']);
    expect(document.groups[1]).toMatchObject({
      name: 'haggle.joint',
      seeds: [1, 2, 3],
      finalWindow: { mean: 3 },
      iqm: 3,
    });
    // 1 of 9 pairs is won (3 over 2) and two are ties (2 with 2, 3 with 3): (1 + 2 / 2) / 9.
    expect(document.improvement).toMatchObject([{ a: 'haggle', b: 'haggle.joint', probability: 2 / 9 }]);
    expect(existsSync(join(out, 'comparison.html'))).toBe(false);
  });

  it('takes runs, experiments and whole folders, each run once however often it is named', () => {
    const out = two();
    const folders = [join(out, 'haggle'), join(out, 'haggle', 'seed-1'), out];
    expect(compare(folders, { json: true })).toBe(compare([out], { json: true }));
  });

  it('compares by the metric that is asked for, and says which one was meant', () => {
    const out = two();
    expect(() => runCompare([out], { json: true, metric: 'episode/retrun' })).toThrow('Did you mean "episode/return"?');
  });

  it('prints tables for people, and writes the page into the folder that holds all runs', () => {
    const out = two();
    const text = compare([join(out, 'haggle'), join(out, 'haggle.joint')], { json: false }, () => assets);
    const page = join(out, 'comparison.html');
    expect(text.split('\n').at(-1)).toBe(page);
    expect(text).toMatch(/haggle\.joint .* 3 .* 3\.0 .* 0\.5 to 5\.5/);
    expect(text).toMatch(/haggle .* haggle\.joint .* 0\.22 .* 0\.00 to 0\.67/);
    expect(readFileSync(page, 'utf8')).toContain('<h1>haggle, haggle.joint</h1>');
  });

  it('warns on stderr where numbers do not mean the same in each group, and keeps stdout for the data', () => {
    const out = two();
    write(out, made(1, 2, { name: 'other', env: { id: 'simple-spread' } }));
    const { status, stdout, stderr } = polity(['compare', out, '--json']);
    expect(stderr).toContain('The groups play different worlds');
    expect(JSON.parse(stdout).groups).toHaveLength(3);
    expect(status).toBe(0);
  });

  it('writes the page of a single run beside it', () => {
    const folder = write(results(), made(1, 5));
    const text = compare([folder], { json: false }, () => assets);
    expect(text).toContain(join(dirname(folder), 'comparison.html'));
  });

  it('writes a page beside JSON where one is asked for', () => {
    const out = join(results(), 'page.html');
    compare([two()], { json: true, out }, () => assets);
    expect(readFileSync(out, 'utf8')).toContain('Probability of improvement');
  });

  it('refuses folders without runs, in words and in JSON', () => {
    const { status, stdout } = polity(['compare', 'nowhere', '--json']);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'input', where: 'nowhere', message: 'no such folder' });
    expect(status).toBe(2);
  });
});
