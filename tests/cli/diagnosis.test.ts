import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadRun, train } from '#cli/library';
import { printDiagnosis } from '#cli/print-diagnosis';
import { box, defineEnv, discrete } from '#core';
import { diagnose } from '#report';

/** Name the number that is shown, of four. */
const echo = defineEnv({
  id: 'echo',
  roles: () => [{ name: 'guesser', count: 1, observation: box([4], 0, 1), action: discrete(4) }],
  init: (_, rng) => ({ shown: rng.integer(0, 4) }),
  observe: ({ shown }, _, out) => {
    out.fill(0);
    out[shown] = 1;
  },
  step: ({ shown }, actions, rewards) => {
    rewards[0] = actions[0] === shown ? 1 : 0;
    return true;
  },
});

async function run(learner: Readonly<Record<string, unknown>>, network: Readonly<Record<string, unknown>> = {}) {
  const experiment = {
    name: 'echo',
    env: { id: 'echo' },
    policy: { network: { hidden: [16], ...network } },
    learner: { algorithm: 'ppo', ...learner },
    rollout: { envs: 8, steps: 32, shards: 4 },
    budget: { envSteps: 8 * 32 * 40 },
    evaluation: { episodes: 200 },
    engine: { kernels: 'portable' as const },
  };
  const { folder } = await train(experiment, { worlds: [echo], out: mkdtempSync(join(tmpdir(), 'polity-diagnosis-')) });
  return loadRun(folder);
}

describe('the diagnosis of a real run', () => {
  it('is that nothing is wrong where it learns', async () => {
    const { outcomes, findings } = diagnose([await run({ learningRate: 0.001 })]);
    expect([outcomes.rose, findings]).toEqual([1, []]);
  });

  it('is a policy that hardly moves where the learning rate is next to nothing', async () => {
    const { outcomes, findings } = diagnose([await run({ learningRate: 1e-9 })]);
    expect(outcomes.flat).toBe(1);
    expect(findings.map(({ id }) => id)).toContain('unmoved-policy');
    expect(findings.find(({ id }) => id === 'unmoved-policy')?.turns[0]).toEqual({
      key: 'learner.learningRate',
      now: '1e-9',
      advice: 'raise it',
    });
  });

  it('is an early end of exploring, dead units and jumps where it is far too large, and is said on stderr', async () => {
    const lost = await run({ learningRate: 1, entropyWeight: 0 }, { activation: 'relu' });
    const ids = diagnose([lost]).findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['entropy-collapse', 'dead-units']));
    const said: string[] = [];
    vi.spyOn(console, 'error').mockImplementation((text) => {
      said.push(String(text));
    });
    printDiagnosis([lost], false);
    vi.restoreAllMocks();
    expect(said[0]).toBe('Why is it not learning?');
    expect(said.join('\n')).toContain('learner.learningRate (now 1): lower it');
  });
});
