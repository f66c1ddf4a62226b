import { type AnyEnv, layOutAgents } from '#core';
import type { ExperimentConfig } from './config.ts';
import type { PolicyFinder } from './seats.ts';
import type { RoleSeating } from './shard-runner.ts';

/**
 * Who sits in each role beside the learners, with every policy that an evaluation will want found as well.
 *
 * Throws: PolityError (input) for policies that cannot be found or cannot play.
 */
export function seatRoles(config: ExperimentConfig, env: AnyEnv, params: unknown, finder: PolicyFinder): RoleSeating[] {
  const { roles } = layOutAgents(env, params);
  for (const reference of config.evaluation.opponents) finder.find(reference, 'evaluation.opponents');
  finder.find('random', 'baseline');
  return roles.map((role) => {
    const { policy, opponents, selfPlay } = config.seats[role.name];
    return {
      role,
      fixed: policy === 'learner' ? null : finder.find(policy, `seats.${role.name}`, role.name),
      opponents: opponents.map(({ policy: id, weight }) => ({
        policy: finder.find(id, `seats.${role.name}.opponents`, role.name),
        weight,
      })),
      selfPlay,
    };
  });
}
