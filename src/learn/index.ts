import { createRegistry } from '#core';
import { a2c } from './a2c.ts';
import type { AlgorithmRegistry } from './algorithm.ts';
import { mappo } from './mappo.ts';
import { ppo } from './ppo.ts';
import { reinforce } from './reinforce.ts';

/** Every algorithm. */
export const algorithms: AlgorithmRegistry = createRegistry('algorithm', [ppo, mappo, a2c, reinforce]);

export * from './algorithm.ts';
export { distributionOf, toEnvAction } from './distribution.ts';
export * from './rollout.ts';
export * from './team.ts';
