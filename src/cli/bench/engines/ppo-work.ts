import { Xoshiro } from '#core';
import { type Engine, initialiseParams, type Network, parameterSlices, type TensorFlow } from '#engine';
import { Categorical, createPpoSums, ppoPolicyLoss, valueLoss } from '#math';
import { mlp } from '#policies/neural/mlp';
import type { Side } from './measure.ts';

export const observationSize = 20;
export const choices = 5;
const learningRate = 2.5e-4;
const options = { clip: 0.2, entropyWeight: 0.01, valueClip: null, huberDelta: null };
const valueWeight = 0.5;

/** Numbers of one minibatch, the same for all sides. */
interface Batch {
  readonly observations: Float32Array;
  readonly actions: Float32Array;
  readonly advantages: Float32Array;
  readonly oldLogProbabilities: Float32Array;
  readonly oldValues: Float32Array;
  readonly returns: Float32Array;
}

function batchOf(rows: number): Batch {
  const rng = new Xoshiro([1, 2, 3, 4]);
  const normal = (length: number) => Float32Array.from({ length }, () => rng.normal());
  return {
    observations: normal(rows * observationSize),
    actions: Float32Array.from({ length: rows }, () => rng.integer(0, choices)),
    advantages: normal(rows),
    oldLogProbabilities: new Float32Array(rows).fill(-Math.log(choices)),
    oldValues: normal(rows),
    returns: normal(rows),
  };
}

/** A policy (20 in, 64-64 tanh, 5 out) or its critic (1 out). */
export function trunk(
  engine: Engine,
  head: 'policy' | 'value',
  storage?: Parameters<Engine['createNetwork']>[1],
): Network {
  const { topology, gains } = build(head);
  const network = engine.createNetwork(topology, storage);
  initialiseParams(parameterSlices(topology), network.params, gains, new Xoshiro([5, 6, 7, 8]));
  network.paramsChanged();
  return network;
}

function build(head: 'policy' | 'value') {
  const policy = head === 'policy';
  const needs = { observationSize, policyOutputs: policy ? choices : 0, value: !policy };
  return mlp.build(needs, mlp.options.parse({ hidden: [64, 64], activation: 'tanh' }));
}

/**
 * One step of PPO on an engine as learners take it: actor and critic forward, losses of the book, backward, clip by global norm,
 * Adam over one block of parameters. Counts rows.
 */
export function ppoSide(name: string, engine: Engine, rows: number): Side {
  const sizes = (['policy', 'value'] as const).map((head) =>
    parameterSlices(build(head).topology).reduce((sum, slice) => sum + slice.size, 0),
  );
  // Networks begin at multiples of 16 numbers.
  const second = Math.ceil(sizes[0] / 16) * 16;
  const [params, grads] = [0, 1].map(() => engine.memory.float32(second + sizes[1]));
  const part = (block: Float32Array, i: number) => block.subarray(i * second, i * second + sizes[i]);
  const [actor, critic] = (['policy', 'value'] as const).map((head, i) =>
    trunk(engine, head, { params: part(params, i), grads: part(grads, i) }),
  );
  const optimiser = engine.createOptimiser({ kind: 'adam', epsilon: 1e-5 }, params);
  const given = batchOf(rows);
  const observations = engine.memory.float32(rows * observationSize);
  observations.set(given.observations);
  const inputs = [observations];
  const distribution = new Categorical([choices]);
  const sums = createPpoSums();
  const scale = 1 / rows;
  const from = (array: Float32Array, start: number) => (start === 0 ? array : array.subarray(start));
  return {
    name,
    run() {
      grads.fill(0);
      actor.differentiate(inputs, rows, ([outputs], [gradOutputs], start, count) => {
        const batch = {
          outputs,
          mask: null,
          actions: from(given.actions, start),
          advantages: from(given.advantages, start),
          oldLogProbabilities: from(given.oldLogProbabilities, start),
        };
        ppoPolicyLoss(distribution, batch, count, options, scale, gradOutputs, sums);
      });
      critic.differentiate(inputs, rows, ([values], [gradValues], start, count) => {
        const batch = { values, oldValues: from(given.oldValues, start), returns: from(given.returns, start) };
        valueLoss(batch, count, options, scale * valueWeight, gradValues);
      });
      engine.clipByGlobalNorm(grads, 0.5);
      optimiser.step(grads, learningRate);
      actor.paramsChanged();
      critic.paramsChanged();
      return rows;
    },
  };
}

/**
 * The same step as one writes it in tfjs itself: two Sequential models, the loss in tensors, its own gradients and Adam. It does
 * not clip, to its advantage.
 */
export function tfjsPpoSide(name: string, tf: TensorFlow, select: () => void, rows: number): Side {
  select();
  const stack = (units: number) =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 64, activation: 'tanh', inputShape: [observationSize] }),
        tf.layers.dense({ units: 64, activation: 'tanh' }),
        tf.layers.dense({ units }),
      ],
    });
  const [actor, critic] = [stack(choices), stack(1)];
  const given = batchOf(rows);
  const observations = tf.tensor2d(given.observations, [rows, observationSize]);
  const chosen = tf.oneHot(tf.tensor1d(Int32Array.from(given.actions), 'int32'), choices);
  const [advantages, old, returns] = [given.advantages, given.oldLogProbabilities, given.returns].map((array) =>
    tf.tensor1d(array),
  );
  const adam = tf.train.adam(learningRate, 0.9, 0.999, 1e-5);
  const variables = [actor, critic].flatMap((model) => model.trainableWeights.map((weight) => weight.read()));
  const loss = () => {
    const logits = tf.logSoftmax(actor.apply(observations) as ReturnType<typeof tf.tensor>);
    const ratio = tf.exp(tf.sub(tf.sum(tf.mul(logits, chosen), 1), old));
    const bounded = tf.clipByValue(ratio, 1 - options.clip, 1 + options.clip);
    const gain = tf.mean(tf.minimum(tf.mul(ratio, advantages), tf.mul(bounded, advantages)));
    const entropy = tf.neg(tf.mean(tf.sum(tf.mul(tf.exp(logits), logits), 1)));
    const values = tf.reshape(critic.apply(observations) as ReturnType<typeof tf.tensor>, [rows]);
    const value = tf.mean(tf.mul(tf.squaredDifference(values, returns), 0.5));
    const bonus = tf.mul(entropy, options.entropyWeight);
    return tf.sub(tf.sub(tf.mul(value, valueWeight), gain), bonus) as ReturnType<typeof tf.scalar>;
  };
  return {
    name,
    run() {
      select();
      adam.minimize(loss, false, variables as never);
      // Work is only done once somebody looks.
      variables[0].dataSync();
      return rows;
    },
  };
}
