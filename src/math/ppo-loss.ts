import type { Distribution } from './distribution.ts';
import type { Numbers, Writable } from './numbers.ts';
import { type ValueLossOptions, type ValueRows, valueLoss } from './value-loss.ts';

/** Rows of a policy-gradient loss: network outputs and what was recorded when acting. */
export interface PolicyRows {
  /** Logits, or means and log standard deviations [B, M]. */
  readonly outputs: Numbers;
  readonly mask: Numbers | null;
  readonly actions: Numbers;
  readonly advantages: Numbers;
}

export interface PpoPolicyRows extends PolicyRows {
  readonly oldLogProbabilities: Numbers;
}

export interface PpoPolicyOptions {
  readonly clip: number;
  readonly entropyWeight: number;
}

export interface PpoOptions extends PpoPolicyOptions, ValueLossOptions {
  readonly valueWeight: number;
}

/** Where each sum over rows stands in the `sums` that a loss adds to. Divide by `count` for means. */
export const ppoSums = {
  count: 0,
  policyLoss: 1,
  valueLoss: 2,
  entropy: 3,
  /** -log r: the plain estimate of KL(old || new), noisy and sometimes negative. */
  approxKl: 4,
  /** (r - 1) - log r: unbiased, never negative. */
  approxKl3: 5,
  clipFraction: 6,
  ratio: 7,
} as const;

/** Room for the sums of `ppoSums`, zeroed. */
export function createPpoSums(): Float64Array {
  return new Float64Array(Object.keys(ppoSums).length);
}

/**
 * The clipped policy loss with entropy bonus: -min(r A, clip(r, 1 - c, 1 + c) A) - entropyWeight H per row, r = pi(a|s)/old pi(a|s).
 * Adds `scale` times its gradient to `gradOutputs` and the rows' sums to `sums`.
 *
 * Shapes: outputs, mask and gradOutputs [B, M]; actions [B, K]; oldLogProbabilities, advantages [B]; sums `createPpoSums`.
 * Units: `scale` is 1 / (rows of the whole minibatch), so that the gradients of its shards can be added.
 * Source: Schulman et al. (2017), "Proximal policy optimization algorithms", eq. 7 and 9; KL estimates after Schulman (2020),
 * "Approximating KL divergence", k1 and k3.
 */
export function ppoPolicyLoss(
  distribution: Distribution,
  rows: PpoPolicyRows,
  count: number,
  options: PpoPolicyOptions,
  scale: number,
  gradOutputs: Writable,
  sums: Float64Array,
): void {
  const { outputSize, actionSize } = distribution;
  const { outputs, mask, actions, oldLogProbabilities, advantages } = rows;
  const { clip, entropyWeight } = options;
  let policyLoss = 0;
  let entropy = 0;
  let approxKl = 0;
  let approxKl3 = 0;
  let clipped = 0;
  let ratios = 0;
  for (let row = 0; row < count; row++) {
    const at = row * outputSize;
    const actionAt = row * actionSize;
    distribution.load(outputs, at, mask, at);
    const logRatio = distribution.logProbability(actions, actionAt) - oldLogProbabilities[row];
    const ratio = Math.exp(logRatio);
    const advantage = advantages[row];
    const bounded = Math.max(1 - clip, Math.min(1 + clip, ratio));
    // The bound takes effect only where moving further would pay.
    const held = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
    const gain = (held ? bounded : ratio) * advantage;
    policyLoss -= gain;
    entropy += distribution.entropy();
    approxKl -= logRatio;
    approxKl3 += ratio - 1 - logRatio;
    ratios += ratio;
    if (Math.abs(ratio - 1) > clip) clipped++;
    const logWeight = held ? 0 : -scale * gain;
    if (logWeight !== 0 || entropyWeight !== 0) {
      distribution.addGrad(actions, actionAt, logWeight, -scale * entropyWeight, gradOutputs, at);
    }
  }
  sums[ppoSums.count] += count;
  sums[ppoSums.policyLoss] += policyLoss;
  sums[ppoSums.entropy] += entropy;
  sums[ppoSums.approxKl] += approxKl;
  sums[ppoSums.approxKl3] += approxKl3;
  sums[ppoSums.clipFraction] += clipped;
  sums[ppoSums.ratio] += ratios;
}

/**
 * PPO's whole loss, policy + valueWeight value - entropyWeight entropy, for an actor and a critic that see the same rows.
 *
 * Shapes: as `ppoPolicyLoss` and `valueLoss`.
 * Source: Schulman et al. (2017), eq. 9.
 */
export function ppoLoss(
  distribution: Distribution,
  rows: PpoPolicyRows & ValueRows,
  count: number,
  options: PpoOptions,
  scale: number,
  gradOutputs: Writable,
  gradValues: Writable,
  sums: Float64Array,
): void {
  ppoPolicyLoss(distribution, rows, count, options, scale, gradOutputs, sums);
  sums[ppoSums.valueLoss] += valueLoss(rows, count, options, scale * options.valueWeight, gradValues);
}

/** The loss that was minimised, from the sums of all its rows. */
export function ppoTotal(sums: Float64Array, options: Pick<PpoOptions, 'valueWeight' | 'entropyWeight'>): number {
  const weighted =
    sums[ppoSums.policyLoss] +
    options.valueWeight * sums[ppoSums.valueLoss] -
    options.entropyWeight * sums[ppoSums.entropy];
  return weighted / sums[ppoSums.count];
}
