import { describe, expect, it } from 'vitest';
import { type AnyEnv, box, defineEnv, discrete } from '#core';
import { createSimdEngine } from '#engine';
import { soloTeam } from '#learn';
import { type Checkpoint, createProgram, resolveExperiment, runTraining, soloCrew } from '#train';
import { catalogue as shipped } from './experiment.ts';

interface Clock {
  now: number;
}

/** Two agents, five steps. */
const clockwork = defineEnv<Clock>({
  id: 'clockwork',
  roles: () => [{ name: 'hand', count: 2, observation: box([2], 0, 10), action: discrete(2) }],
  timeLimitSteps: () => 5,
  init: () => ({ now: 0 }),
  observe(state, agent, out) {
    out[0] = state.now;
    out[1] = agent;
  },
  step(state) {
    state.now++;
    return false;
  },
});

async function train(world: AnyEnv): Promise<{ error: string; kept: Checkpoint[] }> {
  const catalogue = { ...shipped, worlds: shipped.worlds.with(world) };
  const value = {
    name: 'broken',
    env: { id: 'clockwork' },
    rollout: { envs: 4, steps: 8, shards: 2 },
    budget: { envSteps: 64 },
    seed: 7,
  };
  const kept: Checkpoint[] = [];
  const onCheckpoint = (checkpoint: Checkpoint) => {
    kept.push(checkpoint);
  };
  try {
    const config = resolveExperiment(value, 'broken.yaml', catalogue);
    const program = await createProgram(config, catalogue, createSimdEngine({ kernels: 'portable' }), soloTeam(2));
    await runTraining(config, catalogue, soloCrew(program), { onRow: () => {}, onCheckpoint });
    return { error: '', kept };
  } catch (error) {
    return { error: (error as Error).message, kept };
  }
}

const broken = (part: Partial<AnyEnv>) => ({ ...clockwork, ...part }) as AnyEnv;

describe('a world that fails while it is trained in', () => {
  it('runs when nothing is wrong with it', async () => {
    expect((await train(clockwork as AnyEnv)).error).toBe('');
  });

  it.each<[string, AnyEnv, readonly string[]]>([
    [
      'throws in a step',
      broken({
        step(state: Clock) {
          if (++state.now === 3) throw new Error('spring broke');
          return false;
        },
      }),
      ['world clockwork', 'seed 7', 'step 2', 'spring broke'],
    ],
    [
      'throws in an observation',
      broken({
        observe(state: Clock, agent: number, out: Float32Array) {
          if (agent === 1 && state.now === 2) throw new Error('hand fell off');
          out.fill(0);
        },
      }),
      ['world clockwork', 'seed 7', 'step 2', 'hand_1', 'hand fell off'],
    ],
    [
      'gives a reward that is not a number',
      broken({
        step(state: Clock, _actions: Float64Array, rewards: Float64Array) {
          if (++state.now === 4) rewards[1] = Number.NaN;
          return false;
        },
      }),
      ['world clockwork', 'seed 7', 'step 4', 'hand_1', 'reward NaN'],
    ],
    [
      'observes something that is not a number',
      broken({
        observe(state: Clock, agent: number, out: Float32Array) {
          out[0] = 0;
          out[1] = state.now === 1 && agent === 0 ? Number.NaN : 1;
        },
      }),
      ['world clockwork', 'seed 7', 'step 1', 'hand_0', 'entry 1 is NaN'],
    ],
    [
      'writes a longer observation than it declares',
      broken({
        observe(_state: Clock, _agent: number, out: Float32Array) {
          for (let i = 0; i < 3; i++) out[i] = 1;
        },
      }),
      ['world clockwork', 'seed 7', 'step 0', 'hand_0', 'at least 3 numbers, its space has 2'],
    ],
    [
      'copies a longer observation than it declares',
      broken({
        observe(_state: Clock, _agent: number, out: Float32Array) {
          out.set([1, 2, 3]);
        },
      }),
      ['world clockwork', 'seed 7', 'step 0', 'hand_0'],
    ],
  ])('and %s is named with seed, step and agent', async (_, world, parts) => {
    const { error } = await train(world);
    for (const part of parts) expect(error).toContain(part);
  });

  it('leaves a checkpoint to go on from, even when its first episodes fail', async () => {
    const step = () => {
      throw new Error('stuck');
    };
    const { kept } = await train(broken({ step }));
    expect(kept.map(({ update, rows }) => [update, rows])).toEqual([[0, 0]]);
  });
});
