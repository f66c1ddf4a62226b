import { createRegistry } from '#core';
import type { AlgorithmRegistry } from './algorithm.ts';
import { ppo } from './ppo.ts';

/** Every algorithm. */
export const algorithms: AlgorithmRegistry = createRegistry('algorithm', [ppo]);

export * from './algorithm.ts';
export { distributionOf, toEnvAction } from './distribution.ts';
export * from './rollout.ts';
export * from './team.ts';
