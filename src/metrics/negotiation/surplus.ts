import { onceFor } from '#core/once-for';
import { ofNegotiation } from '../agreement.ts';
import type { Metric } from '../metric.ts';

/**
 * How the gains of an agreement are divided: each party's gain over the sum of all.
 *
 * Units: share.
 * Source: (u_i - r_i) / sum (u_j - r_j), NegMAS's surplus share.
 */
export const surplusShare: Metric = {
  id: 'negotiation/surplusShare',
  title: 'Share of the surplus',
  description:
    'In agreements that gain something: the part of all gains that each party takes. Without a name: the greatest part.',
  unit: 'share',
  range: [0, 1],
  source: '(u_i - r_i) / sum (u_j - r_j).',
  measure: ofNegotiation(({ agreement, utilities, disagreement }, emit, { agents }) => {
    if (!agreement) return;
    const gains = utilities.map((utility, party) => utility - disagreement[party]);
    const total = gains.reduce((sum, gain) => sum + gain, 0);
    // A party that loses makes shares of more than all of it.
    if (!(total > 0) || gains.some((gain) => gain < 0)) return;
    emit(Math.max(...gains) / total);
    if (agents.length === gains.length) {
      gains.forEach((gain, party) => {
        emit(gain / total, 1, agents[party]);
      });
    }
  }),
};

/**
 * The sum of utilities in agreements, over the greatest that any outcome has.
 *
 * Units: share.
 * Source: NegMAS's maximum-welfare optimality.
 */
export const welfareShare: Metric = {
  id: 'negotiation/welfareShare',
  title: 'Welfare, share of best',
  description: 'In agreements: the sum of utilities over the greatest sum of any outcome.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: 'Sum u / max sum u.',
  measure: ofNegotiation(({ agreement, utilities, feasible }, emit) => {
    if (!agreement) return;
    const best = greatestWelfareOf(feasible);
    if (best > 0) emit(total(utilities) / best);
  }),
};

const total = (of: readonly number[]) => of.reduce((sum, utility) => sum + utility, 0);

/** Worlds share one list of outcomes for each instance. */
const greatestWelfareOf = onceFor((feasible: readonly (readonly number[])[]) =>
  feasible.reduce((most, of) => Math.max(most, total(of)), 0),
);

/**
 * How far apart the parties end up in agreements.
 *
 * Units: utility.
 * Source: greatest less least utility.
 */
export const utilityGap: Metric = {
  id: 'negotiation/utilityGap',
  title: 'Utility gap',
  description: 'In agreements: the greatest utility of a party less the least.',
  unit: 'utility',
  range: [0, Number.POSITIVE_INFINITY],
  source: 'max u - min u.',
  measure: ofNegotiation(({ agreement, utilities }, emit) => {
    if (agreement) emit(Math.max(...utilities) - Math.min(...utilities));
  }),
};

/**
 * Share of parties of agreements that are at least as well off as without it.
 *
 * Units: share.
 * Source: individual rationality.
 */
export const rationality: Metric = {
  id: 'negotiation/rationality',
  title: 'Rational agreements',
  description: 'In agreements: the share of parties that have no less than without one.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: 'Count of u >= r.',
  measure: ofNegotiation(({ agreement, utilities, disagreement }, emit) => {
    if (!agreement) return;
    const rational = utilities.filter((utility, party) => utility >= disagreement[party]).length;
    emit(rational / utilities.length, utilities.length);
  }),
};
