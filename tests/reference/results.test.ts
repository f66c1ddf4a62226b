import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planRuns } from '#cli/plan-runs';
import { buildResultsPage } from '#cli/reference/build-results-page';
import { curvesFolder, readCurve, settingsHash } from '#cli/reference/reference-curve';
import { chooseEntries, readEntries } from '#cli/reference/reference-entry';
import { finalOfSeed } from '#cli/reference/results-page';

const root = process.cwd();
const entries = readEntries(root);
const plans = await Promise.all(
  entries.map(async (entry) => ({ entry, configs: await planRuns(entry.file, { seeds: entry.seeds }) })),
);
const curves = plans.flatMap(({ entry, configs }) =>
  [...new Set(configs.map(({ variant }) => variant))].flatMap((variant) => {
    const curve = readCurve(root, entry.name, variant);
    return curve === undefined ? [] : [{ name: `${entry.name} ${variant ?? ''}`.trim(), entry, curve }];
  }),
);

it('docs/results.md is what `npm run reference -- --docs` writes now', async () => {
  const text = await buildResultsPage(root);
  expect(readFileSync('docs/results.md', 'utf8') === text, 'out of date: npm run reference -- --docs').toBe(true);
});

describe.each(plans)('$entry.name', ({ entry, configs }) => {
  it('resolves with its seeds, is called as its file, and ends after a number of env-steps', () => {
    for (const config of configs) {
      expect(config.name).toBe(entry.name);
      expect(config.budget.envSteps).toBeGreaterThan(0);
      expect(config.budget.seconds).toBeNull();
    }
    expect(new Set(configs.map(({ seed }) => seed)).size).toBeGreaterThanOrEqual(3);
  });

  it('names variants in its lines that it has', () => {
    const variants = configs.map(({ variant }) => variant ?? 'base');
    for (const variant of entry.lines.flatMap((line) => line.variants ?? [])) expect(variants).toContain(variant);
  });
});

describe.each(curves)('the curve of $name', ({ entry, curve }) => {
  it('was trained with the settings that stand in its file', () => {
    expect(curve.settings, `train it again: npm run reference -- ${entry.name}`).toBe(
      settingsHash(readFileSync(entry.file, 'utf8')),
    );
  });

  it('has every seed of the table once, finished or failed, and evaluations up to its budget', () => {
    const planned = plans.find((plan) => plan.entry === entry)?.configs ?? [];
    const seeds = planned.filter(({ variant }) => variant === curve.variant).map(({ seed }) => seed);
    expect([...curve.seeds, ...curve.failed].map(({ seed }) => seed).sort()).toEqual([...seeds].sort());
    for (const { envSteps } of curve.seeds) {
      expect(envSteps.at(-1)).toBeGreaterThanOrEqual(curve.budget.envSteps ?? 0);
      expect(envSteps).toEqual([...envSteps].sort((a, b) => a - b));
    }
  });

  it('holds the metrics of its lines', () => {
    for (const { metric, variants } of entry.lines) {
      if (variants?.includes(curve.variant ?? 'base') === false) continue;
      for (const seed of curve.seeds) expect(seed.metrics[metric]).toHaveLength(seed.envSteps.length);
    }
  });
});

it('curves stay small, and each belongs to an experiment', () => {
  const names = entries.map(({ name }) => name);
  for (const file of readdirSync(curvesFolder)) {
    expect(names).toContain(file.replace(/(\.[a-z0-9-]+)?\.json$/, ''));
    expect(readFileSync(join(curvesFolder, file)).length, file).toBeLessThan(40_000);
  }
});

it('a final value is the mean of the last tenth of the evaluations, rounded up, on the scale of the line', () => {
  const values = Array.from({ length: 21 }, (_, i) => i);
  const seed = { seed: 1, seconds: 1, envSteps: values, metrics: { 'world/soups': values }, baselines: {} };
  const line = { metric: 'world/soups', times: 20, scale: 'soups', lowerIsBetter: false, published: '' };
  // A tenth of 21 evaluations, rounded up, is three: 18, 19 and 20.
  expect(finalOfSeed(seed, line)).toBe(20 * 19);
  expect(finalOfSeed(seed, { ...line, metric: 'episode/return' })).toBeUndefined();
});

it('a name that there is not is refused, with the one that was meant', () => {
  expect(() => chooseEntries(entries, ['simple-spraed-ppo'])).toThrow(/Did you mean "simple-spread-ppo"/);
  expect(chooseEntries(entries, [])).toHaveLength(entries.length);
});

it('what an experiment says in words does not change the name of its settings, what it sets does', () => {
  const text = 'name: x\ndescription: Does it?\nlearner: { gamma: 0.9 }\n';
  expect(settingsHash(`# A comment.\n${text.replace('Does', 'Will')}`)).toBe(settingsHash(text));
  expect(settingsHash(text.replace('0.9', '0.95'))).not.toBe(settingsHash(text));
});
