import type { Declaration } from '../declaration.ts';
import { declare } from '../declare.ts';
import { type Rule, type RuleView, silence } from '../rule.ts';

/** The moves of a protocol that rules about bargaining speak of. */
export interface BargainingMoves {
  /** Moves that put a value forward, and the parameter that carries it. */
  readonly offers: readonly string[];
  readonly parameter: string;
  /** Moves that take up the value that stands in a thread. */
  readonly accepts: readonly string[];
  /** The parameter that carries the claim which backs an offer, where there is one. */
  readonly claim?: string;
}

export const ruleIds = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'] as const;
export type BargainingRuleId = (typeof ruleIds)[number];

/** What each rule says, for logs and people. */
export const ruleSays: Readonly<Record<BargainingRuleId, string>> = {
  R1: 'Nobody offers or accepts what is worth less to it than no deal.',
  R2: 'No own offer is repeated, unless the other side has made the same.',
  R3: 'No offer asks for more than the own one before.',
  R4: 'Only what stands can be accepted.',
  R5: 'An offer is backed by a claim that the facts bear out.',
  R6: 'Nothing is promised that breaks what was promised before.',
  R7: 'Who is asked answers before it is too late.',
};

/**
 * Rules of thumb of negotiators, as rules of a protocol. What they need to know of the world comes as facts.
 *
 * Source: individual rationality, no repetition, monotone concession (Rosenschein and Zlotkin 1994, "Rules of encounter"), and
 * commitments (Singh 1999).
 *
 * @example
 * bargainingRules(['R1', 'R2'], { offers: ['offer'], parameter: 'outcome', accepts: ['accept'] }).map(({ id }) => id)
 * // ['r1-offer', 'r1-accept', 'r2']
 */
export function bargainingRules(
  chosen: readonly BargainingRuleId[],
  moves: BargainingMoves,
  soft = false,
): readonly Rule[] {
  const { offers, accepts, parameter, claim } = moves;
  const standing = (view: RuleView) => view.value(view.thread, parameter);
  const about = (
    id: BargainingRuleId,
    list: readonly string[],
    permits: Rule['permits'],
    rest: { readonly part?: string; readonly parameter?: string; readonly strike?: Rule['strike'] } = {},
  ): Rule => ({
    id: `${id.toLowerCase()}${rest.part === undefined ? '' : `-${rest.part}`}`,
    says: ruleSays[id],
    moves: list,
    permits,
    ...(rest.parameter === undefined ? {} : { parameter: rest.parameter }),
    ...(rest.strike === undefined ? {} : { strike: rest.strike }),
    ...(soft ? { soft } : {}),
  });
  const book: Readonly<Record<BargainingRuleId, readonly Rule[]>> = {
    R1: [
      about('R1', offers, (view, value) => view.facts.gain(view.sender, value) >= 0, {
        part: 'offer',
        parameter,
        strike: (view, open, at) => view.facts.atOnce?.closeLosses(view.sender, open, at) ?? -1,
      }),
      about('R1', accepts, (view) => view.facts.gain(view.sender, standing(view)) >= 0, { part: 'accept' }),
    ],
    R2: [
      about(
        'R2',
        offers,
        (view, value) =>
          !view.facts.offered(view.sender, value) || (view.known(view.thread, parameter) && standing(view) === value),
        { parameter, strike: (view, open, at) => strikeOffered(view, parameter, open, at) },
      ),
    ],
    R3: [
      about('R3', offers, (view, value) => view.facts.gain(view.sender, value) <= view.facts.lastGain(view.sender), {
        parameter,
        strike: (view, open, at) => view.facts.atOnce?.closeBetter(view.sender, open, at) ?? -1,
      }),
    ],
    R4: [about('R4', accepts, (view) => view.known(view.thread, parameter))],
    R5:
      claim === undefined
        ? []
        : [about('R5', offers, (view, value) => view.facts.holds(view.sender, value), { parameter: claim })],
    R6: [
      about('R6', offers, (view, value) => view.facts.affords(view.sender, value), { part: 'offer', parameter }),
      about('R6', accepts, (view) => view.facts.affords(view.sender, standing(view)), { part: 'accept' }),
    ],
    R7: [about('R7', [silence], (view) => view.patience(view.thread) > 0)],
  };
  return chosen.flatMap((id) => book[id]);
}

/** Closes own earlier offers, but for the one that the other side has made as well. */
function strikeOffered(view: RuleView, parameter: string, open: Uint8Array | null, at: number): number {
  const { facts, sender, thread } = view;
  if (facts.atOnce === undefined) return -1;
  const repeated = view.known(thread, parameter) ? view.value(thread, parameter) : -1;
  const spared = repeated >= 0 && facts.offered(sender, repeated);
  const before = spared && open !== null ? open[at + repeated] : 0;
  const closed = facts.atOnce.closeOffered(sender, open, at);
  if (!spared) return closed;
  if (open !== null) open[at + repeated] = before;
  return closed - 1;
}

/**
 * A declaration with more rules. Where `soft`, what breaks them can be said all the same; actions and masks are laid out alike, so
 * that a policy fits both.
 *
 * Throws: PolityError (input) where a rule names what the declaration does not have.
 */
export function withRules(declaration: Declaration, rules: readonly Rule[]): Declaration {
  return declare({ ...declaration, rules: [...declaration.rules, ...rules] });
}
