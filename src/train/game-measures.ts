import type { AnyEnv } from '#core';
import { PolityError } from '#core';
import { type ExactGame, exactGame, mostMeasuredNodes } from '#learn';
import { nashConv, type TreePolicy } from '#math';
import type { Trainee } from './trainees.ts';

/** How far what has been learned is from an equilibrium, by `group/name`. */
export type GameMeasure = () => Readonly<Record<string, number>>;

/**
 * Measures trained policies against the game itself: what every player could gain by a best response. Nothing, where the world
 * gives no tree or a large one, where others sit beside the learners, or where policies remember (then what they do in an
 * information set is not a matter of what they see there).
 *
 * @param greedy Whether the policies play their most probable actions.
 * Source: NashConv, Lanctot et al. (2017), "A unified game-theoretic approach to multiagent reinforcement learning", eq. 1;
 * exploitability is half of it in two-player zero-sum games.
 */
export function createGameMeasure(
  env: AnyEnv,
  params: unknown,
  agents: number,
  trainees: readonly Trainee[],
  greedy: boolean,
): GameMeasure {
  const owners = Array.from({ length: agents }, (_, agent) => trainees.find((one) => one.agents.includes(agent)));
  const able = owners.every((one) => one !== undefined && one.memorySize === 0 && one.role.action.kind === 'discrete');
  let game: ExactGame | null | undefined = able ? undefined : null;
  return () => {
    game ??= game === null ? null : smallGame(env, params);
    if (game === null) return {};
    const { nashConv: gap } = nashConv(game.tree, treePolicyOf(game, owners as Trainee[], greedy));
    return { 'game/nashConv': gap, ...(game.duel ? { 'game/exploitability': gap / 2 } : {}) };
  };
}

function smallGame(env: AnyEnv, params: unknown): ExactGame | null {
  try {
    return exactGame(env, params, mostMeasuredNodes);
  } catch (error) {
    // Too large to be walked at every evaluation: that is not a fault of an experiment that learns by playing.
    if (error instanceof PolityError) return null;
    throw error;
  }
}

/** What the networks do in every information set, as they stand. */
function treePolicyOf({ tree, views }: ExactGame, owners: readonly Trainee[], greedy: boolean): TreePolicy {
  const policy = new Float64Array(tree.slots);
  tree.sets.forEach(({ player, actions, offset }, set) => {
    const { learner, normaliser } = owners[player];
    const { behaviour, actor } = learner;
    const input = views[set].slice();
    normaliser?.normalise(input, 1);
    const mask = new Uint8Array(behaviour.outputSize);
    for (const action of actions) mask[action] = 1;
    const [outputs] = actor.forward([input], 1);
    behaviour.load(outputs, 0, mask, 0);
    if (greedy || learner.actsGreedily === true) {
      const best = new Float64Array(1);
      behaviour.greedy(best, 0);
      policy[offset + actions.indexOf(best[0])] = 1;
      return;
    }
    actions.forEach((action, k) => {
      policy[offset + k] = Math.exp(behaviour.logProbability([action], 0));
    });
  });
  return policy;
}
