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
  /** Number of the agent that a thread belongs to; -1 for the conversation's. */
  ownerOf(thread: number): number;
  inState(thread: number, state: string): boolean;
  /** Whether a parameter is bound in a thread now. */
  known(thread: number, parameter: string): boolean;
  /** Value of a parameter that is bound; 0 for others. */
  value(thread: number, parameter: string): number;
  /** How often a move was made in a thread. */
  uses(thread: number, move: string): number;
}

/** A condition on moves beyond the automaton: data but for the one function that decides. */
export interface Rule {
  readonly id: string;
  /** What it forbids or demands, in a sentence. */
  readonly says: string;
  /** Moves that it is about. */
  readonly moves: readonly string[];
  /** The parameter whose value it judges; absent: it judges the move whatever the values. */
  readonly parameter?: string;
  /** Whether the move is allowed (with this value of `parameter`). Allocates nothing: masks ask it for every value. */
  permits(view: RuleView, value: number): boolean;
}
