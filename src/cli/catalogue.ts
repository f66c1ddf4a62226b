import { worlds } from '#envs';
import { algorithms } from '#learn';
import { metrics } from '#metrics';
import { architectures, findPolicy, policies } from '#policies';
import type { Catalogue } from '#train';

/** Everything that ships. */
export const catalogue: Catalogue = {
  worlds,
  policies,
  architectures,
  algorithms,
  metrics,
  findPolicy: (id, where) => ({ kind: 'registered', id, policy: findPolicy(id, where) }),
};
