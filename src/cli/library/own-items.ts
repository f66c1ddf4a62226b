import type { AnyEnv, Policy } from '#core';
import type { Catalogue } from '#train';
import { catalogue } from '../catalogue.ts';

/** Worlds and policies of the caller's, beside those that ship; one of the same id takes its place. */
export interface OwnItems {
  readonly worlds?: readonly AnyEnv[];
  readonly policies?: readonly Policy[];
}

/** Everything that ships and the caller's own. */
export function catalogueWith({ worlds = [], policies = [] }: OwnItems): Catalogue {
  return {
    ...catalogue,
    worlds: catalogue.worlds.with(...worlds),
    policies: catalogue.policies.with(...policies),
    findPolicy(reference, where) {
      const own = policies.find(({ id }) => id === reference);
      return own === undefined
        ? catalogue.findPolicy(reference, where)
        : { kind: 'registered', id: reference, policy: own };
    },
  };
}
