import { PolityError } from '#core';
import { type AnyAlgorithm, type ExactGame, exactGame, mostSolvedNodes, requireDistinct } from '#learn';
import type { ExperimentConfig } from '../config.ts';
import { seatsOf } from '../trainees.ts';
import type { ResolvedWorld } from './check-seats.ts';

/**
 * Checks that an algorithm that walks the game's tree can do so, and that one that plays under renamings has something to
 * rename.
 *
 * Throws: PolityError (input) for a world that gives no tree or one too large, for seats that it would not have, and for
 * observations that do not tell information sets apart.
 */
export function checkGame(
  { id, needs }: AnyAlgorithm,
  { env, params, locate }: ResolvedWorld,
  config: ExperimentConfig,
): void {
  if (needs.symmetries === true && (env.symmetries?.(params) ?? []).length === 0) {
    throw new PolityError({
      code: 'input',
      where: locate(['learner', 'algorithm']),
      message: `${id} renames what a world calls interchangeable, and this world names nothing`,
      got: env.id,
      expected: 'a world with symmetries, such as matrix-game with game: lever',
      remedy: 'Train in self-play, with ppo',
    });
  }
  if (needs.game !== true) return;
  const refuse = (keys: readonly string[], message: string, got: string, expected: string, remedy?: string) =>
    new PolityError({
      code: 'input',
      where: locate(keys),
      message: `${id} ${message}`,
      got,
      expected,
      ...(remedy === undefined ? {} : { remedy }),
    });
  const game = walk();
  for (const [role, { policy, opponents }] of Object.entries(config.seats)) {
    if (policy === 'learner' && opponents.length === 0) continue;
    const got = policy === 'learner' ? `opponents of ${role}` : `${role}: ${policy}`;
    throw refuse(['seats', role], 'solves the game for all players together', got, 'learners in all seats');
  }
  if (config.policy.normaliseObservations) {
    const expected = 'policy.normaliseObservations: false';
    throw refuse(['policy', 'normaliseObservations'], 'looks observations up as they are', 'true', expected);
  }
  for (const { agents } of seatsOf(config, env, params)) {
    const sets = Array.from(game.tree.sets.keys()).filter((set) => agents.includes(game.tree.sets[set].player));
    requireDistinct(
      sets.map((set) => game.views[set]),
      locate(['env', 'id']),
    );
  }

  function walk(): ExactGame {
    const keys = ['learner', 'algorithm'];
    const expected = 'an exact game, such as kuhn-poker or leduc-poker';
    let found: ExactGame | null;
    try {
      found = exactGame(env, params, mostSolvedNodes);
    } catch (error) {
      if (!(error instanceof PolityError)) throw error;
      const { message, got = env.id } = error.detail;
      const remedy = 'Take smaller parameters of the world, or learn by playing, with ppo';
      throw refuse(keys, `cannot walk the game of ${env.id}: ${message}`, got, expected, remedy);
    }
    if (found !== null) return found;
    const message = 'walks the whole tree of the game, and this world gives none';
    throw refuse(keys, message, env.id, expected, 'Learn by playing, with ppo');
  }
}
