import type { EnvDef } from '#core';

/** What `turn` says when it is nobody's in particular. */
export const chanceMoves = -1;
export const everybodyMoves = -2;
export const gameOver = -4;

/**
 * A game with its chance spelled out, so that it can be played and its tree can be walked by the same rules. States are flat: numbers,
 * booleans and typed arrays, nothing nested. Only what a state says decides what follows from it.
 *
 * Shapes: n players, C outcomes of chance at most; actions [n], rewards and returns [n], weights [C].
 */
export interface ExactRules<P, S> {
  players(params: P): number;
  /** The state before anything was drawn or played. */
  start(params: P): S;
  /** Who decides what comes next: a player's number, `chanceMoves`, `everybodyMoves` (at once), or `gameOver`. */
  turn(state: S, params: P): number;
  /** Sets `mask` (all ones on entry) to 0 where a choice of `player` is illegal now. */
  legal(state: S, player: number, mask: Uint8Array, params: P): void;
  /** Actions are numbered below this. */
  actions(params: P): number;
  /** Outcomes of chance are numbered below this. */
  outcomes(params: P): number;
  /** Writes how often each outcome comes up, in whole numbers (zeros on entry), and returns their sum. Asked when chance moves. */
  weigh(state: S, weights: Int32Array, params: P): number;
  /** Chance gives `outcome`. */
  draw(state: S, outcome: number, params: P): void;
  /** Whoever moves plays; the entries of the others are not read. */
  play(state: S, actions: ArrayLike<number>, params: P): void;
  /** Writes what everybody has received so far; read when the game is over and, where `pays` is set, in its course. */
  returns(state: S, out: Float64Array, params: P): void;
  /** Writes what the last move brought, for games that pay in their course. Absent: everything is paid at the end. */
  pays?(state: S, out: Float64Array, params: P): void;
  /** All that `player` has seen and done, as text: two states with the same text are the same to that player. */
  informationState(state: S, player: number, params: P): string;
}

/** A world that gives its rules away, so that its tree can be walked. */
export interface ExactWorld<P, S> extends EnvDef<P, S> {
  readonly rules: ExactRules<P, S>;
}

/** Whether the tree of a world can be walked. */
export function isExact<P, S>(env: EnvDef<P, S>): env is ExactWorld<P, S> {
  return 'rules' in env;
}
