import { describe, expect, it } from 'vitest';
import { resolveExperiment } from '#train';
import { catalogue } from '../../src/cli/catalogue.ts';

const networkOf = (algorithm: string, network: object) => {
  const value = {
    name: 'test',
    env: { id: 'switch-riddle' },
    policy: { network },
    learner: { algorithm },
    budget: { envSteps: 100 },
  };
  return resolveExperiment(value, 'test', catalogue).policy.network as Record<string, unknown>;
};

describe('what an algorithm prefers of a network', () => {
  it('holds where an experiment does not choose, and is written into the resolved one', () => {
    expect(networkOf('pqn-vdn', {}).layerNorm).toBe(true);
    expect(networkOf('pqn-vdn', { architecture: 'gru', units: 8 })).toMatchObject({ layerNorm: true, units: 8 });
  });

  it('gives way to what the experiment says', () => {
    expect(networkOf('pqn-vdn', { layerNorm: false }).layerNorm).toBe(false);
  });

  it('is nothing for algorithms that prefer nothing', () => {
    expect(networkOf('vdn', {}).layerNorm).toBe(false);
  });
});
