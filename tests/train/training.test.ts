import { describe, expect, it } from 'vitest';
import type { Checkpoint, ExperimentConfig } from '#train';
import { catalogue } from './experiment.ts';
import { run as train, untimed } from './runs.ts';

function experiment(envSteps: number, opponents: readonly string[] = []): ExperimentConfig {
  return {
    name: 'test',
    description: '',
    variant: null,
    env: { id: 'bargaining', params: {}, timeLimitSteps: null },
    seats: {
      player: { policy: 'learner', opponents: opponents.map((policy) => ({ policy, weight: 1 })), selfPlay: 0.5 },
    },
    policy: { network: { architecture: 'mlp' }, sharing: 'role', normaliseObservations: true },
    learner: { algorithm: 'ppo', learningRate: 1e-3, normaliseValues: true },
    rollout: { envs: 16, steps: 16, shards: 4 },
    budget: { envSteps, seconds: null, target: null },
    evaluation: { everyEnvSteps: 1024, episodes: 32, opponents, greedy: false, replays: 1 },
    checkpoint: { everyUpdates: 2 },
    engine: { kind: 'simd', kernels: 'portable', backend: 'auto' },
    seed: 1,
  };
}

async function run(config: ExperimentConfig, from?: Checkpoint) {
  const { rows, kept } = await train(config, catalogue, from);
  return { rows: untimed(rows), kept };
}

describe('training', () => {
  it('gives the same rows for the same configuration and seed', async () => {
    const config = experiment(1024, ['boulware']);
    expect((await run(config)).rows).toEqual((await run(config)).rows);
  });

  it('goes on from every checkpoint to the rows of the run that was never stopped', async () => {
    const config = experiment(2048, ['boulware']);
    const whole = await run(config);
    expect(whole.kept.length).toBeGreaterThan(4);
    for (const checkpoint of whole.kept) {
      const rest = await run(config, checkpoint);
      expect(rest.rows).toEqual(whole.rows.slice(checkpoint.rows));
    }
  });

  it('teaches two bargainers to agree far more often than random ones do', async () => {
    const config = { ...experiment(60_000), rollout: { envs: 64, steps: 32, shards: 4 } };
    const { rows } = await run({
      ...config,
      evaluation: { ...config.evaluation, everyEnvSteps: 60_000, episodes: 256 },
    });
    const last = Object.fromEntries(JSON.parse(rows[rows.length - 1]));
    const first = Object.fromEntries(JSON.parse(rows[0]));
    expect(first['baseline/random/negotiation/agreementRate']).toBeLessThan(0.5);
    expect(last['negotiation/agreementRate']).toBeGreaterThan(0.85);
  });
});
