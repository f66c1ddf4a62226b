/** Mean and standard error of episode returns of the uniformly random legal policy, per agent of each role and as team sum. */
export interface RandomReturn {
  readonly episodes: number;
  readonly seed: number;
  readonly team: { readonly mean: number; readonly standardError: number };
  readonly roles: Readonly<Record<string, { readonly mean: number; readonly standardError: number }>>;
}

/** The same of scripted policies in all seats: `policies` says by role which of them sits there. */
export interface BaselineReturn extends RandomReturn {
  readonly policies: Readonly<Record<string, string>>;
}

/** The best result that others report under the same rules, on which scale, and who. */
export interface PublishedResult {
  readonly result: string;
  readonly source: string;
}

/** The data sheet of a world: what a reader needs before trusting a number made with it. */
export interface EnvCard {
  readonly title: string;
  readonly description: string;
  /** Paper, repository and version that the rules come from. */
  readonly source: string;
  readonly licence: string;
  /** Which abilities it tests. */
  readonly tests: string;
  readonly rewardScale: { readonly agent: string; readonly team: string };
  readonly horizon: string;
  /** Under default parameters; `polity envs ID --measure` makes it again. */
  readonly randomReturn?: RandomReturn;
  /** Under default parameters, where there is a scripted policy; `polity envs ID --measure --policy POLICY` makes it again. */
  readonly baseline?: BaselineReturn;
  readonly published?: PublishedResult;
  /** What is known by proof or by exact computation, where anything is. */
  readonly knownAnswer?: string;
}

/** An offer, when it was made (0 to 1 on the way to the deadline), and what it is worth to each party, undiscounted. */
export interface OfferMade {
  readonly party: number;
  readonly time: number;
  readonly utilities: readonly number[];
  /** Its number among the outcomes, where `NegotiationOutcome.issues` says how these are numbered. */
  readonly outcome?: number;
}

/** How a negotiation ended, in the parties' own utilities. */
export interface NegotiationOutcome {
  readonly agreement: boolean;
  /** Realised utility of each party, discount included. */
  readonly utilities: readonly number[];
  /** What each party gets without an agreement. */
  readonly disagreement: readonly number[];
  /** Utilities [party] of every possible agreement, undiscounted. One array per instance, shared, never copied. */
  readonly feasible: readonly (readonly number[])[];
  /** Offers made until the end. */
  readonly rounds: number;
  readonly firstProposer: number;
  /** Every offer, in order. Absent where the world does not tell. */
  readonly offers?: readonly OfferMade[];
  /** When it ended, 0 to 1 on the way to the deadline. Absent where the world does not tell. */
  readonly endTime?: number;
  /**
   * How many values each issue has, where `feasible` lists all outcomes in the order of their numbers: digits, one an issue, the
   * first the most significant. Absent elsewhere.
   */
  readonly issues?: readonly number[];
}

/** What metrics about normal-form games need to know beyond the actions. */
export interface GameOutcome {
  /** Names of each agent's actions. */
  readonly labels: readonly (readonly string[])[];
  /** The action that means cooperation, for every agent, where the game has one. */
  readonly cooperate?: number;
}

/** Something that was said in symbols, for measures of languages. Symbols and values are whole numbers from 0. */
export interface Saying {
  readonly speaker: number;
  /** What the speaker knew and the listener did not, attribute by attribute. */
  readonly meaning: readonly number[];
  readonly message: readonly number[];
  /** What the speaker did beside speaking, as a number. Absent where it did nothing else. */
  readonly own?: number;
  /** What the listener did next. Absent where it did nothing. */
  readonly answer?: number;
}

/** What an episode came to, in terms that the metric families understand. A world gives the parts that apply. */
export interface Outcome {
  readonly negotiation?: NegotiationOutcome;
  readonly game?: GameOutcome;
  /** What was said, in order. */
  readonly talk?: readonly Saying[];
}

/** The numbers that are finite: a world leaves out what an episode has no answer to. */
export function finiteNumbers(numbers: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const entries = Object.entries(numbers);
  return entries.every(([, value]) => Number.isFinite(value))
    ? numbers
    : Object.fromEntries(entries.filter(([, value]) => Number.isFinite(value)));
}
