import { asked, type Party, tolerance } from './party.ts';

/** Whether to accept the offer on the table rather than to make the own one. */
export type Acceptance = (party: Party, proposal: number) => boolean;

/**
 * AC_next: accepts what is at least as good as the own next offer, scale · offer + shift >= next.
 *
 * Source: Baarslag, Hindriks and Jonker (2013), "Acceptance conditions in automated negotiation".
 */
export function acNext(scale = 1, shift = 0): Acceptance {
  return (party, proposal) => scale * party.standing + shift >= asked(party, proposal) - slack(party);
}

/** AC_const: accepts what brings at least a fixed share. Source: as `acNext`. */
export function acConst(share: number): Acceptance {
  return (party) => party.standing >= share - slack(party);
}

/** AC_time: accepts whatever brings no loss from a time on. Source: as `acNext`. */
export function acTime(from: number): Acceptance {
  return (party) => party.time >= from && party.standing >= -slack(party);
}

/**
 * AC_combi: AC_next, and from a time on whatever is no worse than the best (or the mean) that was heard in a window as long as the time
 * that is left.
 *
 * Source: Baarslag, Hindriks and Jonker (2013), AC_combi(MAX_W) and AC_combi(AVG_W).
 */
export function acCombi(from: number, aggregate: 'max' | 'mean' = 'max'): Acceptance {
  const next = acNext();
  return (party, proposal) => {
    if (next(party, proposal)) return true;
    if (party.time < from || party.standing < -slack(party)) return false;
    return party.standing >= recent(party, aggregate) - slack(party);
  };
}

/** What the last offers brought, but for the one on the table: as many as turns are left. */
function recent({ heard, time, round }: Party, aggregate: 'max' | 'mean'): number {
  // Turns go by at a steady pace: round + 1 of them have taken `time`.
  const left = Math.max(1, Math.round(((round + 1) * (1 - time)) / time));
  const from = Math.max(0, heard.length - 1 - left);
  let most = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let i = from; i < heard.length - 1; i++) {
    most = Math.max(most, heard[i]);
    sum += heard[i];
  }
  if (from >= heard.length - 1) return Number.NEGATIVE_INFINITY;
  return aggregate === 'max' ? most : sum / (heard.length - 1 - from);
}

function slack({ span }: Party): number {
  return span > 0 ? tolerance / span : tolerance;
}
