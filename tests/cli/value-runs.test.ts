import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { train } from '#cli/library';
import { PolityError } from '#core';

const experiment = (network: Readonly<Record<string, unknown>>, learner: object) => ({
  name: 'riddle',
  env: { id: 'switch-riddle' },
  policy: { network },
  learner: { algorithm: 'qmix', warmUpMoments: 16, batchMoments: 16, ...learner },
  rollout: { envs: 4, steps: 8, shards: 2 },
  budget: { envSteps: 64 },
  evaluation: { episodes: 4, opponents: [] },
});
const gru = (units: number) => ({ architecture: 'gru', hidden: [8], units });

async function refusalOf(work: () => Promise<unknown>): Promise<PolityError> {
  const error = await work().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PolityError);
  return error as PolityError;
}

describe('a run that learns values', () => {
  it.each([
    ['units', gru(16), 'policy.network.units 16', 'policy.network.units 8'],
    ['hidden sizes', { ...gru(8), hidden: [16] }, 'policy.network.hidden [16]', 'policy.network.hidden [8]'],
  ])('is not gone on with when %s differ, and says which they were', async (_, network, got, expected) => {
    const out = mkdtempSync(join(tmpdir(), 'polity-'));
    await train(experiment(gru(8), {}), { out, threads: 1 });
    const refusal = await refusalOf(() => train(experiment(network, {}), { out, resume: true, threads: 1 }));
    expect(refusal.message).toContain('not the configuration that this run began with');
    expect([refusal.detail.got, refusal.detail.expected]).toEqual([got, expected]);
  });

  it.each([
    ['moments', { hidden: [8] }],
    ['sequences', gru(8)],
  ])('is refused before anything is written when its replay of %s does not fit into memory', async (_, network) => {
    const out = join(mkdtempSync(join(tmpdir(), 'polity-')), 'results');
    const refusal = await refusalOf(() => train(experiment(network, { replayMoments: 1e12 }), { out, threads: 1 }));
    expect(refusal.message).toContain('learner.replayMoments: the replay does not fit into memory');
    expect(existsSync(out)).toBe(false);
  });
});
