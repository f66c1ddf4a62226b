import { defineNegotiator, leastAbove, tolerance } from './negotiator.ts';

/** Asks for everything it values; takes less only when nothing better can come. */
export const greedy = defineNegotiator({
  id: 'greedy',
  title: 'Greedy',
  description:
    'Keeps everything that has a value for it in every offer and gives away the rest. Accepts an offer that brings it just as much; at the last turn, when no offer of its own can be accepted any more, everything that is better than nothing.',
  source:
    'The hard-headed limit of time-based tactics (exponent without bound, Faratin et al. 1998), with a best response at the last turn.',
  propose: (turn) => leastAbove(turn, 1),
  accepts: (share, { last }) => share >= 1 - tolerance || (last && share > tolerance),
});
