import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Topology } from '#core';
import { evaluate } from '../../src/cli/library/evaluate.ts';
import { writePolicy } from '../../src/cli/policy-files.ts';

it('a network with layers that the kernels do not know is evaluated by tfjs', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'polity-')), 'player');
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, inputShape: [5], name: 'first' }),
      tf.layers.batchNormalization({ name: 'normal' }),
      tf.layers.dense({ units: 2, name: 'policy' }),
    ],
  });
  const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
  writePolicy(folder, {
    topology: model.toJSON(null, false) as unknown as Topology,
    weights: Float32Array.from(weights),
    info: {
      format: 'polity-policy/1',
      env: { id: 'matrix-game', params: { game: 'prisoners-dilemma', rounds: 3 } },
      role: 'player',
      observationSize: 5,
      action: { kind: 'discrete', parts: [2] },
      normalisation: null,
      provenance: { experiment: 'by hand', variant: null, seed: 1, algorithm: 'ppo', envSteps: 0, configHash: '' },
    },
  });
  const { seatings } = await evaluate([folder], { episodes: 4 });
  expect(seatings[0].metrics['episode/length'].mean).toBe(3);
});
