/** What `mover` says where chance decides. */
export const chanceMover = -1;

/**
 * A game in extensive form, to be walked: nodes are values that nothing changes. Players remember everything they saw and did
 * (perfect recall).
 */
export interface GameTree<N> {
  readonly players: number;
  readonly root: N;
  /** Who moves: a player's number, -1 for chance, anything below when the game is over. */
  mover(node: N): number;
  /** What may be chosen or drawn, in rising order. */
  actions(node: N): readonly number[];
  /** How likely each of `actions` is, where chance moves. */
  probabilities(node: N): readonly number[];
  child(node: N, action: number): N;
  /** What each player has received when the game is over. */
  returns(node: N): readonly number[];
  /** The name of the mover's information set. */
  informationState(node: N): string;
}

/** The tree of a world, players being its agents: at every node the world's own state is at hand, to be looked at as in play. */
export interface WorldTree<N = unknown, S = unknown> extends GameTree<N> {
  stateOf(node: N): S;
}
