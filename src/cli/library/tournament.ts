import type { AnyEnv, Policy } from '#core';
import { playTournament, type TournamentResult } from '#train';
import { onSomeEngine, worldOfPolicies } from './evaluate.ts';
import { catalogueWith } from './own-items.ts';

export interface TournamentOptions {
  /** The world, by id or as a value. Absent: the one that the trained policies among them were trained in. */
  readonly env?: string | AnyEnv | undefined;
  /** Over the world's defaults, or over the parameters that the policies were trained under. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Of each line-up of a pair. Default 256. */
  readonly episodes?: number;
  /** What the episodes are drawn from. Default 1. */
  readonly seed?: number | string;
  /** Trained policies take their most probable action. */
  readonly greedy?: boolean;
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
  const { env, params = {}, episodes = 256, seed = 1, greedy = false, onPair } = options;
  const catalogue = catalogueWith({
    worlds: typeof env === 'object' ? [env] : [],
    policies: policies.filter((policy) => typeof policy === 'object'),
  });
  const references = policies.map((policy) => (typeof policy === 'string' ? policy : policy.id));
  const world = worldOfPolicies(catalogue, references, typeof env === 'object' ? env.id : env);
  const request = {
    policies: references,
    env: world.id,
    params: { ...world.params, ...params },
    episodes,
    seed,
    greedy,
    ...(onPair === undefined ? {} : { onPair }),
  };
  return onSomeEngine((engine) => playTournament(catalogue, engine, request));
}
