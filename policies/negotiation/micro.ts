import { named, type Strategy, tolerance } from './party.ts';

/**
 * Concedes one outcome for each new one that it is offered, best first, and otherwise repeats itself. Accepts what is as good as what
 * it would offer next; where it would not concede, what is as good as the lowest it has offered. With more than two parties, offers
 * of all others count.
 *
 * Source: de Jonge (2022), "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy", IJCAI; several
 * parties and the acceptance while waiting as observed of NegMAS 0.16.
 */
export const micro: Strategy = {
  propose: ({ sent, received, next }) => (sent <= received && !Number.isNaN(next) ? named.next : named.repeat),
  accepts({ sent, received, next, lowestSent, standing, span }) {
    const slack = tolerance / span;
    if (sent > received) return standing >= lowestSent - slack;
    return standing >= (Number.isNaN(next) ? 0 : next) - slack;
  },
};
