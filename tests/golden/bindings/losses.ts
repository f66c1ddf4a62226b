import {
  a2cPolicyLoss,
  addExplainedVarianceSums,
  addPlainSums,
  addTakenGrads,
  bestValues,
  Categorical,
  createExplainedVarianceSums,
  createPlainSums,
  createPpoSums,
  doubleValues,
  explainedVariance,
  huber,
  huberDerivative,
  momentsOf,
  normaliseAdvantages,
  oneStepTargets,
  ppoLoss,
  ppoSums,
  ppoTotal,
  smoothL1,
  smoothL1Derivative,
  takenValues,
  valueLoss,
} from '#math';
import { type Binding, binding, flat, type Inputs, rows } from '../binding.ts';
import { real } from './rl-math.ts';

function policyRows(inputs: Inputs) {
  const logits = inputs.matrix('logits');
  const advantages = [...inputs.vector('advantage')];
  return {
    count: logits.length,
    size: logits[0].length,
    rows: {
      outputs: flat(logits),
      mask: flat(inputs.matrix('mask')),
      actions: inputs.vector('action'),
      advantages,
      values: inputs.vector('value'),
      returns: inputs.vector('target'),
    },
  };
}

const zeros = (count: number) => new Array<number>(count).fill(0);

/** The probability of each row's action over the one that was recorded. */
function ratios(inputs: Inputs): number[] {
  const { count, size, rows: batch } = policyRows(inputs);
  const choice = new Categorical([size]);
  return Array.from({ length: count }, (_, row) => {
    choice.load(batch.outputs, row * size, batch.mask, row * size);
    return Math.exp(choice.logProbability(batch.actions, row) - inputs.vector('oldLogProbability')[row]);
  });
}

function ppo(inputs: Inputs) {
  const { count, size, rows: batch } = policyRows(inputs);
  if (inputs.get<boolean>('normaliseAdvantage')) {
    const sums = createPlainSums();
    addPlainSums(batch.advantages, 0, count, sums);
    normaliseAdvantages(batch.advantages, 0, count, momentsOf(sums));
  }
  const options = {
    clip: inputs.number('clip'),
    valueClip: inputs.get<number | null>('clipValue'),
    huberDelta: null,
    valueWeight: inputs.number('valueWeight'),
    entropyWeight: inputs.number('entropyWeight'),
  };
  const full = {
    ...batch,
    oldLogProbabilities: inputs.vector('oldLogProbability'),
    oldValues: inputs.vector('oldValue'),
  };
  const [gradLogits, gradValue, sums] = [zeros(count * size), zeros(count), createPpoSums()];
  ppoLoss(new Categorical([size]), full, count, options, 1 / count, gradLogits, gradValue, sums);
  const spread = createExplainedVarianceSums();
  addExplainedVarianceSums(batch.values, batch.returns, 0, count, spread);
  const mean = (sum: number) => sums[sum] / count;
  return {
    total: ppoTotal(sums, options),
    policyLoss: mean(ppoSums.policyLoss),
    valueLoss: mean(ppoSums.valueLoss),
    entropy: mean(ppoSums.entropy),
    gradLogits: rows(gradLogits, size),
    gradValue,
    ratio: ratios(inputs),
    clipFraction: mean(ppoSums.clipFraction),
    approximateKl: mean(ppoSums.approxKl),
    approximateKl3: mean(ppoSums.approxKl3),
    explainedVariance: explainedVariance(spread),
  };
}

function a2c(inputs: Inputs, call: string) {
  const [valueWeight, entropyWeight] = [...call.matchAll(/c_[ve] ([\d.]+)/g)].map(([, weight]) => Number(weight));
  const { count, size, rows: batch } = policyRows(inputs);
  const [gradLogits, gradValue, sums] = [zeros(count * size), zeros(count), createPpoSums()];
  a2cPolicyLoss(new Categorical([size]), batch, count, entropyWeight, 1 / count, gradLogits, sums);
  const noClip = { valueClip: null, huberDelta: null };
  const values = { ...batch, oldValues: [] };
  sums[ppoSums.valueLoss] += valueLoss(values, count, noClip, valueWeight / count, gradValue);
  return { total: ppoTotal(sums, { valueWeight, entropyWeight }), gradLogits: rows(gradLogits, size), gradValue };
}

function qLearning(inputs: Inputs) {
  const q = inputs.matrix('q');
  const [count, size] = [q.length, q[0].length];
  const [next, nextTarget] = [flat(inputs.matrix('qNext')), flat(inputs.matrix('qNextTarget'))];
  const mask = flat(inputs.matrix('nextMask'));
  const taken = zeros(count);
  takenValues(flat(q), inputs.vector('action'), count, size, taken);
  const learn = (nextValues: number[]) => {
    const target = zeros(count);
    oneStepTargets(
      inputs.vector('reward'),
      inputs.vector('terminated'),
      nextValues,
      inputs.number('gamma'),
      count,
      target,
    );
    const loss = (huberDelta: number | null) => {
      const [gradTaken, grad] = [zeros(count), zeros(count * size)];
      const batch = { values: taken, oldValues: [], returns: target };
      const sum = valueLoss(batch, count, { valueClip: null, huberDelta }, 1 / count, gradTaken);
      addTakenGrads(gradTaken, inputs.vector('action'), count, size, grad);
      return { mean: sum / count, grad: rows(grad, size) };
    };
    const [squared, robust] = [loss(null), loss(1)];
    return {
      target,
      tdError: target.map((value, row) => value - taken[row]),
      halfMse: squared.mean,
      gradHalfMse: squared.grad,
      huber: robust.mean,
      gradHuber: robust.grad,
    };
  };
  const [best, double] = [zeros(count), zeros(count)];
  bestValues(nextTarget, mask, count, size, best);
  doubleValues(next, nextTarget, mask, count, size, double);
  return { dqn: learn(best), doubleDqn: learn(double) };
}

export const lossBindings: readonly Binding[] = [
  binding('rl-math', /^PPO: policyLoss/, ppo, real),
  binding(
    'rl-math',
    /^A2C: -mean\(log pi A\) \+ c_v\/2 mean \(v-R\)\^2 - c_e entropy \(c_v [\d.]+, c_e [\d.]+\)/,
    (inputs, { call }) => a2c(inputs, call),
    real,
  ),
  binding(
    'rl-math',
    /^MAPPO value loss: .* delta ([\d.]+), clip ([\d.]+)$/,
    (inputs, entry) => {
      const [huberDelta, valueClip] = [...entry.call.matchAll(/(?:delta|clip) ([\d.]+)/g)].map((match) =>
        Number(match[1]),
      );
      const values = inputs.vector('value');
      const batch = { values, oldValues: inputs.vector('oldValue'), returns: inputs.vector('target') };
      const gradValue = zeros(values.length);
      const sum = valueLoss(batch, values.length, { valueClip, huberDelta }, 1 / values.length, gradValue);
      return { loss: sum / values.length, gradValue };
    },
    real,
  ),
  binding(
    'rl-math',
    /^huber_loss\(delta\) and smooth_l1_loss\(beta\)/,
    (inputs) => {
      const [errors, delta] = [inputs.vector('error'), inputs.number('delta')];
      return {
        huber: errors.map((error) => huber(error, delta)),
        gradHuber: errors.map((error) => huberDerivative(error, delta)),
        smoothL1: errors.map((error) => smoothL1(error, delta)),
        gradSmoothL1: errors.map((error) => smoothL1Derivative(error, delta)),
      };
    },
    real,
  ),
  binding('rl-math', /^q_learning and double_q_learning/, qLearning, real),
];
