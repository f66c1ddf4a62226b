import type { Policy } from '#core';
import { defineNegotiator, leastAbove, tolerance } from './negotiator.ts';

/**
 * What a time-based party still asks for: reserved + (1 - reserved)(1 - t^e). A large exponent concedes late, a small one early.
 *
 * Units: share of the best possible utility; time 0..1.
 * Source: Faratin, Sierra and Jennings (1998), "Negotiation decision functions for autonomous agents", polynomial tactic with
 * k = 0 and e = 1 / beta; exponents 4, 1 and 1/4 as in NegMAS.
 *
 * @example
 * aspiration(0.5, 4) // 0.9375
 */
export function aspiration(time: number, exponent: number, reserved = 0): number {
  // 1 ** Infinity is no number in JavaScript; the hard-headed curve falls to the reserved value at the very end.
  return time >= 1 ? reserved : reserved + (1 - reserved) * (1 - time ** exponent);
}

function timeBased(id: string, title: string, exponent: number, habit: string): Policy {
  return defineNegotiator({
    id,
    title,
    description: `${habit} Asks for 1 - t^${exponent} of what the pool is worth to it, where t goes from 0 at the first offer to 1 at the last turn. Offers what brings it least above that, among equals what the other probably likes best; accepts whatever is above that. Takes no account of discounts.`,
    source:
      'Faratin, Sierra and Jennings (1998), "Negotiation decision functions for autonomous agents"; exponents as in NegMAS.',
    propose: (turn) => leastAbove(turn, aspiration(turn.time, exponent)),
    // What it would offer is the least above the target, so this is also AC_next: as good as its own next offer.
    accepts: (share, turn) => share >= aspiration(turn.time, exponent) - tolerance,
  });
}

/** The parties of `bargaining` that concede over time. */
export const timeBasedBargainers = {
  boulware: timeBased('boulware', 'Boulware', 4, 'Holds out and concedes only near the end.'),
  linear: timeBased('linear', 'Linear', 1, 'Concedes by the same amount every turn.'),
  conceder: timeBased('conceder', 'Conceder', 0.25, 'Concedes almost everything at once.'),
};
