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
    play(250_000);
    const windows: number[] = [];
    for (let last = heap(); windows.length < 7; ) {
      play(25_000);
      const now = heap();
      windows.push(now - last);
      last = now;
    }
    // Compiled code and inline caches settle late and by leaps; a byte kept in every step is there in every window.
    expect(windows.toSorted((a, b) => a - b)[3]).toBeLessThan(10_000);
  });
});
