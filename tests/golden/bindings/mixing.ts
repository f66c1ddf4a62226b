import { addSumMixGrads, MonotonicMix, sumMix } from '#math';
import { type Binding, binding, flat, type Inputs, type Matrix, rows, type Vector } from '../binding.ts';
import type { Fields } from '../entries.ts';
import { Dense, reluBackward, reluForward } from './dense.ts';
import { real } from './rl-math.ts';

/** QMIX: our mixing network between hypernetworks that are plain matrix products. */
function qmix(inputs: Inputs) {
  const weights = inputs.get<Fields>('weights');
  const [q, state, cotangent] = [inputs.matrix('q'), inputs.matrix('state'), inputs.vector('cotangent')];
  const layer = (name: string) => new Dense(weights[name] as Matrix, weights[`${name}Bias`] as Vector);
  const grads: Record<string, unknown> = {};
  const gradState = state.map((row) => row.map(() => 0));
  const addToState = (grad: Matrix) => {
    grad.forEach((row, i) => {
      row.forEach((value, j) => {
        gradState[i][j] += value;
      });
    });
  };
  /** A hypernetwork of one layer, or of two with a relu between, and the way back through it. */
  const hyper = (name: string, hiddenName: string) => {
    const outer = layer(name);
    const inner = hiddenName in weights ? layer(hiddenName) : null;
    const before = inner === null ? null : inner.forward(state);
    const input = before === null ? state : reluForward(before);
    return {
      output: outer.forward(input),
      backward(grad: Matrix) {
        const back = outer.backward(input, grad);
        grads[name] = back.weights;
        grads[`${name}Bias`] = back.bias;
        if (inner === null || before === null) return addToState(back.inputs);
        const deep = inner.backward(state, reluBackward(before, back.inputs));
        grads[hiddenName] = deep.weights;
        grads[`${hiddenName}Bias`] = deep.bias;
        addToState(deep.inputs);
      },
    };
  };
  const parts = {
    first: hyper('hyperW1', 'hyperW1Hidden'),
    firstBias: hyper('hyperB1', 'hyperB1Hidden'),
    second: hyper('hyperW2', 'hyperW2Hidden'),
    secondBias: hyper('value2', 'value1'),
  };
  const [count, agents, hidden] = [q.length, q[0].length, parts.second.output[0].length];
  const mixing = {
    first: flat(parts.first.output),
    firstBias: flat(parts.firstBias.output),
    second: flat(parts.second.output),
    secondBias: flat(parts.secondBias.output),
  };
  const mixer = new MonotonicMix(agents, hidden);
  const qTotal = new Array<number>(count).fill(0);
  mixer.mix(flat(q), mixing, count, qTotal);
  const gradQ = new Array<number>(count * agents).fill(0);
  const gradMixing = {
    first: mixing.first.map(() => 0),
    firstBias: mixing.firstBias.map(() => 0),
    second: mixing.second.map(() => 0),
    secondBias: mixing.secondBias.map(() => 0),
  };
  mixer.addGrads(flat(q), mixing, count, cotangent, gradQ, gradMixing);
  parts.first.backward(rows(gradMixing.first, agents * hidden));
  parts.firstBias.backward(rows(gradMixing.firstBias, hidden));
  parts.second.backward(rows(gradMixing.second, hidden));
  parts.secondBias.backward(rows(gradMixing.secondBias, 1));
  return { qTotal, grad: { ...grads, q: rows(gradQ, agents), state: gradState } };
}

export const mixingBindings: readonly Binding[] = [
  binding(
    'rl-math',
    /^VDN: qTotal = sum_i q_i/,
    (inputs) => {
      const q = inputs.matrix('q');
      const [count, agents] = [q.length, q[0].length];
      const [qTotal, gradQ] = [new Array<number>(count).fill(0), new Array<number>(count * agents).fill(0)];
      sumMix(flat(q), count, agents, qTotal);
      addSumMixGrads(inputs.vector('cotangent'), count, agents, gradQ);
      return { qTotal, gradQ: rows(gradQ, agents) };
    },
    real,
  ),
  binding('rl-math', /^QMIX, hypernetworks of \d layer/, qmix, real),
];
