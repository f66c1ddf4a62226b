import { Categorical, Gaussian } from '#math';
import { type Binding, binding, flat, type Matrix, rows, type Vector } from '../binding.ts';
import { real } from './rl-math.ts';

interface RowResult {
  probability: number[];
  logProbability: number;
  entropy: number;
  gradLogProbability: number[];
  gradEntropy: number[];
}

/** What a categorical says about each row, gradients apart for log-probability and entropy. */
function describe(parts: Vector, logits: Matrix, mask: Matrix | null, actions: Matrix): RowResult[] {
  const choice = new Categorical(parts);
  const [all, legal, chosen] = [flat(logits), mask === null ? null : flat(mask), flat(actions)];
  return logits.map((_, row) => {
    const at = row * choice.outputSize;
    choice.load(all, at, legal, at);
    const grad = (logWeight: number, entropyWeight: number) => {
      const out = new Array<number>(choice.outputSize).fill(0);
      choice.addGrad(chosen, row * parts.length, logWeight, entropyWeight, out, 0);
      return out;
    };
    return {
      probability: [...choice.probabilities],
      logProbability: choice.logProbability(chosen, row * parts.length),
      entropy: choice.entropy(),
      gradLogProbability: grad(1, 0),
      gradEntropy: grad(0, 1),
    };
  });
}

const listed = (results: readonly RowResult[]) => ({
  probability: results.map(({ probability }) => probability),
  logProbability: results.map(({ logProbability }) => logProbability),
  entropy: results.map(({ entropy }) => entropy),
  gradLogProbability: results.map(({ gradLogProbability }) => gradLogProbability),
  gradEntropy: results.map(({ gradEntropy }) => gradEntropy),
});

export const distributionBindings: readonly Binding[] = [
  binding(
    'rl-math',
    /^masked categorical/,
    (inputs) => {
      const logits = inputs.matrix('logits');
      const actions = inputs.vector('action').map((action) => [action]);
      return listed(describe([logits[0].length], logits, inputs.matrix('mask'), actions));
    },
    real,
  ),
  binding(
    'rl-math',
    /^log_softmax and entropy at extreme logits/,
    (inputs) => {
      const logits = inputs.matrix('logits');
      const size = logits[0].length;
      const results = describe(
        [size],
        logits,
        null,
        logits.map(() => [0]),
      );
      const choice = new Categorical([size]);
      const logProbability = logits.map((row) => {
        choice.load(row, 0, null, 0);
        return [...choice.logProbabilities];
      });
      return { ...listed(results), logProbability };
    },
    real,
  ),
  binding(
    'rl-math',
    /^multi-discrete/,
    (inputs) => listed(describe(inputs.vector('sizes'), inputs.matrix('logits'), null, inputs.matrix('actions'))),
    real,
  ),
  binding(
    'rl-math',
    /^KL\(old \|\| new\)/,
    (inputs) => {
      const [next, old] = [inputs.matrix('newLogits'), inputs.matrix('oldLogits')];
      const size = next[0].length;
      const [mine, theirs] = [new Categorical([size]), new Categorical([size])];
      const grad = new Array<number>(next.length * size).fill(0);
      const kl = next.map((row, i) => {
        mine.load(row, 0, null, 0);
        theirs.load(old[i], 0, null, 0);
        mine.addDivergenceGrad(theirs, 1, grad, i * size);
        return mine.divergenceFrom(theirs);
      });
      return { kl, grad: rows(grad, size) };
    },
    real,
  ),
  binding(
    'rl-math',
    /^diagonal Gaussian/,
    (inputs) => {
      const [mean, logStd, action] = [inputs.matrix('mean'), inputs.vector('logStd'), inputs.matrix('action')];
      const size = logStd.length;
      const normal = new Gaussian(size);
      const results = mean.map((row, i) => {
        normal.load([...row, ...logStd], 0);
        const grads = new Array<number>(2 * size).fill(0);
        normal.addGrad(action[i], 0, 1, 0, grads, 0);
        return { logProbability: normal.logProbability(action[i], 0), entropy: normal.entropy(), grads };
      });
      return {
        logProbability: results.map(({ logProbability }) => logProbability),
        entropy: results.map(({ entropy }) => entropy),
        gradMean: results.map(({ grads }) => grads.slice(0, size)),
        gradLogStd: logStd.map((_, k) => results.reduce((sum, { grads }) => sum + grads[size + k], 0)),
      };
    },
    real,
  ),
];
