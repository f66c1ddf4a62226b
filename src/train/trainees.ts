import {
  type AnyEnv,
  layOutAgents,
  type NetworkNeeds,
  PolityError,
  parseWith,
  type RoleLayout,
  type Streams,
} from '#core';
import type { Engine } from '#engine/network';
import {
  type AnyAlgorithm,
  exactGame,
  type Learner,
  type LearnerContext,
  mostSolvedNodes,
  type Rollout,
  type Team,
} from '#learn';
import { createSchedule, type ScheduleFunction } from '#math';
import type { Catalogue } from './catalogue.ts';
import { CentralState } from './central-state.ts';
import type { ExperimentConfig } from './config.ts';
import { ObservationNormaliser } from './observation-normaliser.ts';
import type { LearnerSeat } from './seated-learner.ts';
import { worldOf } from './world-of.ts';

/** A learning policy with what trains it. */
export interface Trainee extends LearnerSeat {
  readonly learner: Learner;
}

/** Bytes of replay that an experiment asks for, over all threads; 0 where its algorithm remembers nothing. */
export function replayBytes(config: ExperimentConfig, catalogue: Catalogue): number {
  const env = worldOf(config, catalogue);
  const params = parseWith(env.params, config.env.params, `env ${env.id}`);
  const algorithm = catalogue.algorithms.get(config.learner.algorithm);
  const { algorithm: _, ...given } = config.learner;
  const options = parseWith(algorithm.options, given, `learner ${algorithm.id}`);
  const { centralState } = algorithm.needs;
  const seats = seatsOf(config, env, params).map(({ role, agents }) => ({
    agents: agents.length,
    observation: role.observationSize,
    mask: role.maskSize,
    action: role.actionSize,
    state: centralState ? new CentralState(env, params, role.observationSize).size : 0,
    memory: memorySizeOf(config, catalogue),
  }));
  return algorithm.replayBytes?.(options, seats) ?? 0;
}

/** A learning policy: its name, the role whose spaces it has, and the agents that it plays. */
export interface PolicySeat {
  readonly name: string;
  readonly role: RoleLayout;
  readonly agents: readonly number[];
}

/** Which learning policies there are, and which agents each plays, by `policy.sharing`. */
export function seatsOf(config: ExperimentConfig, env: AnyEnv, params: unknown): readonly PolicySeat[] {
  const { roles, names } = layOutAgents(env, params);
  const learning = roles.filter(({ name }) => config.seats[name]?.policy === 'learner');
  const { sharing } = config.policy;
  const agentsOf = ({ first, count }: RoleLayout) => Array.from({ length: count }, (_, i) => first + i);
  if (sharing === 'all' && learning.length > 0) {
    return [{ name: 'all', role: learning[0], agents: learning.flatMap(agentsOf) }];
  }
  if (sharing === 'role') return learning.map((role) => ({ name: role.name, role, agents: agentsOf(role) }));
  return learning.flatMap((role) => agentsOf(role).map((agent) => ({ name: names[agent], role, agents: [agent] })));
}

/** The learning policies as the runners of this thread need them. */
export function seatLearners(
  config: ExperimentConfig,
  env: AnyEnv,
  params: unknown,
  engine: Engine,
  team: Team,
  central: boolean,
  memorySize: number,
): LearnerSeat[] {
  const { normaliseObservations } = config.policy;
  return seatsOf(config, env, params).map((seat) => ({
    ...seat,
    memorySize,
    central: central ? new CentralState(env, params, seat.role.observationSize) : null,
    normaliser: normaliseObservations
      ? new ObservationNormaliser(seat.role.observationSize, engine.memory, team)
      : null,
  }));
}

/**
 * Makes what trains each learning policy.
 *
 * @param rolloutsOf What a policy lives through in each shard of this thread.
 */
export async function createLearners(
  config: ExperimentConfig,
  catalogue: Catalogue,
  engine: Engine,
  team: Team,
  streams: Streams,
  seats: readonly LearnerSeat[],
  rolloutsOf: (policy: number) => readonly Rollout[],
): Promise<Trainee[]> {
  const { algorithm: id, ...given } = config.learner;
  const algorithm = catalogue.algorithms.get(id);
  const options = parseWith(algorithm.options, given, `learner ${id}`);
  const schedules = new Map<string, ScheduleFunction>();
  for (const key of algorithm.schedules) {
    schedules.set(key, await createSchedule(options[key] as number | string, `learner.${key}`));
  }
  const { architecture: architectureId, trunk, ...networkOptions } = config.policy.network;
  const architecture = catalogue.architectures.get(architectureId);
  const network = parseWith(architecture.options, networkOptions, `policy.network ${architectureId}`);
  const env = worldOf(config, catalogue);
  const game =
    algorithm.needs.game === true
      ? exactGame(env, parseWith(env.params, config.env.params, env.id), mostSolvedNodes)
      : null;
  const contexts = seats.map((seat, p) => ({
    policy: seat.name,
    agents: seat.agents.length,
    agentNumbers: seat.agents,
    game,
    options,
    scheduled: (key: string, progress: number) => (schedules.get(key) as ScheduleFunction).at(progress),
    engine,
    team,
    streams,
    action: seat.role.action,
    observationSize: seat.role.observationSize,
    stateSize: seat.central?.size ?? 0,
    memorySize: seat.memorySize,
    trunk: trunk === 'shared' ? ('shared' as const) : ('separate' as const),
    buildNetwork: (needs: NetworkNeeds) => architecture.build(needs, network, catalogue.readNetwork),
    rollouts: rolloutsOf(p),
  }));
  const learners = algorithm.createTeam?.(contexts) ?? contexts.map((context) => createLearner(algorithm, context));
  return seats.map((seat, p) => ({ ...seat, learner: learners[p] }));
}

function createLearner(algorithm: AnyAlgorithm, context: LearnerContext<unknown>): Learner {
  if (algorithm.createLearner !== undefined) return algorithm.createLearner(context);
  const message = 'makes no learners';
  throw new PolityError({
    code: 'contract',
    where: `algorithm ${algorithm.id}`,
    message,
    expected: 'createLearner or createTeam',
  });
}

/** H, what the policy networks of an experiment carry from step to step. */
export function memorySizeOf(config: ExperimentConfig, catalogue: Catalogue): number {
  const { architecture: id, trunk: _, ...given } = config.policy.network;
  const architecture = catalogue.architectures.get(id);
  return architecture.memorySize?.(parseWith(architecture.options, given, `policy.network ${id}`)) ?? 0;
}
