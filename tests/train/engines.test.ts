import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEngine } from '#cli/create-engine';
import { findTfjsBackends } from '#cli/tfjs-backends';
import type { MetricRow } from '#core';
import { soloTeam } from '#learn';
import { createProgram, type ExperimentConfig, runTraining, soloCrew } from '#train';
import { relativeError } from '../engine/simd/tfjs-oracle.ts';
import { catalogue, resolve } from './experiment.ts';

const backends = (await findTfjsBackends()).map(({ backend, available }) => ({ backend, available }));

async function programOn(config: ExperimentConfig, engine: Partial<ExperimentConfig['engine']>) {
  const running = await createEngine({ kind: 'simd', kernels: 'portable', backend: 'auto', ...engine });
  return createProgram(config, catalogue, running, soloTeam(config.rollout.shards));
}

describe('the first update of the quickstart, on a small rollout,', async () => {
  const [quickstart] = await resolve(readFileSync('experiments/quickstart.yaml', 'utf8'));
  const config = { ...quickstart, rollout: { envs: 16, steps: 16, shards: 8 } };
  const ours = await programOn(config, {});
  const before = ours.policies()[0].params;
  const { learning } = ours.update(0);
  const after = ours.policies()[0].params;

  for (const { backend, available } of backends) {
    if (!available) console.warn(`SKIPPED on the tfjs backend ${backend}: polity doctor says why it is not there`);
    it.skipIf(!available)(`is the same to 1e-4 on tfjs with ${backend}`, async () => {
      const program = await programOn(config, { kind: 'tfjs', backend });
      expect(program.policies()[0].params).toEqual(before);
      const theirs = program.update(0).learning;
      expect(Object.keys(theirs)).toEqual(Object.keys(learning));
      for (const [key, value] of Object.entries(learning)) {
        expect([key, Math.abs(theirs[key] - value) / Math.max(1, Math.abs(value)) < 1e-4]).toEqual([key, true]);
      }
      expect(relativeError(program.policies()[0].params, after)).toBeLessThan(1e-4);
      expect(relativeError(before, after)).toBeGreaterThan(1e-3);
    });
  }
});

it('training on tfjs gives the same rows for the same configuration and seed', async () => {
  const text = `name: small
env: { id: matrix-game }
policy: { network: { hidden: [8] } }
rollout: { envs: 4, steps: 8, shards: 2 }
budget: { envSteps: 96 }
evaluation: { episodes: 4 }
engine: { kind: tfjs, backend: cpu }
`;
  const [config] = await resolve(text);
  expect(config.engine).toEqual({ kind: 'tfjs', kernels: 'auto', backend: 'cpu' });
  const rows = async () => {
    const program = await programOn(config, config.engine);
    const logged: string[] = [];
    const onRow = (row: MetricRow) => {
      logged.push(JSON.stringify(Object.entries(row).filter(([key]) => !key.startsWith('time/'))));
    };
    await runTraining(config, catalogue, soloCrew(program), { onRow, onCheckpoint: () => {} });
    return logged;
  };
  const first = await rows();
  expect(first.length).toBeGreaterThan(3);
  expect(await rows()).toEqual(first);
});
