import type { Distribution } from './distribution.ts';
import type { Writable } from './numbers.ts';
import { type PolicyRows, ppoSums } from './ppo-loss.ts';

/**
 * The advantage actor-critic policy loss, -log pi(a|s) A - entropyWeight H per row; the critic's half is `valueLoss`.
 * Adds `scale` times its gradient to `gradOutputs`, and count, policy loss and entropy to `sums` (indices of `ppoSums`).
 *
 * Shapes: as `ppoPolicyLoss`.
 * Source: Mnih et al. (2016), "Asynchronous methods for deep reinforcement learning", section 4.
 */
export function a2cPolicyLoss(
  distribution: Distribution,
  rows: PolicyRows,
  count: number,
  entropyWeight: number,
  scale: number,
  gradOutputs: Writable,
  sums: Float64Array,
): void {
  const { outputSize, actionSize } = distribution;
  const { outputs, mask, actions, advantages } = rows;
  let policyLoss = 0;
  let entropy = 0;
  for (let row = 0; row < count; row++) {
    const at = row * outputSize;
    const actionAt = row * actionSize;
    distribution.load(outputs, at, mask, at);
    policyLoss -= distribution.logProbability(actions, actionAt) * advantages[row];
    entropy += distribution.entropy();
    distribution.addGrad(actions, actionAt, -scale * advantages[row], -scale * entropyWeight, gradOutputs, at);
  }
  sums[ppoSums.count] += count;
  sums[ppoSums.policyLoss] += policyLoss;
  sums[ppoSums.entropy] += entropy;
}
