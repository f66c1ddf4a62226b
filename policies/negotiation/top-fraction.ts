import type { Policy } from '#core';
import { PolityError } from '#core';
import type { PolicyFamily } from '../policy-family.ts';
import { defineNegotiator } from './negotiator.ts';
import { named, type Strategy, tolerance } from './party.ts';

/**
 * Offers its best outcome, then any of its best ones, and accepts any of these: floor(fraction · outcomes) + 1 of them.
 *
 * Source: TopFractionNegotiator as observed of NegMAS 0.16.
 */
export function topFractionStrategy(fraction: number): Strategy {
  const last = (ranked: Float64Array) => Math.min(ranked.length - 1, Math.floor(fraction * ranked.length));
  return {
    ranks: true,
    propose: ({ own, ranked }, rng) => named.rank + (own.length === 0 ? 0 : rng.integer(0, last(ranked) + 1)),
    accepts: ({ standing, ranked, span }) => standing >= ranked[last(ranked)] - tolerance / span,
  };
}

const card = {
  title: 'Top fraction',
  description: 'Offers any of its best outcomes, the best of all first, and accepts any of them.',
  source: 'TopFractionNegotiator as observed of NegMAS 0.16.',
};

export const topFraction: PolicyFamily = {
  ...member('top-fraction', 0.05),
  argument: {
    name: 'fraction',
    description: 'which fraction of its outcomes are its best, 0 to 1',
    example: 'top-fraction(0.05)',
  },
  withArgument(argument, where) {
    const fraction = Number(argument);
    if (argument !== '' && fraction >= 0 && fraction <= 1) return member(`top-fraction(${argument})`, fraction);
    throw new PolityError({ code: 'input', where, message: 'not a fraction', got: argument, expected: '0 to 1' });
  },
};

function member(id: string, fraction: number): Policy {
  return defineNegotiator(id, card, topFractionStrategy(fraction));
}
