import { createRegistry } from '#core';
import { a2c } from './a2c.ts';
import type { AlgorithmRegistry } from './algorithm.ts';
import { cfr } from './cfr.ts';
import { cfrPlus } from './cfr-plus.ts';
import { iql } from './iql.ts';
import { mappo } from './mappo.ts';
import { otherPlay } from './other-play.ts';
import { ppo } from './ppo.ts';
import { pqnVdn } from './pqn-vdn.ts';
import { qmix } from './qmix.ts';
import { reinforce } from './reinforce.ts';
import { vdn } from './vdn.ts';

/** Every algorithm. */
export const algorithms: AlgorithmRegistry = createRegistry('algorithm', [
  ppo,
  mappo,
  a2c,
  reinforce,
  iql,
  vdn,
  qmix,
  pqnVdn,
  cfr,
  cfrPlus,
  otherPlay,
]);

export * from './algorithm.ts';
export * from './copy-numbers.ts';
export { distributionOf, toEnvAction } from './distribution.ts';
export * from './exact-game.ts';
export * from './rollout.ts';
export { requireDistinct } from './table-network.ts';
export * from './team.ts';
