import type { Numbers, Writable } from './numbers.ts';
import type { AdvantageRows } from './returns.ts';

export interface VtraceOptions {
  readonly gamma: number;
  readonly lambda: number;
  /** Upper bound of the importance weight in the temporal difference (rho-bar); c is bounded by 1. */
  readonly clipRho: number;
  /** Upper bound of the importance weight in the policy gradient. */
  readonly clipPolicyRho: number;
}

/**
 * V-trace: off-policy corrected value errors (target minus value), Q estimates, and advantages for the policy gradient.
 *
 * Shapes: `rows` and the outputs as in `gae`; rhos [>= start + length] = pi(a|s) / mu(a|s).
 * Source: Espeholt et al. (2018), "IMPALA", eq. 1 and section 4.2; the Q estimate mixes the next value and the next target by
 * lambda as in rlax's `vtrace_td_error_and_advantage`.
 */
export function vtrace(
  rows: AdvantageRows,
  rhos: Numbers,
  options: VtraceOptions,
  out: { readonly errors: Writable; readonly advantages: Writable; readonly qEstimates: Writable },
  start: number,
  length: number,
): void {
  const { rewards, values, nextValues, terminated, truncated } = rows;
  const { gamma, lambda, clipRho, clipPolicyRho } = options;
  const last = start + length - 1;
  let followingError = 0;
  for (let t = last; t >= start; t--) {
    const discount = terminated[t] ? 0 : gamma;
    if (terminated[t] || truncated[t] || t === last) followingError = 0;
    const delta = Math.min(clipRho, rhos[t]) * (rewards[t] + discount * nextValues[t] - values[t]);
    const nextTarget = nextValues[t] + lambda * followingError;
    followingError = delta + discount * lambda * Math.min(1, rhos[t]) * followingError;
    out.errors[t] = followingError;
    out.qEstimates[t] = rewards[t] + discount * nextTarget;
    out.advantages[t] = Math.min(clipPolicyRho, rhos[t]) * (out.qEstimates[t] - values[t]);
  }
}
