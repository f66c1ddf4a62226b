import { defineNegotiator, type Turn, tolerance } from './negotiator.ts';
import { ownShare } from './table.ts';

/** Looks for the split whose worse-off party is best off, as far as it can know. */
export const fair = defineNegotiator({
  id: 'fair',
  title: 'Fair (egalitarian)',
  description:
    'Offers the split that maximises the smaller of both shares, then their sum, then its own, with the other’s values guessed from what it asked for so far. Accepts what brings it as much as that split; at the last turn everything that is better than nothing.',
  source:
    'Kalai (1977), "Proportional solutions to bargaining situations": the egalitarian solution, on shares of what the pool is worth to each.',
  propose: egalitarianOffer,
  accepts(share, { layout, table, last }, proposal) {
    return share >= ownShare(layout, table, proposal) - tolerance || (last && share > tolerance);
  },
});

function egalitarianOffer({ layout, table, model, mask }: Turn): number {
  let best = -1;
  let bestOwn = 0;
  let bestLeft = 0;
  for (let action = 0; action < mask.length; action++) {
    if (mask[action] === 0 || action === layout.agree) continue;
    const own = ownShare(layout, table, action);
    const left = model.shareLeft(table, layout.keeps, action * table.pool.length);
    if (best >= 0 && !isFairer(own, left, bestOwn, bestLeft)) continue;
    best = action;
    bestOwn = own;
    bestLeft = left;
  }
  return best;
}

function isFairer(own: number, left: number, thanOwn: number, thanLeft: number): boolean {
  const low = Math.min(own, left) - Math.min(thanOwn, thanLeft);
  if (Math.abs(low) > tolerance) return low > 0;
  const sum = own + left - thanOwn - thanLeft;
  return Math.abs(sum) > tolerance ? sum > 0 : own > thanOwn + tolerance;
}
