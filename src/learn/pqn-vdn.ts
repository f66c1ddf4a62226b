import { z } from 'zod';
import type { Algorithm, Learner, LearnerContext, LearnerSnapshot } from './algorithm.ts';
import { iql } from './iql.ts';
import { createMixer } from './mixer.ts';
import { QSegments } from './q-segments.ts';
import { schedule } from './schedule-option.ts';
import { Segments } from './segments.ts';
import { SharedSums } from './shared-sums.ts';
import { partStart, shuffle } from './shuffle.ts';
import { teamLearners } from './team-learners.ts';
import { createValueNetworks, type ValueNetworks } from './value-networks.ts';
import { valueSchedules } from './value-options.ts';

const pqnOptions = z.strictObject({
  learningRate: schedule(0, 1).default(5e-4).describe('Step size of Adam; a number or a formula in progress'),
  gamma: z.number().min(0).max(1).default(0.99).describe('Discount of the next turn'),
  lambda: z.number().min(0).max(1).default(0.65).describe('Weight of longer returns in the targets; 0: one step'),
  epsilon: schedule(0, 1)
    .default('max(0.05, 1 - 4.75 * progress)')
    .describe('Probability of a random action; a number or a formula in progress'),
  epochs: z.int().min(1).default(4).describe('Passes over every rollout'),
  minibatches: z.int().min(1).default(4).describe('Gradient steps a pass'),
  sequenceSteps: z
    .int()
    .min(1)
    .max(1024)
    .default(16)
    .describe(
      'Moments of the sequences that rollouts are cut into: where returns, and gradients through a memory, end',
    ),
  maxGradNorm: z.number().positive().nullable().default(10).describe('Limit of the norm of all gradients together'),
});

type PqnOptions = z.infer<typeof pqnOptions>;

/**
 * Parallelised Q-learning with value decomposition: the values of a team's agents add up to the team's, and are learned from what
 * has just happened in many worlds at once. There is neither a replay nor a target network; layer normalisation keeps the values
 * from running away, and targets are lambda-returns.
 *
 * Source: Gallici et al. (2024), "Simplifying deep temporal difference learning", algorithm 1 and, for teams, section 5.4;
 * sums of values: Sunehag et al. (2018). Adam instead of rectified Adam.
 */
export const pqnVdn: Algorithm<PqnOptions> = {
  id: 'pqn-vdn',
  card: {
    title: 'PQN-VDN, Q-learning without a replay',
    description:
      'Action values that add up to the team’s, learned from fresh rollouts of many worlds. Networks have layer normalisation unless `policy.network.layerNorm` is false.',
    source: 'Gallici et al. 2024 (arXiv 2407.04811)',
  },
  needs: { ...iql.needs, onPolicy: true, commonReward: true },
  options: pqnOptions,
  schedules: valueSchedules,
  network: { layerNorm: true },
  createTeam: (contexts) => new PqnLearner(contexts).learners,
};

const sum = { count: 0, loss: 1, value: 2, target: 3, width: 4 } as const;

/** What a shard has just lived through. */
interface Shard {
  readonly segments: Segments;
  /** Numbers of its segments, shuffled in every pass. */
  readonly list: Int32Array;
  readonly rng: ReturnType<LearnerContext<unknown>['streams']['stream']>;
  /** What each moment was worth. Shapes: [segments, places]. */
  readonly returns: Float64Array;
}

class PqnLearner {
  readonly learners: readonly Learner[];
  readonly #contexts: readonly LearnerContext<PqnOptions>[];
  readonly #networks: ValueNetworks;
  readonly #shards: readonly Shard[];
  readonly #batch: QSegments;
  readonly #batchSegments: number;
  readonly #sums: SharedSums;

  constructor(contexts: readonly LearnerContext<PqnOptions>[]) {
    const [{ engine, team, streams, options, policy, rollouts }] = contexts;
    const { sequenceSteps, minibatches } = options;
    this.#contexts = contexts;
    const teamSize = contexts.reduce((total, { agents }) => total + agents, 0);
    const mixer = createMixer('sum', teamSize, contexts[0]);
    this.#networks = createValueNetworks(contexts, true, null, sequenceSteps + 1);
    const { block, behaviours, parts } = this.#networks;
    this.#shards = team.mine.map((shard, i) => {
      const most = Segments.most(rollouts[i], contexts[0].agents, sequenceSteps);
      return {
        segments: new Segments(most, sequenceSteps, parts),
        list: new Int32Array(most),
        rng: streams.stream(`learner/${policy}/shuffle/${shard}`),
        returns: new Float64Array(most * (sequenceSteps + 1)),
      };
    });
    const [{ segments }] = this.#shards;
    this.#batchSegments = Math.ceil(segments.capacity / minibatches);
    this.#batch = new QSegments(segments, this.#batchSegments, parts, behaviours, mixer);
    this.#sums = new SharedSums(engine.memory, team, sum.width);
    this.learners = teamLearners(block, behaviours, {
      update: (progress) => this.#update(progress),
      snapshot: () => this.#snapshot(),
      restore: (snapshot) => this.#restore(snapshot),
      snapshotShard: (shard) => this.#shards[team.mine.indexOf(shard)].rng.state(),
      restoreShard: (shard, state) => this.#shards[team.mine.indexOf(shard)].rng.restore(state as number[]),
    });
    this.#explore(0);
  }

  #update(progress: number): Record<string, number> {
    const [{ options, scheduled, team }] = this.#contexts;
    const { block } = this.#networks;
    const learningRate = scheduled('learningRate', progress);

    // What just happened, and what was each moment worth by the networks as they are?
    this.#sums.clear();
    team.mine.forEach((shard, i) => {
      this.#take(i);
      this.#sums.of(shard)[sum.count] = this.#shards[i].segments.moments;
    });
    const held = this.#sums.combine()[sum.count];
    const epsilon = this.#explore(progress);
    if (held === 0) return {};

    // Passes in which the team's value of what was done moves towards that.
    this.#sums.clear();
    let norms = 0;
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      for (const { list, segments, rng } of this.#shards) shuffle(list, segments.filled, rng);
      for (let part = 0; part < options.minibatches; part++) {
        block.clear();
        team.mine.forEach((shard, i) => {
          this.#addGradients(shard, i, part, options.minibatches / held);
        });
        norms += block.descend(learningRate, options.maxGradNorm);
      }
    }
    const sums = this.#sums.combine();
    return {
      'loss/value': sums[sum.loss] / sums[sum.count],
      'loss/gradNorm': norms / (options.epochs * options.minibatches),
      'policy/value': sums[sum.value] / sums[sum.count],
      'policy/target': sums[sum.target] / sums[sum.count],
      'policy/epsilon': epsilon,
      'policy/learningRate': learningRate,
    };
  }

  #explore(progress: number): number {
    const epsilon = this.#contexts[0].scheduled('epsilon', progress);
    for (const behaviour of this.#networks.behaviours) behaviour.epsilon = epsilon;
    return epsilon;
  }

  /** Cuts the rollouts of a shard into segments and works out their lambda-returns. */
  #take(i: number): void {
    const [{ options }] = this.#contexts;
    const { segments, list, returns } = this.#shards[i];
    const batch = this.#batch;
    segments.clear();
    segments.remember(this.#contexts.map(({ rollouts }) => rollouts[i]));
    for (let k = 0; k < segments.filled; k++) list[k] = k;
    for (let from = 0; from < segments.filled; from += this.#batchSegments) {
      batch.take(segments, list, from, Math.min(segments.filled, from + this.#batchSegments));
      batch.aim(this.#networks.learning, options.gamma, options.lambda);
      for (let entry = 0; entry < batch.entries; entry++) {
        returns[from * segments.places + entry] = batch.targets[entry];
      }
    }
  }

  #addGradients(shard: number, i: number, part: number, scale: number): void {
    const [{ options }] = this.#contexts;
    const { block, learning } = this.#networks;
    const { segments, list, returns } = this.#shards[i];
    const { filled, places } = segments;
    const batch = this.#batch;
    const from = partStart(filled, options.minibatches, part);
    const to = partStart(filled, options.minibatches, part + 1);
    if (from === to) return;
    batch.take(segments, list, from, to);
    batch.value(learning);
    const sums = this.#sums.of(shard);
    for (let entry = 0; entry < batch.entries; entry++) {
      const k = Math.floor(entry / places);
      const target = returns[list[from + k] * places + entry - k * places];
      const error = batch.held[entry] === 1 ? batch.totals[entry] - target : 0;
      batch.gradTotals[entry] = scale * error;
      if (batch.held[entry] === 0) continue;
      sums[sum.loss] += 0.5 * error * error;
      sums[sum.value] += batch.totals[entry];
      sums[sum.target] += target;
      sums[sum.count]++;
    }
    block.aim(shard);
    batch.differentiate(learning);
  }

  #snapshot(): LearnerSnapshot {
    const { block, behaviours } = this.#networks;
    const extra = { epsilon: behaviours[0].epsilon };
    return { params: block.params.slice(), optimiser: block.optimiserState(), extra };
  }

  #restore({ params, optimiser, extra }: LearnerSnapshot): void {
    this.#networks.block.restore(params, optimiser);
    for (const behaviour of this.#networks.behaviours) behaviour.epsilon = (extra as { epsilon: number }).epsilon;
  }
}
