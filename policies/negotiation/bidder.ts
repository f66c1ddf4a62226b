import { type Policy, PolityError, suggest } from '#core';
import type { PolicyFamily } from '../policy-family.ts';
import { type Acceptance, acCombi, acConst, acNext, acTime } from './acceptance.ts';
import { micro } from './micro.ts';
import { defineNegotiator } from './negotiator.ts';
import type { Strategy } from './party.ts';
import { hardHeaded, hybrid, timeBased } from './time-based.ts';
import * as imitating from './tit-for-tat.ts';

/** How offers are made, by name; a number in place of a name is the exponent of a time-based curve. */
const biddings: Readonly<Record<string, Strategy>> = {
  boulware: timeBased(4),
  linear: timeBased(1),
  conceder: timeBased(0.25),
  'hard-headed': hardHeaded,
  'relative-tit-for-tat': imitating.relativeTitForTat,
  'absolute-tit-for-tat': imitating.absoluteTitForTat,
  'averaged-tit-for-tat': imitating.averagedTitForTat,
  'nice-tit-for-tat': imitating.niceTitForTat,
  'naive-tit-for-tat': imitating.naiveTitForTat,
  'yielding-tit-for-tat': imitating.yieldingTitForTat,
  micro,
  hybrid,
};

interface Condition {
  /** The number it has where none is given, and the least that it can be; 1 is the most. */
  readonly usual: number;
  readonly least: number;
  make(number: number): Acceptance;
}

/** When an offer is accepted, by name. */
const conditions: Readonly<Record<string, Condition>> = {
  'ac-next': { usual: 0, least: -1, make: (shift) => acNext(1, shift) },
  'ac-const': { usual: 0.8, least: 0, make: acConst },
  'ac-time': { usual: 0.98, least: 0, make: acTime },
  'ac-combi': { usual: 0.98, least: 0, make: (from) => acCombi(from, 'max') },
  'ac-combi-mean': { usual: 0.98, least: 0, make: (from) => acCombi(from, 'mean') },
};

const card = {
  title: 'Bidder',
  description:
    'Offers as any of the other negotiators does, or along a time-based curve of any exponent, and accepts by a condition of its own: ac-next (what is as good as its next offer; with a shift), ac-const (a share of what it can gain), ac-time (anything from a time on), ac-combi and ac-combi-mean (ac-next, and from a time on what is no worse than the best, or the mean, of as many offers as are left to come). By itself: boulware with ac-combi.',
  source:
    'Baarslag, Hindriks and Jonker (2013), "Acceptance conditions in automated negotiation"; curves of Faratin, Sierra and Jennings (1998).',
};

/** Any way to make offers with any acceptance condition. */
export const bidder: PolicyFamily = {
  ...member('bidder', biddings.boulware, conditions['ac-combi'].make(conditions['ac-combi'].usual)),
  argument: {
    name: 'bidding condition number',
    description:
      'how it offers (a negotiator, or the exponent of a time-based curve), when it accepts, and the number of that condition',
    example: 'bidder(boulware ac-combi 0.98)',
  },
  withArgument(argument, where) {
    const [bidding, name = 'ac-next', number, ...rest] = argument.trim().split(/\s+/);
    const strategy = biddingOf(bidding, where);
    const condition = known(conditions, name, 'not an acceptance condition', where);
    const { usual, least, make } = condition;
    const value = number === undefined ? usual : Number(number);
    if (!(value >= least && value <= 1) || rest.length > 0) {
      const expected = `one number, ${least} to 1`;
      const got = [number, ...rest].join(' ');
      throw new PolityError({ code: 'input', where, message: `not a number that ${name} takes`, got, expected });
    }
    return member(`bidder(${argument.trim().replace(/\s+/g, ' ')})`, strategy, make(value));
  },
};

function biddingOf(name: string, where: string): Strategy {
  const exponent = Number(name);
  if (Number.isNaN(exponent)) return known(biddings, name, 'not a way to make offers', where);
  if (exponent > 0 && exponent < Number.POSITIVE_INFINITY) return timeBased(exponent);
  throw new PolityError({ code: 'input', where, message: 'not an exponent', got: name, expected: 'a number above 0' });
}

function known<T>(shelf: Readonly<Record<string, T>>, name: string, message: string, where: string): T {
  if (Object.hasOwn(shelf, name)) return shelf[name];
  const remedy = suggest(name, Object.keys(shelf));
  throw new PolityError({ code: 'input', where, message, got: `"${name}"`, remedy });
}

function member(id: string, strategy: Strategy, accepts: Acceptance): Policy {
  return defineNegotiator(id, card, { ...strategy, accepts });
}
