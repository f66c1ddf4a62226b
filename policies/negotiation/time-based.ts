import { aspiration } from '../bargaining/time-based.ts';
import { type Acceptance, acNext } from './acceptance.ts';
import { type Strategy, tolerance } from './party.ts';

/** What NegMAS's time-based parties ask for less than their curve says, in utility. */
const concession = 1e-4;

/**
 * Asks for 1 - t^exponent of what it can gain: a large exponent concedes late. Offers the least that is above that.
 *
 * Source: Faratin, Sierra and Jennings (1998), polynomial tactic; the small allowance and rational outcomes only as observed of
 * NegMAS 0.16.
 */
export function timeBased(exponent: number, accepts: Acceptance = acNext()): Strategy {
  return {
    propose: (party) => Math.max(0, aspiration(party.time, exponent) - concession / party.span),
    accepts,
  };
}

/** Asks for its best outcome to the end, and takes nothing less. */
export const hardHeaded: Strategy = {
  propose: () => 1,
  accepts: (party) => party.standing >= 1 - tolerance / party.span,
};

/**
 * A Bézier curve over time, mixed with what the others' last offers conceded: imitation early, the clock late.
 *
 * Source: Keskin, Buzcu and Aydoğan (2023), "Conflict-based negotiation strategy for human-agent negotiation", the hybrid agent, with
 * its control points 1, 0.75, 0.55, its empathy 0.5 and its window weights.
 */
export const hybrid: Strategy = {
  propose(party) {
    const { time, heard, own } = party;
    const byTime = (1 - time) ** 2 + 2 * (1 - time) * time * 0.75 + time ** 2 * 0.55;
    const window = Math.min(4, heard.length - 1);
    if (window < 1 || own.length === 0) return byTime;
    const weights = windowWeights[window - 1];
    let conceded = 0;
    for (let i = 0; i < window; i++) {
      const at = heard.length - window + i;
      conceded += weights[i] * (heard[at] - heard[at - 1]);
    }
    const imitating = own[own.length - 1] - (0.5 + 0.5 * time) * conceded;
    return clip((1 - time ** 2) * imitating + time ** 2 * byTime);
  },
  accepts: acNext(),
};

const windowWeights = [[1], [0.25, 0.75], [0.11, 0.22, 0.66], [0.05, 0.15, 0.3, 0.5]];

function clip(share: number): number {
  return Math.max(0, Math.min(1, share));
}
