import { z } from 'zod';
import type { Network } from '#engine/network';
import { a2cPolicyLoss, createPpoSums, type Distribution, ppoSums, valueLoss } from '#math';
import { createModel, type PolicyModel } from './actor-critic.ts';
import type { Algorithm, Learner, LearnerContext, LearnerSnapshot } from './algorithm.ts';
import { distributionOf } from './distribution.ts';
import { Estimates } from './estimates.ts';
import type { BatchLosses } from './row-batch.ts';
import { schedule } from './schedule-option.ts';
import { SharedSums } from './shared-sums.ts';

export const a2cOptions = z.strictObject({
  learningRate: schedule(0, 1).default(3e-3).describe('Step size; a number or a formula in progress'),
  optimiser: z.enum(['adam', 'rmsprop']).default('adam').describe('What turns gradients into steps'),
  gamma: z.number().min(0).max(1).default(0.99).describe('Discount of the next turn'),
  gaeLambda: z.number().min(0).max(1).default(0.95).describe('Lambda of the advantage estimates; 1 as in the paper'),
  entropyWeight: schedule(0, 10).default(0.01).describe('Weight of the entropy bonus'),
  valueWeight: z.number().min(0).default(0.5).describe('Weight of the value loss'),
  maxGradNorm: z.number().positive().nullable().default(0.5).describe('Limit of the norm of all gradients together'),
  normaliseAdvantages: z
    .boolean()
    .default(true)
    .describe('Mean 0 and deviation 1 over an update; deviations below 1 % of the returns are not stretched'),
  normaliseValues: z.boolean().default(false).describe('Let the critic learn returns of running mean 0, deviation 1'),
});

export type A2cOptions = z.infer<typeof a2cOptions>;

/**
 * Advantage actor-critic, synchronous: one gradient step on each rollout, then a new one.
 *
 * Source: Mnih et al. (2016), "Asynchronous methods for deep reinforcement learning", section 4, with all workers in step;
 * advantages by Schulman et al. (2016).
 */
export const a2c: Algorithm<A2cOptions> = {
  id: 'a2c',
  card: {
    title: 'A2C, independent learners',
    description: 'Policy gradient with a critic; one step on each rollout.',
    source: 'Mnih et al. 2016 (arXiv 1602.01783)',
  },
  needs: {
    actions: ['discrete', 'multiDiscrete', 'box'],
    onPolicy: true,
    centralState: false,
    commonReward: false,
    memory: true,
  },
  options: a2cOptions,
  schedules: ['learningRate', 'entropyWeight'],
  createLearner: (context) => new A2cLearner(context),
};

/** The learner behind `a2c` and `reinforce`. */
export class A2cLearner implements Learner {
  readonly actor: Network;
  readonly behaviour: Distribution;
  readonly #context: LearnerContext<A2cOptions>;
  readonly #model: PolicyModel;
  readonly #estimates: Estimates;
  readonly #lossSums: SharedSums;

  constructor(context: LearnerContext<A2cOptions>) {
    const { options, engine, team } = context;
    this.#context = context;
    this.behaviour = distributionOf(context.action);
    this.#model = createModel(context, this.behaviour, { kind: options.optimiser, epsilon: 1e-5 }, false);
    this.actor = this.#model.actor;
    this.#estimates = new Estimates(context, this.#model, options.normaliseValues);
    this.#lossSums = new SharedSums(engine.memory, team, createPpoSums().length);
  }

  update(progress: number): Record<string, number> {
    const { options, scheduled, team } = this.#context;
    const learningRate = scheduled('learningRate', progress);
    const entropyWeight = scheduled('entropyWeight', progress);

    // What was each action worth, compared with what the critic expected?
    const explained = this.#estimates.estimate({ ...options, lambda: options.gaeLambda });
    const { shards, unitCounts, rowsPerUnit } = this.#estimates;
    const rows = rowsPerUnit * unitCounts.reduce((sum, count) => sum + count, 0);
    if (rows === 0) return {};

    // One step that makes what was worth more than expected more probable.
    this.#lossSums.clear();
    this.#model.block.clear();
    team.mine.forEach((shard, i) => {
      if (shards[i].unitCount === 0) return;
      this.#model.block.aim(shard);
      const losses = this.#losses(entropyWeight, 1 / rows, this.#lossSums.of(shard));
      this.#model.differentiate(shards[i], 0, shards[i].unitCount, losses);
    });
    const norm = this.#model.block.descend(learningRate, options.maxGradNorm);

    const sums = this.#lossSums.combine();
    return {
      'loss/policy': sums[ppoSums.policyLoss] / rows,
      'loss/value': sums[ppoSums.valueLoss] / rows,
      'loss/gradNorm': norm,
      'policy/entropy': sums[ppoSums.entropy] / rows,
      ...(explained === undefined ? {} : { 'policy/explainedVariance': explained }),
      'policy/learningRate': learningRate,
    };
  }

  snapshot(): LearnerSnapshot {
    const { block } = this.#model;
    return { params: block.params.slice(), optimiser: block.optimiserState(), extra: this.#estimates.state() };
  }

  restore({ params, optimiser, extra }: LearnerSnapshot): void {
    this.#model.block.restore(params, optimiser);
    this.#estimates.restore(extra as ReturnType<Estimates['state']>);
  }

  snapshotShard(): unknown {
    return null;
  }

  restoreShard(): void {}

  #losses(entropyWeight: number, scale: number, sums: Float64Array): BatchLosses {
    const plain = { valueClip: null, huberDelta: null };
    const weight = scale * this.#context.options.valueWeight;
    return {
      policy: (outputs, grads, { masks, actions, advantages }, count) => {
        const rows = { outputs, mask: masks, actions, advantages };
        a2cPolicyLoss(this.behaviour, rows, count, entropyWeight, scale, grads, sums);
      },
      value: (values, grads, { oldValues, returns }, count) => {
        sums[ppoSums.valueLoss] += valueLoss({ values, oldValues, returns }, count, plain, weight, grads);
      },
    };
  }
}
