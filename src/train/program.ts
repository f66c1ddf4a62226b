import { createStreams, type EpisodeRecord, layOutAgents, type Policy, parseWith, type Topology } from '#core';
import type { Engine } from '#engine/network';
import { type LearnerSnapshot, once, type Team } from '#learn';
import type { RunningMomentsState } from '#math';
import { measureEpisode, type Observation } from '#metrics';
import type { Catalogue } from './catalogue.ts';
import type { ExperimentConfig } from './config.ts';
import { disguisedWorld } from './disguised-world.ts';
import { createGameMeasure } from './game-measures.ts';
import { neuralPolicy } from './neural-policy.ts';
import { playEpisodes } from './play-episodes.ts';
import { seatRoles } from './role-seating.ts';
import { createPolicyFinder } from './seats.ts';
import { ShardRunner, type ShardSnapshot } from './shard-runner.ts';
import { timedTeam } from './timed-team.ts';
import { createLearners, memorySizeOf, seatLearners, type Trainee } from './trainees.ts';
import { worldOf } from './world-of.ts';

/** A line-up to evaluate: for each agent `learner` or the reference of a policy, and which episodes to play with it. */
export interface Match {
  readonly seats: readonly string[];
  readonly episodes: readonly number[];
  /** Keep the records of the first so many episodes. */
  readonly keep: number;
}

/** What an evaluated episode said. */
export interface PlayedEpisode {
  readonly match: number;
  readonly episode: number;
  readonly observations: readonly Observation[];
  /** Mean return of the agents that the learner played, and of the others; null where there are none. */
  readonly learnerReturn: number | null;
  readonly otherReturn: number | null;
  readonly record?: EpisodeRecord;
}

/** What a shard did during an update. */
export interface ShardReport {
  readonly shard: number;
  readonly agentSteps: number;
  /** One list an episode that ended. */
  readonly episodes: readonly (readonly Observation[])[];
}

export interface UpdateReport {
  readonly shards: readonly ShardReport[];
  readonly learning: Readonly<Record<string, number>>;
  readonly times: UpdateTimes;
}

/** Where the seconds of an update went, on one thread; `wait` is the part of the others spent waiting for other threads. */
export interface UpdateTimes {
  readonly act: number;
  readonly step: number;
  readonly learn: number;
  readonly wait: number;
}

export interface ProgramSnapshot {
  /** Written by the first thread. */
  readonly learners?: readonly (LearnerSnapshot & { readonly normaliser: RunningMomentsState | null })[];
  readonly shards: readonly {
    readonly shard: number;
    readonly runner: ShardSnapshot;
    readonly learners: readonly unknown[];
  }[];
}

/** A trained policy as plain data, ready for disk. */
export interface TrainedPolicy {
  readonly name: string;
  readonly role: string;
  readonly agents: readonly number[];
  readonly topology: Topology;
  readonly params: Float32Array;
  readonly normalisation: RunningMomentsState | null;
  /** Whether its outputs are values of which it takes the best. */
  readonly actsGreedily: boolean;
  /** Whether its network is of the algorithm's own making and not of the experiment's architecture. */
  readonly ownNetwork?: boolean;
}

/**
 * What one thread does in a training: collect in its shards, learn together with the other threads, evaluate, and give or
 * take snapshots. Every thread makes its program from the same configuration.
 */
export interface Program {
  update(progress: number): UpdateReport;
  evaluate(matches: readonly Match[]): readonly PlayedEpisode[];
  snapshot(): ProgramSnapshot;
  restore(snapshot: Required<ProgramSnapshot>): void;
  policies(): readonly TrainedPolicy[];
  /** How far the policies are from an equilibrium, where the game says. */
  measureGame(): Readonly<Record<string, number>>;
}

/**
 * Makes the program of one thread.
 *
 * Throws: PolityError (input) for policies that cannot be found or cannot play; (engine) for a network the engine cannot run.
 */
export async function createProgram(
  config: ExperimentConfig,
  catalogue: Catalogue,
  engine: Engine,
  threads: Team,
): Promise<Program> {
  const { team, takeWait } = timedTeam(threads);
  const env = worldOf(config, catalogue);
  const params = parseWith(env.params, config.env.params, `env ${env.id}`);
  const streams = createStreams(config.seed);
  const findPolicy = createPolicyFinder(catalogue, engine);
  const algorithm = catalogue.algorithms.get(config.learner.algorithm);
  // Evaluations play the world as it is.
  const played = algorithm.needs.symmetries === true ? disguisedWorld(env, params) : env;
  const seats = seatLearners(
    config,
    played,
    params,
    engine,
    team,
    algorithm.needs.centralState,
    memorySizeOf(config, catalogue),
  );
  const seating = seatRoles(config, env, params, findPolicy);
  const reports = new Map<number, (readonly Observation[])[]>(team.mine.map((shard) => [shard, []]));
  const metrics = catalogue.metrics.items;
  const runners = team.mine.map(
    (shard) =>
      new ShardRunner({
        env: played,
        params,
        timeLimitSteps: config.env.timeLimitSteps,
        envs: config.rollout.envs / config.rollout.shards,
        steps: config.rollout.steps,
        shard,
        seed: config.seed,
        streams,
        learners: seats,
        seating,
        onEpisode: (episode) => reports.get(shard)?.push(measureEpisode(metrics, episode)),
      }),
  );
  const trainees = await createLearners(config, catalogue, engine, team, streams, seats, (p) =>
    runners.map((runner) => runner.rollouts[p]),
  );
  const learners = trainees.map(({ learner }) => learner);
  const { count } = layOutAgents(env, params);
  const measureGame = createGameMeasure(env, params, count, trainees, config.evaluation.greedy);

  return {
    update(progress) {
      for (const runner of runners) runner.collect(learners);
      const collected = performance.now();
      const learning = mergeLearning(trainees, progress);
      for (const { normaliser } of trainees) normaliser?.merge();
      const shards = runners.map((runner, i) => {
        const shard = team.mine[i];
        const episodes = reports.get(shard) ?? [];
        reports.set(shard, []);
        return { shard, agentSteps: runner.agentSteps, episodes };
      });
      const times = {
        act: sumOf(runners.map((runner) => runner.actSeconds)),
        step: sumOf(runners.map((runner) => runner.stepSeconds)),
        learn: (performance.now() - collected) / 1000,
        wait: takeWait(),
      };
      return { shards, learning, times };
    },

    evaluate(matches) {
      const own = livePolicies(trainees, config.evaluation.greedy);
      const played: PlayedEpisode[] = [];
      for (const [m, { seats: names, episodes, keep }] of matches.entries()) {
        const seatingOf = names.map((name, agent) => (name === 'learner' ? own(agent) : findPolicy.known(name)));
        for (const shard of team.mine) {
          const mine = episodes.filter((_, k) => k % team.shards === shard);
          const records = playEpisodes({
            env,
            params,
            timeLimitSteps: config.env.timeLimitSteps,
            seating: seatingOf,
            episodes: mine,
            seed: `${config.seed}/evaluation`,
            policyStreams: createStreams(`${config.seed}/evaluation/${names.join(',')}/${shard}`),
            record: true,
          });
          records.forEach((record, k) => {
            const observations = measureEpisode(metrics, record);
            const kept = episodes.indexOf(mine[k]) < keep ? { record } : {};
            const returns = {
              learnerReturn: meanReturn(record, names, true),
              otherReturn: meanReturn(record, names, false),
            };
            played.push({ match: m, episode: mine[k], observations, ...returns, ...kept });
          });
        }
      }
      return played;
    },

    snapshot() {
      const shards = runners.map((runner, i) => ({
        shard: team.mine[i],
        runner: runner.snapshot(),
        learners: learners.map((learner) => learner.snapshotShard(team.mine[i])),
      }));
      if (!team.first) return { shards };
      return {
        learners: trainees.map(({ learner, normaliser }) => ({
          ...learner.snapshot(),
          normaliser: normaliser?.state() ?? null,
        })),
        shards,
      };
    },

    restore(snapshot) {
      trainees.forEach(({ learner, normaliser }, p) => {
        learner.restore(snapshot.learners[p]);
        const moments = snapshot.learners[p].normaliser;
        if (moments !== null) normaliser?.restore(moments);
      });
      for (const { shard, runner, learners: own } of snapshot.shards) {
        const i = team.mine.indexOf(shard);
        if (i < 0) continue;
        runners[i].restore(runner);
        learners.forEach((learner, p) => {
          learner.restoreShard(shard, own[p]);
        });
      }
      once(team, () => {});
    },

    policies: () =>
      trainees.map(({ name, role, agents, learner, normaliser }) => ({
        name,
        role: role.name,
        agents,
        topology: learner.actor.topology,
        params: learner.actor.params.slice(),
        normalisation: normaliser?.state() ?? null,
        actsGreedily: learner.actsGreedily === true,
        ...(learner.ownNetwork === true ? { ownNetwork: true } : {}),
      })),

    measureGame,
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** One policy's numbers keep their names; of several each gets its own, `loss/value/row`. */
function mergeLearning(trainees: readonly Trainee[], progress: number): Record<string, number> {
  const said = trainees.map(({ name, learner }) => [name, Object.entries(learner.update(progress))] as const);
  const speakers = said.filter(([, numbers]) => numbers.length > 0);
  if (speakers.length === 1) return Object.fromEntries(speakers[0][1]);
  return Object.fromEntries(
    speakers.flatMap(([name, numbers]) => numbers.map(([key, value]) => [`${key}/${name}`, value])),
  );
}

function livePolicies(trainees: readonly Trainee[], greedy: boolean): (agent: number) => Policy {
  const policies = trainees.map(({ name, role, agents, learner, normaliser }) => ({
    agents,
    policy: neuralPolicy({
      id: `learner:${name}`,
      card: { title: name, description: 'The policy that is being trained.', source: 'this run', worlds: ['*'] },
      network: learner.actor,
      role,
      normalise: normaliser === null ? null : (rows, count) => normaliser.normalise(rows, count),
      greedy: greedy || learner.actsGreedily === true,
    }),
  }));
  return (agent) => {
    const found = policies.find(({ agents }) => agents.includes(agent));
    if (found === undefined) throw new Error(`agent ${agent} has no learner`);
    return found.policy;
  };
}

function meanReturn({ returns }: EpisodeRecord, seats: readonly string[], learner: boolean): number | null {
  const chosen = returns.filter((_, agent) => (seats[agent] === 'learner') === learner);
  return chosen.length === 0 ? null : chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
}
