import { type AnyEnv, layOutAgents, PolityError } from '#core';
import { type FlatTree, flattenTree } from '#math';

/** Nodes of a tree that an algorithm may walk, and of one that is small enough to be walked at every evaluation. */
export const mostSolvedNodes = 500_000;
export const mostMeasuredNodes = 50_000;

/** A world's game as a tree, and how each of its information sets looks to whoever moves there. */
export interface ExactGame {
  readonly tree: FlatTree;
  /** Shapes: [sets][O], O of the mover's role. */
  readonly views: readonly Float32Array[];
  /** Two players, and what one wins the other loses: NashConv is twice the exploitability. */
  readonly duel: boolean;
}

/**
 * Walks the game of a world; null where the world gives no tree under these parameters.
 *
 * Throws: PolityError (contract) when the tree has more than `most` nodes, or an information set does not look the same at all
 * of its nodes.
 */
export function exactGame(env: AnyEnv, params: unknown, most: number): ExactGame | null {
  const tree = env.tree?.(params) ?? null;
  if (tree === null) return null;
  const { roles, roleOf } = layOutAgents(env, params);
  const views: Float32Array[] = [];
  const looks = roles.map(({ observationSize }) => new Float32Array(observationSize));
  const flat = flattenTree(tree, most, (node, set) => {
    const agent = tree.mover(node);
    const look = looks[roleOf[agent]].fill(0);
    env.observe(tree.stateOf(node), agent, look, params);
    if (set === views.length) views.push(look.slice());
    else if (!sameNumbers(views[set], look)) throw mixedViews(env.id, tree.informationState(node));
  });
  return { tree: flat, views, duel: flat.players === 2 && env.declares?.(params).zeroSum === true };
}

function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => value === b[i]);
}

function mixedViews(world: string, name: string): PolityError {
  return new PolityError({
    code: 'contract',
    where: `${world} › information set "${name}"`,
    message: 'does not look the same at all of its nodes',
    remedy: 'Observations may say no more than the information state does',
  });
}
