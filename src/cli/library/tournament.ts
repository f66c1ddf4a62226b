import type { Policy } from '#core';
import { playTournament, type TournamentResult } from '#train';
import { onSomeEngine, type PlayedWith, seatedRequest } from './seated-play.ts';

export interface TournamentOptions extends PlayedWith {
  /** Is told how many of the pairs have been played. */
  onPair?(played: number, pairs: number): void;
}

/**
 * Plays policies against each other, each pair in every order that the world's roles allow, and rates them. A policy is a
 * registered id, the path of a run, a checkpoint or a `model.json`, or a value.
 *
 * Throws: PolityError (input) for a world or policies that do not exist or do not fit; (usage) where no world is known.
 *
 * @example
 * const { payoffs, nash } = await tournament(['boulware', 'conceder'], { env: 'bargaining', episodes: 20 });
 * payoffs[0][1]; // what boulware receives from conceder
 */
export async function tournament(
  policies: readonly (string | Policy)[],
  options: TournamentOptions = {},
): Promise<TournamentResult> {
  const { catalogue, request } = seatedRequest(policies, options);
  const { onPair } = options;
  const told = onPair === undefined ? request : { ...request, onPair };
  return onSomeEngine((engine) => playTournament(catalogue, engine, told));
}
