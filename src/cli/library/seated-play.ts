import { type AnyEnv, type Policy, PolityError } from '#core';
import type { Engine } from '#engine/network';
import type { Catalogue } from '#train';
import { createEngine } from '../create-engine.ts';
import { catalogueWith } from './own-items.ts';

/** Where and how policies are played. */
export interface PlayedWith {
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
}

/**
 * What is to be played, all of it by name, and the catalogue that knows the names of the caller's own worlds and policies.
 *
 * Throws: PolityError (input) for a policy that does not exist; (usage) where no world is known.
 */
export function seatedRequest(policies: readonly (string | Policy)[], options: PlayedWith) {
  const { env, params = {}, episodes = 256, seed = 1, greedy = false } = options;
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
  return { catalogue, request };
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
