import { type AnyEnv, type EpisodeRecord, type Policy, PolityError } from '#core';
import type { Engine } from '#engine/network';
import { type Catalogue, type EvaluationResult, evaluatePolicies } from '#train';
import { createEngine } from '../create-engine.ts';
import { catalogueWith } from './own-items.ts';

export interface EvaluateOptions {
  /** The world, by id or as a value. Absent: the one that the trained policies among them were trained in. */
  readonly env?: string | AnyEnv | undefined;
  /** Over the world's defaults, or over the parameters that the policies were trained under. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Of each line-up. Default 256. */
  readonly episodes?: number;
  /** What the episodes are drawn from. Default 1. */
  readonly seed?: number | string;
  /** Trained policies take their most probable action. */
  readonly greedy?: boolean;
  /** Is handed the episodes of each line-up. */
  onRecords?(lineUp: number, records: readonly EpisodeRecord[]): void;
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
  const { env, params = {}, episodes = 256, seed = 1, greedy = false, onRecords } = options;
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
  };
  return onSomeEngine((engine) => evaluatePolicies(catalogue, engine, request, onRecords));
}

/** Plays on the kernels, or on tfjs where a network has layers that they do not know: they refuse before the first episode. */
export async function onSomeEngine<R>(play: (engine: Engine) => R): Promise<R> {
  const on = async (kind: 'simd' | 'tfjs') => play(await createEngine({ kind, kernels: 'auto', backend: 'auto' }));
  try {
    return await on('simd');
  } catch (error) {
    if (error instanceof PolityError && error.detail.code === 'engine') return on('tfjs');
    throw error;
  }
}

/** The world that was asked for, with the parameters under which trained policies know it. */
export function worldOfPolicies(catalogue: Catalogue, policies: readonly string[], env: string | undefined) {
  const trained = policies.flatMap((policy) => {
    const found = catalogue.findPolicy(policy, 'policies');
    return found.kind === 'stored' ? Object.values(found.models).map(({ info }) => info.env) : [];
  });
  const id = env ?? trained[0]?.id;
  if (id === undefined) {
    const remedy = 'Say which world: --env bargaining';
    throw new PolityError({ code: 'usage', where: '--env', message: 'missing, and no policy was trained', remedy });
  }
  return { id, params: trained.find((world) => world.id === id)?.params as object | undefined };
}
