import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createSimdEngine } from '#engine';
import { soloTeam } from '#learn';
import { createProgram, resolveExperiment } from '#train';
import { catalogue } from '../../src/cli/catalogue.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heap(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('a long run', () => {
  it.each(['bargaining', 'simple-spread', 'matrix-game'])('does not grow the heap in %s', async (id) => {
    const value = {
      name: 'long',
      env: { id },
      rollout: { envs: 16, steps: 64, shards: 2 },
      budget: { envSteps: 1e9 },
      evaluation: { opponents: [] },
    };
    const config = resolveExperiment(value, 'long', catalogue);
    const program = await createProgram(config, catalogue, createSimdEngine({ kernels: 'portable' }), soloTeam(2));
    const play = (envSteps: number) => {
      for (let steps = 0; steps < envSteps; steps += 16 * 64) program.update(0.5);
    };
    play(60_000);
    const before = heap();
    play(100_000);
    const grown = heap() - before;
    // Compiled code and inline caches settle late; a byte kept in every step would be a hundred thousand.
    expect(grown).toBeLessThan(100_000);
  });
});
