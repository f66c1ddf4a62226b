import { PolityError, partsOf } from '#core';
import { EpsilonGreedy, huber, huberDerivative } from '#math';
import type { Learner, LearnerContext, LearnerSnapshot } from './algorithm.ts';
import { createMixer, type Mixer, type Mixing } from './mixer.ts';
import { ParameterBlock } from './parameter-block.ts';
import { QBatch } from './q-batch.ts';
import { Replay, type ReplaySnapshot } from './replay.ts';
import type { Rollout } from './rollout.ts';
import { SharedSums } from './shared-sums.ts';
import { TargetNetworks } from './target-networks.ts';
import type { ValueOptions } from './value-options.ts';

const sum = { count: 0, loss: 1, value: 2, target: 3, width: 4 } as const;

interface Shard {
  readonly replay: Replay;
  readonly rollouts: readonly Rollout[];
  readonly rng: ReturnType<LearnerContext<unknown>['streams']['stream']>;
}

/**
 * Learns action values from a replay, for one policy or for a team of them whose values are mixed into the team's. Policies act
 * by their own values; what is learned is decided by the mixing.
 */
export class QLearner {
  readonly learners: readonly Learner[];
  readonly #contexts: readonly LearnerContext<ValueOptions>[];
  readonly #behaviours: readonly EpsilonGreedy[];
  readonly #block: ParameterBlock;
  readonly #targets: TargetNetworks;
  readonly #mixer: Mixer;
  readonly #shards: readonly Shard[];
  readonly #batch: QBatch;
  readonly #sums: SharedSums;
  readonly #hysteresis: number;

  /**
   * @param hysteresis Weight of errors that would lower a value: below 1 the learner is slow to blame its partners' exploring.
   */
  constructor(contexts: readonly LearnerContext<ValueOptions>[], mixing: Mixing, hysteresis = 1) {
    this.#hysteresis = hysteresis;
    const [{ engine, team, streams, options, policy }] = contexts;
    this.#contexts = contexts;
    this.#behaviours = contexts.map(({ action }) => new EpsilonGreedy(action.kind === 'box' ? [] : partsOf(action)));
    const together = mixing !== 'none';
    const parts = contexts.map(({ agents, rollouts: [{ sizes }] }) => ({ agents: together ? agents : 1, sizes }));
    const teamSize = parts.reduce((total, { agents }) => total + agents, 0);
    this.#mixer = createMixer(mixing, teamSize, contexts[0]);
    const built = contexts.map((context, p) =>
      context.buildNetwork({
        observationSize: context.observationSize,
        policyOutputs: this.#behaviours[p].outputSize,
        value: false,
      }),
    );
    const hyper = this.#mixer.built === null ? [] : [this.#mixer.built];
    const initial = streams.stream(`learner/${policy}/initial`);
    this.#block = new ParameterBlock(engine, team, [...built, ...hyper], { kind: 'adam', epsilon: 1e-5 }, initial);
    this.#targets = new TargetNetworks(engine, team, this.#block);
    const perShard = (moments: number) => Math.max(1, Math.ceil(moments / team.shards));
    this.#shards = team.mine.map((shard, i) => ({
      replay: new Replay(perShard(options.replayMoments), parts),
      rollouts: contexts.map(({ rollouts }) => rollouts[i]),
      rng: streams.stream(`learner/${policy}/replay/${shard}`),
    }));
    const drawn = perShard(options.batchMoments);
    const [{ replay }] = this.#shards;
    this.#batch = new QBatch(replay.createBatch(drawn), drawn, parts, this.#behaviours, this.#mixer);
    this.#sums = new SharedSums(engine.memory, team, sum.width);
    this.learners = contexts.map((_, p) => this.#member(p));
    this.#explore(0);
  }

  #member(p: number): Learner {
    const first = p === 0;
    return {
      actor: this.#block.networks[p],
      behaviour: this.#behaviours[p],
      actsGreedily: true,
      update: (progress) => (first ? this.#update(progress) : {}),
      snapshot: () =>
        first ? this.#snapshot() : { params: new Float32Array(0), optimiser: { steps: 0, slots: [] }, extra: null },
      restore: (snapshot) => {
        if (first) this.#restore(snapshot);
      },
      snapshotShard: (shard) => (first ? this.#snapshotShard(shard) : null),
      restoreShard: (shard, snapshot) => {
        if (first) this.#restoreShard(shard, snapshot);
      },
    };
  }

  #update(progress: number): Record<string, number> {
    const [{ options, scheduled, team }] = this.#contexts;
    for (const shard of this.#shards) this.#remember(shard);
    const learningRate = scheduled('learningRate', progress);
    this.#explore(progress);

    // How full is the replay, over all shards?
    this.#sums.clear();
    team.mine.forEach((shard, i) => {
      this.#sums.of(shard)[sum.count] = this.#shards[i].replay.filled;
    });
    const held = this.#sums.combine()[sum.count];
    const numbers = { 'replay/moments': held, 'policy/epsilon': this.#behaviours[0].epsilon };
    if (held < options.warmUpMoments) return numbers;

    // Some steps on moments drawn from it.
    this.#sums.clear();
    let norms = 0;
    const moments = this.#batch.moments * team.shards;
    for (let step = 0; step < options.stepsPerUpdate; step++) {
      this.#block.clear();
      team.mine.forEach((shard, i) => {
        this.#addGradients(shard, this.#shards[i], 1 / moments);
      });
      norms += this.#block.descend(learningRate, options.maxGradNorm);
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

  #explore(progress: number): void {
    const epsilon = this.#contexts[0].scheduled('epsilon', progress);
    for (const behaviour of this.#behaviours) behaviour.epsilon = epsilon;
  }

  /** Hands the closed rows of a shard to its replay. */
  #remember({ replay, rollouts }: Shard): void {
    if (this.#mixer.kind === 'none') {
      const [rollout] = rollouts;
      const row = [new Int32Array(1)];
      for (let slot = 0; slot < rollout.slots; slot++) {
        for (let t = 0; t < rollout.counts[slot]; t++) {
          row[0][0] = slot * rollout.stride + t;
          replay.add(rollouts, row);
        }
      }
      return;
    }
    const agents = this.#contexts.map((context) => context.agents);
    const rows = agents.map((count) => new Int32Array(count));
    const envs = rollouts[0].slots / agents[0];
    for (let e = 0; e < envs; e++) {
      const count = this.#commonCount(rollouts, e);
      for (let t = 0; t < count; t++) {
        for (let p = 0; p < rollouts.length; p++) {
          for (let i = 0; i < agents[p]; i++) rows[p][i] = (e * agents[p] + i) * rollouts[p].stride + t;
        }
        replay.add(rollouts, rows);
      }
    }
  }

  #commonCount(rollouts: readonly Rollout[], e: number): number {
    const count = rollouts[0].counts[e * this.#contexts[0].agents];
    for (let p = 0; p < rollouts.length; p++) {
      const { agents } = this.#contexts[p];
      for (let i = 0; i < agents; i++) if (rollouts[p].counts[e * agents + i] !== count) throw notTogether();
    }
    return count;
  }

  #addGradients(shard: number, { replay, rng }: Shard, scale: number): void {
    const [{ options }] = this.#contexts;
    const batch = this.#batch;
    const sums = this.#sums.of(shard);
    replay.sample(rng, batch.moments, batch.drawn);
    batch.evaluate(this.#block.networks, this.#targets.networks, options.gamma, options.doubleQ);
    const delta = options.huberDelta ?? Number.POSITIVE_INFINITY;
    for (let k = 0; k < batch.totals.length; k++) {
      const error = batch.totals[k] - batch.targets[k];
      // A positive error would lower the value.
      const weight = error > 0 ? this.#hysteresis : 1;
      batch.gradTotals[k] = scale * weight * huberDerivative(error, delta);
      sums[sum.loss] += weight * huber(error, delta);
      sums[sum.value] += batch.totals[k];
      sums[sum.target] += batch.targets[k];
    }
    sums[sum.count] += batch.totals.length;
    this.#block.aim(shard);
    batch.differentiate(this.#block.networks);
  }

  #snapshot(): LearnerSnapshot {
    return {
      params: this.#block.params.slice(),
      optimiser: this.#block.optimiserState(),
      extra: { targets: this.#targets.params.slice(), epsilon: this.#behaviours[0].epsilon },
    };
  }

  #restore({ params, optimiser, extra }: LearnerSnapshot): void {
    const { targets, epsilon } = extra as { targets: Float32Array; epsilon: number };
    this.#block.restore(params, optimiser);
    this.#targets.restore(targets);
    for (const behaviour of this.#behaviours) behaviour.epsilon = epsilon;
  }

  #snapshotShard(shard: number): unknown {
    const { replay, rng } = this.#shards[this.#contexts[0].team.mine.indexOf(shard)];
    return { replay: replay.snapshot(), rng: rng.state() };
  }

  #restoreShard(shard: number, snapshot: unknown): void {
    const { replay, rng } = this.#shards[this.#contexts[0].team.mine.indexOf(shard)];
    const kept = snapshot as { replay: ReplaySnapshot; rng: number[] };
    replay.restore(kept.replay);
    rng.restore(kept.rng);
  }
}

function notTogether(): PolityError {
  return new PolityError({
    code: 'input',
    where: 'learner.algorithm',
    message: 'mixes the values of agents that act together, and here they do not all act in every step',
    remedy: 'Use iql, or a policy gradient such as ppo',
  });
}
