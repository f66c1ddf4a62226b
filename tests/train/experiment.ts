import { PolityError } from '#core';
import { worlds, wrappers } from '#envs';
import { algorithms } from '#learn';
import { metrics } from '#metrics';
import { architectures, findPolicy, policies } from '#policies';
import {
  type Catalogue,
  type ExperimentConfig,
  type ExperimentLayers,
  type ReadExperiment,
  resolveLayers,
} from '#train';

/** Everything that ships. */
export const catalogue: Catalogue = {
  worlds,
  wrappers,
  policies,
  architectures,
  algorithms,
  metrics,
  findPolicy: (id, where) => ({ kind: 'registered', id, policy: findPolicy(id, where) }),
};

/** Reads files that stand in an object, by paths within folders of the object's keys. */
export function files(texts: Readonly<Record<string, string>>): ReadExperiment {
  return (path, from) => {
    const full = from === null ? path : [...from.split('/').slice(0, -1), path.replace(/^\.\//, '')].join('/');
    const text = texts[full];
    if (text === undefined) throw new PolityError({ code: 'input', where: full, message: 'no such file' });
    return { path: full, text };
  };
}

/** Resolves `x.yaml`, whose text is given, with more files and layers. */
export function resolve(
  text: string,
  layers: Partial<ExperimentLayers> & {
    readonly more?: Readonly<Record<string, string>>;
    readonly in?: Catalogue;
  } = {},
): Promise<readonly ExperimentConfig[]> {
  const { more = {}, in: shelves = catalogue, ...rest } = layers;
  return resolveLayers({ file: 'x.yaml', read: files({ 'x.yaml': text, ...more }), ...rest }, shelves);
}

/** The message with which resolving fails. */
export async function refusal(...args: Parameters<typeof resolve>): Promise<string> {
  try {
    await resolve(...args);
  } catch (error) {
    if (error instanceof PolityError && error.detail.code !== 'failure') return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}
