import { type AnyWrapper, createRegistry } from '#core';
import { agentIndicator } from './agent-indicator.ts';
import { commonReward } from './common-reward.ts';
import { deathMasking } from './death-masking.ts';
import { frameStack } from './frame-stack.ts';
import { inequityAversion } from './inequity-aversion.ts';
import { normaliseObservations } from './normalise-observations.ts';
import { normaliseRewards } from './normalise-rewards.ts';
import { pad } from './pad.ts';
import { rewardSharing } from './reward-sharing.ts';
import { stickyActions } from './sticky-actions.ts';
import { unmasked } from './unmasked.ts';

/** Everything that can be put around a world, in the order in which it is listed. */
export const wrappers = createRegistry<AnyWrapper>('wrapper', [
  frameStack,
  agentIndicator,
  normaliseObservations,
  normaliseRewards,
  pad,
  deathMasking,
  stickyActions,
  commonReward,
  rewardSharing,
  inequityAversion,
  unmasked,
]);

export { withWrappers } from './wrapped-worlds.ts';
export {
  agentIndicator,
  commonReward,
  deathMasking,
  frameStack,
  inequityAversion,
  normaliseObservations,
  normaliseRewards,
  pad,
  rewardSharing,
  stickyActions,
  unmasked,
};
