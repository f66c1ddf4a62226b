import type { Network } from '#engine/network';
import { createPpoSums, ppoPolicyLoss, ppoSums, valueLoss } from '#math';
import { createModel, type PolicyModel } from './actor-critic.ts';
import type { Algorithm, Learner, LearnerContext, LearnerSnapshot } from './algorithm.ts';
import { distributionOf } from './distribution.ts';
import { Estimates } from './estimates.ts';
import { type PpoOptions, ppoOptions } from './ppo-options.ts';
import type { BatchLosses } from './row-batch.ts';
import { SharedSums } from './shared-sums.ts';
import { partStart, shuffle } from './shuffle.ts';

/**
 * Proximal policy optimisation with independent critics: every policy learns from its own agents' rows. Agents that share a
 * policy play against, or with, themselves.
 *
 * Source: Schulman et al. (2017), "Proximal policy optimization algorithms"; as independent learners, de Witt et al. (2020),
 * "Is independent learning all you need in the StarCraft multi-agent challenge?".
 */
export const ppo: Algorithm<PpoOptions> = {
  id: 'ppo',
  card: {
    title: 'PPO, independent learners',
    description: 'Clipped policy gradient with generalised advantages; each policy learns from its own agents alone.',
    source: 'Schulman et al. 2017 (arXiv 1707.06347); independent learners: de Witt et al. 2020 (arXiv 2011.09533)',
  },
  needs: {
    actions: ['discrete', 'multiDiscrete', 'box'],
    onPolicy: true,
    centralState: false,
    commonReward: false,
    memory: true,
  },
  options: ppoOptions,
  schedules: ['learningRate', 'clip', 'entropyWeight'],
  createLearner: (context) => new PpoLearner(context, false),
};

/** The learner behind `ppo`; with `central` the critic sees the global state. */
export class PpoLearner implements Learner {
  readonly actor: Network;
  readonly behaviour;
  readonly #context: LearnerContext<PpoOptions>;
  readonly #model: PolicyModel;
  readonly #estimates: Estimates;
  readonly #shuffles;
  readonly #lossSums: SharedSums;

  constructor(context: LearnerContext<PpoOptions>, central: boolean) {
    const { options, engine, team, streams, policy } = context;
    this.#context = context;
    this.behaviour = distributionOf(context.action);
    this.#model = createModel(context, this.behaviour, { kind: 'adam', epsilon: options.adamEpsilon }, central);
    this.actor = this.#model.actor;
    this.#estimates = new Estimates(context, this.#model, options.normaliseValues);
    this.#shuffles = Array.from({ length: team.shards }, (_, s) => streams.stream(`learner/${policy}/shuffle/${s}`));
    this.#lossSums = new SharedSums(engine.memory, team, createPpoSums().length);
  }

  update(progress: number): Record<string, number> {
    const { options, scheduled, team } = this.#context;
    const learningRate = scheduled('learningRate', progress);
    const loss = {
      clip: scheduled('clip', progress),
      entropyWeight: scheduled('entropyWeight', progress),
      valueClip: options.valueClip,
      huberDelta: options.huberDelta,
    };

    // What was each action worth, compared with what the critic expected?
    const explained = this.#estimates.estimate({ ...options, lambda: options.gaeLambda });
    const { shards, unitCounts, rowsPerUnit } = this.#estimates;

    // Several passes over the rows, a step after each minibatch.
    let norms = 0;
    let steps = 0;
    let sums = this.#lossSums.total;
    this.#lossSums.clear();
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      team.mine.forEach((shard, i) => {
        shuffle(shards[i].units, shards[i].unitCount, this.#shuffles[shard]);
      });
      for (let k = 0; k < options.minibatches; k++) {
        const units = unitCounts.reduce((sum, n) => sum + this.#part(n, k + 1) - this.#part(n, k), 0);
        if (units === 0) continue;
        this.#model.block.clear();
        team.mine.forEach((shard, i) => {
          const from = this.#part(shards[i].unitCount, k);
          const to = this.#part(shards[i].unitCount, k + 1);
          if (from === to) return;
          this.#model.block.aim(shard);
          const losses = this.#losses(loss, 1 / (rowsPerUnit * units), this.#lossSums.of(shard));
          this.#model.differentiate(shards[i], from, to, losses);
        });
        norms += this.#model.block.descend(learningRate, options.maxGradNorm);
        steps++;
      }
      if (options.targetKl !== null || epoch === options.epochs - 1) {
        sums = this.#lossSums.combine();
        if (options.targetKl !== null && sums[ppoSums.approxKl3] > options.targetKl * sums[ppoSums.count]) break;
      }
    }

    const deadUnits = this.#model.block.deadUnits();
    const count = sums[ppoSums.count];
    if (count === 0) return {};
    return {
      'loss/policy': sums[ppoSums.policyLoss] / count,
      'loss/value': sums[ppoSums.valueLoss] / count,
      'loss/gradNorm': norms / steps,
      'policy/entropy': sums[ppoSums.entropy] / count,
      'policy/approxKl': sums[ppoSums.approxKl3] / count,
      'policy/clipFraction': sums[ppoSums.clipFraction] / count,
      ...(explained === undefined ? {} : { 'policy/explainedVariance': explained }),
      ...this.#estimates.numbers(),
      ...(deadUnits === undefined ? {} : { 'policy/deadUnits': deadUnits }),
      'policy/learningRate': learningRate,
    };
  }

  snapshot(): LearnerSnapshot {
    return {
      params: this.#model.block.params.slice(),
      optimiser: this.#model.block.optimiserState(),
      extra: this.#estimates.state(),
    };
  }

  snapshotShard(shard: number): unknown {
    return this.#shuffles[shard].state();
  }

  restoreShard(shard: number, snapshot: unknown): void {
    this.#shuffles[shard].restore(snapshot as number[]);
  }

  restore({ params, optimiser, extra }: LearnerSnapshot): void {
    this.#model.block.restore(params, optimiser);
    this.#estimates.restore(extra as ReturnType<Estimates['state']>);
  }

  #part(count: number, k: number): number {
    return partStart(count, this.#context.options.minibatches, k);
  }

  /** Loss and gradient of rows, `scale` for each; what they come to is added to `sums`. */
  #losses(loss: LossOptions, scale: number, sums: Float64Array): BatchLosses {
    const weight = scale * this.#context.options.valueWeight;
    return {
      policy: (outputs, grads, { masks, actions, advantages, oldLogProbabilities }, count) => {
        const rows = { outputs, mask: masks, actions, advantages, oldLogProbabilities };
        ppoPolicyLoss(this.behaviour, rows, count, loss, scale, grads, sums);
      },
      value: (values, grads, { oldValues, returns }, count) => {
        sums[ppoSums.valueLoss] += valueLoss({ values, oldValues, returns }, count, loss, weight, grads);
      },
    };
  }
}

interface LossOptions {
  readonly clip: number;
  readonly entropyWeight: number;
  readonly valueClip: number | null;
  readonly huberDelta: number | null;
}
