/**
 * What agents know beside what was said, as the world tells it: their own gains, what they can keep, what they have offered
 * before, which claims its sensors bear out. Where nothing is known, nothing is forbidden.
 */
export interface Facts {
  /** What a value (an outcome, a price) brings an agent over what it has without a deal. */
  gain(agent: number, value: number): number;
  /** What the agent's own last offer would bring it; Infinity before any. */
  lastGain(agent: number): number;
  /** Whether an agent has offered a value before. */
  offered(agent: number, value: number): boolean;
  /** Whether an agent can keep what it would promise with a value, beside all that it has promised already. */
  affords(agent: number, value: number): boolean;
  /** Whether a claim that an agent makes is borne out by signed facts. */
  holds(agent: number, claim: number): boolean;
  /** The same about all values at once, from a world that keeps it at hand. */
  readonly atOnce?: FactsAtOnce | undefined;
}

/**
 * What facts say of every value, for masks that would else ask value by value. Each closes values in `open`, value v at `open[at + v]`,
 * and returns how many it closes, whether or not they were open before. Without `open` it only counts.
 */
export interface FactsAtOnce {
  /** Values of a negative gain. */
  closeLosses(agent: number, open: Uint8Array | null, at: number): number;
  /** Values that the agent has offered before. */
  closeOffered(agent: number, open: Uint8Array | null, at: number): number;
  /** Values of more gain than the agent's own last offer. */
  closeBetter(agent: number, open: Uint8Array | null, at: number): number;
}

/** Nothing is known. */
export const noFacts: Facts = {
  gain: () => Number.POSITIVE_INFINITY,
  lastGain: () => Number.POSITIVE_INFINITY,
  offered: () => false,
  affords: () => true,
  holds: () => true,
};

/**
 * What a rule may look at: the state of the conversation as numbers. Values of parameters are their numbers on the grid, those
 * of single whole numbers the numbers themselves.
 */
export interface RuleView {
  /** Number of the agent that wants to speak. */
  readonly sender: number;
  /** The thread that the move is in: 0 where the conversation has only one. */
  readonly thread: number;
  readonly threads: number;
  readonly tick: number;
  readonly facts: Facts;
  /** Number of the agent that a thread belongs to; -1 for the conversation's. */
  ownerOf(thread: number): number;
  inState(thread: number, state: string): boolean;
  /** Whether a parameter is bound in a thread now. */
  known(thread: number, parameter: string): boolean;
  /** Value of a parameter that is bound; 0 for others. */
  value(thread: number, parameter: string): number;
  /** How often a move was made in a thread. */
  uses(thread: number, move: string): number;
  /** Ticks after this one in which an answer in a thread still counts; Infinity where there is no limit. */
  patience(thread: number): number;
}

/** What rules call saying nothing, beside the moves. */
export const silence = 'silence';

/** A condition on moves beyond the automaton: data but for the one function that decides. */
export interface Rule {
  readonly id: string;
  /** What it forbids or demands, in a sentence. */
  readonly says: string;
  /** Moves that it is about; `silence` is about saying nothing where something could be said. */
  readonly moves: readonly string[];
  /** The parameter whose value it judges; absent: it judges the move whatever the values. */
  readonly parameter?: string;
  /** A soft rule closes nothing: what breaks it can be said, and is counted. */
  readonly soft?: boolean;
  /** Whether the move is allowed (with this value of `parameter`). Allocates nothing: masks ask it for every value. */
  permits(view: RuleView, value: number): boolean;
  /**
   * For a rule that permits the values between two bounds: raises `bounds[0]` and lowers `bounds[1]` to them, so that masks need
   * not ask for every value. Says the same as `permits`.
   */
  narrow?(view: RuleView, bounds: Int32Array): void;
  /**
   * For a rule that can judge all values at once: closes those it forbids in `open`, value v at `open[at + v]`, and returns how many it
   * forbids, whether or not they were open before; -1 where it has to be asked value by value this time. Without `open` it only counts.
   * Says the same as `permits`.
   */
  strike?(view: RuleView, open: Uint8Array | null, at: number): number;
}
