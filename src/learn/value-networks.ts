import { partsOf } from '#core';
import type { Network } from '#engine/network';
import { EpsilonGreedy } from '#math';
import type { BuiltNetwork, LearnerContext } from './algorithm.ts';
import { ParameterBlock } from './parameter-block.ts';
import type { ReplayPart } from './replay.ts';

/** The networks of action values that are trained together, and how they act. */
export interface ValueNetworks {
  readonly behaviours: readonly EpsilonGreedy[];
  /** What each policy's share of a moment is. */
  readonly parts: readonly ReplayPart[];
  readonly block: ParameterBlock;
  /** The block's networks as they learn: those with memory over sequences of `places` steps. */
  readonly learning: readonly Network[];
}

/**
 * Builds a network of action values for each policy, and behind them that of a mixer.
 *
 * @param together Whether the agents of a policy are learned about as one moment, or each for itself.
 * @param places Steps of the sequences that networks with memory learn from.
 */
export function createValueNetworks(
  contexts: readonly LearnerContext<unknown>[],
  together: boolean,
  mixer: BuiltNetwork | null,
  places: number,
): ValueNetworks {
  const [{ engine, team, streams, policy, memorySize }] = contexts;
  const behaviours = contexts.map(({ action }) => new EpsilonGreedy(action.kind === 'box' ? [] : partsOf(action)));
  const parts = contexts.map(({ agents, rollouts: [{ sizes }] }) => ({ agents: together ? agents : 1, sizes }));
  const needsOf = ({ observationSize }: LearnerContext<unknown>, p: number) => ({
    observationSize,
    policyOutputs: behaviours[p].outputSize,
    value: false,
  });
  const built = contexts.map((context, p) => context.buildNetwork(needsOf(context, p)));
  if (mixer !== null) built.push(mixer);
  const initial = streams.stream(`learner/${policy}/initial`);
  const block = new ParameterBlock(engine, team, built, { kind: 'adam', epsilon: 1e-5 }, initial);
  const learning = block.networks.map((network, p) =>
    memorySize === 0 || p === contexts.length
      ? network
      : block.twin(p, contexts[p].buildNetwork({ ...needsOf(contexts[p], p), steps: places }).topology),
  );
  return { behaviours, parts, block, learning };
}
