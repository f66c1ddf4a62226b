import { type AnyEnv, type Locate, place, wrapWorld } from '#core';
import type { Catalogue } from './catalogue.ts';
import type { ExperimentConfig } from './config.ts';

/** The shelves that the world of an experiment is made from. */
export type WorldShelves = Pick<Catalogue, 'worlds' | 'wrappers'>;

/**
 * The world that an experiment plays: the one that it names, inside its wrappers, the first of them innermost.
 *
 * @param locate Says in messages where a key of the experiment is.
 * Throws: PolityError (input) for a world or a wrapper that there is not, or options that a wrapper does not take.
 */
export function worldOf(
  { env }: { readonly env: Pick<ExperimentConfig['env'], 'id' | 'wrappers'> },
  { worlds, wrappers }: WorldShelves,
  locate: Locate = (keys) => place('experiment', keys),
): AnyEnv {
  const { id, wrappers: choices = [] } = env;
  return choices.reduce(
    (inner, { id: name, ...options }, i) => {
      const keys = ['env', 'wrappers', `${i}`];
      return wrapWorld(inner, wrappers.get(name, locate([...keys, 'id'])), options, (more) =>
        locate([...keys, ...more]),
      );
    },
    worlds.get(id, locate(['env', 'id'])),
  );
}
