import { huber, huberDerivative } from '#math';
import type { Learner, LearnerContext, LearnerSnapshot } from './algorithm.ts';
import { createMixer, type Mixer, type Mixing } from './mixer.ts';
import { QBatch } from './q-batch.ts';
import { QSegments } from './q-segments.ts';
import { Replay, type ReplaySnapshot } from './replay.ts';
import { Segments, type SegmentsSnapshot } from './segments.ts';
import { SharedSums } from './shared-sums.ts';
import { TargetNetworks } from './target-networks.ts';
import { teamLearners } from './team-learners.ts';
import type { ValueMemory } from './value-memory.ts';
import { createValueNetworks, type ValueNetworks } from './value-networks.ts';
import type { ValueOptions } from './value-options.ts';

const sum = { count: 0, loss: 1, value: 2, target: 3, width: 4 } as const;

/**
 * Learns action values from a replay, for one policy or for a team of them whose values are mixed into the team's. Policies act
 * by their own values; what is learned is decided by the mixing. Networks with memory learn from sequences.
 */
export class QLearner {
  readonly learners: readonly Learner[];
  readonly #contexts: readonly LearnerContext<ValueOptions>[];
  readonly #networks: ValueNetworks;
  readonly #targets: TargetNetworks;
  readonly #memory: ValueMemory;
  readonly #rngs: readonly ReturnType<LearnerContext<unknown>['streams']['stream']>[];
  readonly #sums: SharedSums;
  readonly #hysteresis: number;

  /**
   * @param hysteresis Weight of errors that would lower a value: below 1 the learner is slow to blame its partners' exploring.
   */
  constructor(contexts: readonly LearnerContext<ValueOptions>[], mixing: Mixing, hysteresis = 1) {
    this.#hysteresis = hysteresis;
    const [{ engine, team, streams, options, policy, memorySize }] = contexts;
    this.#contexts = contexts;
    const together = mixing !== 'none';
    const teamSize = together ? contexts.reduce((total, { agents }) => total + agents, 0) : 1;
    const mixer = createMixer(mixing, teamSize, contexts[0]);
    this.#networks = createValueNetworks(contexts, together, mixer.built, options.sequenceSteps + 1);
    const { block, learning, behaviours } = this.#networks;
    this.#targets = new TargetNetworks(engine, team, block, learning);
    this.#memory = (memorySize > 0 ? rememberSegments : rememberMoments)(contexts[0], this.#networks, mixer);
    this.#rngs = team.mine.map((shard) => streams.stream(`learner/${policy}/replay/${shard}`));
    this.#sums = new SharedSums(engine.memory, team, sum.width);
    this.learners = teamLearners(block, behaviours, {
      update: (progress) => this.#update(progress),
      snapshot: () => this.#snapshot(),
      restore: (snapshot) => this.#restore(snapshot),
      snapshotShard: (shard) => this.#snapshotShard(shard),
      restoreShard: (shard, snapshot) => this.#restoreShard(shard, snapshot),
    });
    this.#explore(0);
  }

  #update(progress: number): Record<string, number> {
    const [{ options, scheduled, team }] = this.#contexts;
    const { block } = this.#networks;
    this.#memory.shards.forEach((shard, i) => {
      shard.remember(this.#contexts.map(({ rollouts }) => rollouts[i]));
    });
    const learningRate = scheduled('learningRate', progress);
    const epsilon = this.#explore(progress);

    // How full is the replay, over all shards?
    this.#sums.clear();
    team.mine.forEach((shard, i) => {
      this.#sums.of(shard)[sum.count] = this.#memory.shards[i].held();
    });
    const held = this.#sums.combine()[sum.count];
    const numbers = { 'replay/moments': held, 'policy/epsilon': epsilon };
    if (held < options.warmUpMoments) return numbers;

    // Some steps on moments drawn from it.
    this.#sums.clear();
    let norms = 0;
    const moments = this.#memory.moments * team.shards;
    for (let step = 0; step < options.stepsPerUpdate; step++) {
      block.clear();
      team.mine.forEach((shard, i) => {
        this.#addGradients(shard, i, 1 / moments);
      });
      norms += block.descend(learningRate, options.maxGradNorm);
      this.#targets.follow(options.targetTau);
    }
    const sums = this.#sums.combine();
    return {
      'loss/value': sums[sum.loss] / sums[sum.count],
      'loss/gradNorm': norms / options.stepsPerUpdate,
      'policy/value': sums[sum.value] / sums[sum.count],
      'policy/target': sums[sum.target] / sums[sum.count],
      ...numbers,
      'policy/learningRate': learningRate,
    };
  }

  #explore(progress: number): number {
    const epsilon = this.#contexts[0].scheduled('epsilon', progress);
    for (const behaviour of this.#networks.behaviours) behaviour.epsilon = epsilon;
    return epsilon;
  }

  #addGradients(shard: number, i: number, scale: number): void {
    const [{ options }] = this.#contexts;
    const { block, learning } = this.#networks;
    const { batch, shards } = this.#memory;
    const sums = this.#sums.of(shard);
    shards[i].draw(this.#rngs[i]);
    batch.evaluate(learning, this.#targets.networks, options.gamma, options.doubleQ);
    const delta = options.huberDelta ?? Number.POSITIVE_INFINITY;
    for (let k = 0; k < batch.totals.length; k++) {
      if (batch.held[k] === 0) {
        batch.gradTotals[k] = 0;
        continue;
      }
      const error = batch.totals[k] - batch.targets[k];
      // A positive error would lower the value.
      const weight = error > 0 ? this.#hysteresis : 1;
      batch.gradTotals[k] = scale * weight * huberDerivative(error, delta);
      sums[sum.loss] += weight * huber(error, delta);
      sums[sum.value] += batch.totals[k];
      sums[sum.target] += batch.targets[k];
      sums[sum.count]++;
    }
    block.aim(shard);
    batch.differentiate(learning);
  }

  #snapshot(): LearnerSnapshot {
    const { block, behaviours } = this.#networks;
    const extra = { targets: this.#targets.params.slice(), epsilon: behaviours[0].epsilon };
    return { params: block.params.slice(), optimiser: block.optimiserState(), extra };
  }

  #restore({ params, optimiser, extra }: LearnerSnapshot): void {
    const { targets, epsilon } = extra as { targets: Float32Array; epsilon: number };
    this.#networks.block.restore(params, optimiser);
    this.#targets.restore(targets);
    for (const behaviour of this.#networks.behaviours) behaviour.epsilon = epsilon;
  }

  #snapshotShard(shard: number): unknown {
    const i = this.#contexts[0].team.mine.indexOf(shard);
    return { replay: this.#memory.shards[i].snapshot(), rng: this.#rngs[i].state() };
  }

  #restoreShard(shard: number, snapshot: unknown): void {
    const i = this.#contexts[0].team.mine.indexOf(shard);
    const { replay, rng } = snapshot as { replay: unknown; rng: number[] };
    this.#memory.shards[i].restore(replay);
    this.#rngs[i].restore(rng);
  }
}

type Remember = (context: LearnerContext<ValueOptions>, networks: ValueNetworks, mixer: Mixer) => ValueMemory;

/** Moments each for itself: all that a network without memory needs. */
const rememberMoments: Remember = ({ options, team }, { parts, behaviours }, mixer) => {
  const perShard = (moments: number) => Math.ceil(moments / team.shards);
  const replays = team.mine.map(() => new Replay(perShard(options.replayMoments), parts));
  const moments = perShard(options.batchMoments);
  const batch = new QBatch(replays[0].createBatch(moments), moments, parts, behaviours, mixer);
  const shards = replays.map((replay) => ({
    held: () => replay.filled,
    remember: (rollouts: Parameters<Replay['remember']>[0]) => replay.remember(rollouts),
    draw: (rng: Parameters<Replay['sample']>[0]) => replay.sample(rng, moments, batch.drawn),
    snapshot: () => replay.snapshot(),
    restore: (snapshot: unknown) => replay.restore(snapshot as ReplaySnapshot),
  }));
  return { shards, batch, moments };
};

/** Sequences with what the network remembered when they began. */
const rememberSegments: Remember = ({ options, team }, { parts, behaviours }, mixer) => {
  const { sequenceSteps } = options;
  const perShard = (moments: number) => Math.ceil(moments / team.shards / sequenceSteps);
  const replays = team.mine.map(() => new Segments(perShard(options.replayMoments), sequenceSteps, parts));
  const count = perShard(options.batchMoments);
  const batch = new QSegments(replays[0], count, parts, behaviours, mixer);
  const shards = replays.map((replay) => ({
    held: () => replay.moments,
    remember: (rollouts: Parameters<Segments['remember']>[0]) => replay.remember(rollouts),
    draw: (rng: Parameters<Segments['sample']>[0]) => batch.draw(replay, rng, count),
    snapshot: () => replay.snapshot(),
    restore: (snapshot: unknown) => replay.restore(snapshot as SegmentsSnapshot),
  }));
  return { shards, batch, moments: count * sequenceSteps };
};
