import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { catalogue } from '#cli/catalogue';
import { planRuns } from '#cli/plan-runs';
import { curveOf, readCurve, type SeedCurve } from '#cli/reference/reference-curve';
import { readEntries } from '#cli/reference/reference-entry';
import { finalOfSeed } from '#cli/reference/results-page';
import { loadRun } from '#cli/run-folder';
import { prepareRun, trainRun } from '#cli/train-run';

const out = mkdtempSync(join(tmpdir(), 'polity-reference-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Short ones: a learner that plays, and an oracle that walks the tree. */
const retrained = ['foraging-ppo', 'kuhn-poker-cfr-plus'];

it.each(retrained)('%s, trained again with its first seed, is what the committed curve says', async (name) => {
  const entry = readEntries('.').find((one) => one.name === name);
  const curve = readCurve('.', name, null);
  if (entry === undefined || curve === undefined) throw new Error(`${name} has no committed curve`);
  const committed = curve.seeds[0];

  const [config] = await planRuns(entry.file, { seed: String(committed.seed) });
  const run = prepareRun(config, catalogue, { out, overwrite: false, resume: false, threads: 1 });
  const { folder } = await trainRun(run, catalogue, {
    onRow: () => {},
    onProgress: () => {},
    shouldStop: () => false,
  });
  const again = curveOf(entry, [loadRun(folder)], new Map());

  const measured = ({ envSteps, metrics, baselines }: SeedCurve) => ({ envSteps, metrics, baselines });
  const sameBits =
    again.engine.variant === curve.engine.variant &&
    again.node === curve.node &&
    again.host.platform === curve.host.platform;
  if (sameBits) {
    expect(measured(again.seeds[0])).toEqual(measured(committed));
    return;
  }
  // Other kernels round otherwise, and the run goes another way; where it ends must be within what seeds differ by.
  for (const line of entry.lines) {
    const finals = curve.seeds.map((seed) => finalOfSeed(seed, line) ?? Number.NaN);
    const [low, high] = [Math.min(...finals), Math.max(...finals)];
    const slack = Math.max(high - low, 0.02 * Math.abs(high), 1e-3);
    const final = finalOfSeed(again.seeds[0], line);
    expect(final).toBeGreaterThanOrEqual(low - slack);
    expect(final).toBeLessThanOrEqual(high + slack);
  }
});
