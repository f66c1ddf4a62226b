import { existsSync } from 'node:fs';
import { PolityError } from '#core';
import { worlds, wrappers } from '#envs';
import { algorithms } from '#learn';
import { metrics } from '#metrics';
import { architectures, findPolicy, policies } from '#policies';
import { type Catalogue, type FoundPolicy, modelArchitecture } from '#train';
import { readNetwork, readPolicy } from './policy-files.ts';

/** Everything that ships, and policies on disk. */
export const catalogue: Catalogue = {
  worlds,
  wrappers,
  policies,
  architectures: architectures.with(modelArchitecture),
  algorithms,
  metrics,
  readNetwork,
  findPolicy(reference, where): FoundPolicy {
    if (!isPath(reference)) return { kind: 'registered', id: reference, policy: findPolicy(reference, where) };
    try {
      return readPolicy(reference, { worlds, wrappers });
    } catch (error) {
      if (where === undefined || !(error instanceof PolityError)) throw error;
      const { where: file, message, ...detail } = error.detail;
      throw new PolityError({ ...detail, code: 'input', where, message: `${file}: ${message}` }, { cause: error });
    }
  },
};

/** A registered id is one, whatever files there are; `./random` is the file. */
function isPath(reference: string): boolean {
  if (policies.has(reference.replace(/\(.*/, '').trim())) return false;
  return /[\\/]|\.json$/.test(reference) || existsSync(reference);
}
