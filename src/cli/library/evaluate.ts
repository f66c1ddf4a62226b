import type { EpisodeRecord, Policy } from '#core';
import { type EvaluationResult, evaluatePolicies } from '#train';
import { onSomeEngine, type PlayedWith, seatedRequest } from './seated-play.ts';

export interface EvaluateOptions extends PlayedWith {
  /** Is handed the episodes of each line-up. */
  onRecords?(lineUp: number, records: readonly EpisodeRecord[]): void;
  /** Have these episodes say how every action came about (`accounts`). Default: not. */
  readonly accounts?: boolean;
}

/**
 * Seats policies in a world, in every order that its roles allow, plays the same episodes with each line-up and says what came
 * of it. A policy is a registered id, the path of a run, a checkpoint or a `model.json`, or a value.
 *
 * Throws: PolityError (input) for a world or policies that do not exist or do not fit; (usage) where no world is known.
 *
 * @example
 * const { seatings } = await evaluate(['boulware', 'conceder'], { env: 'bargaining', episodes: 100 });
 * seatings[0].metrics['negotiation/agreementRate'].mean;
 */
export async function evaluate(
  policies: readonly (string | Policy)[],
  options: EvaluateOptions = {},
): Promise<EvaluationResult> {
  const { catalogue, request } = seatedRequest(policies, options);
  const asked = { ...request, accounts: options.accounts === true };
  return onSomeEngine((engine) => evaluatePolicies(catalogue, engine, asked, options.onRecords));
}
