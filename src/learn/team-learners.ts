import type { EpsilonGreedy } from '#math';
import type { Learner } from './algorithm.ts';
import type { ParameterBlock } from './parameter-block.ts';

/** What trains all policies of a team at once. */
export type TeamTraining = Pick<Learner, 'update' | 'snapshot' | 'restore' | 'snapshotShard' | 'restoreShard'>;

/** The learners of a team whose networks one block holds: each acts, the first one learns and keeps for all. */
export function teamLearners(
  block: ParameterBlock,
  behaviours: readonly EpsilonGreedy[],
  training: TeamTraining,
): readonly Learner[] {
  const nothing = { params: new Float32Array(0), optimiser: { steps: 0, slots: [] }, extra: null };
  const resting: TeamTraining = {
    update: () => ({}),
    snapshot: () => nothing,
    restore: () => {},
    snapshotShard: () => null,
    restoreShard: () => {},
  };
  return behaviours.map((behaviour, p) => ({
    actor: block.networks[p],
    behaviour,
    actsGreedily: true,
    ...(p === 0 ? training : resting),
  }));
}
