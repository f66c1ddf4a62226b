import { createSimdEngine } from '#engine';
import { addSumMixGrads, MonotonicMix, sumMix } from '#math';
import { type Binding, binding, flat, type Inputs, type Matrix, rows, type Vector } from '../binding.ts';
import { expectClose } from '../compare.ts';
import type { Fields } from '../entries.ts';
import { activationsNotBuilt } from '../not-built.ts';
import { Dense, reluBackward, reluForward } from './dense.ts';
import { real, single } from './rl-math.ts';

/** A topology of tfjs made of dense layers one after the other. */
function denseTopology(inputs: number, layers: readonly { name: string; units: number; activation: string }[]) {
  return {
    class_name: 'Sequential',
    config: {
      name: 'golden',
      layers: layers.map(({ name, units, activation }, i) => ({
        class_name: 'Dense',
        config: {
          name,
          units,
          activation,
          use_bias: true,
          ...(i === 0 ? { batch_input_shape: [null, inputs] } : {}),
        },
      })),
    },
  };
}

const engine = createSimdEngine({ kernels: 'portable' });

function inMemory(values: readonly number[]): Float32Array {
  const block = engine.memory.float32(values.length);
  block.set(values);
  return block;
}

function twoDenseLayers(inputs: Inputs, activation: string) {
  const [w1, w2, x] = [inputs.matrix('w1'), inputs.matrix('w2'), inputs.matrix('x')];
  const network = engine.createNetwork(
    denseTopology(w1.length, [
      { name: 'first', units: w1[0].length, activation },
      { name: 'second', units: w2[0].length, activation: 'linear' },
    ]),
  );
  const weights = [flat(w1), inputs.vector('b1'), flat(w2), inputs.vector('b2')];
  network.slices.forEach(({ offset }, i) => {
    network.params.set(weights[i], offset);
  });
  network.paramsChanged();
  const outputs = w2[0].length;
  const y = rows(network.forward([inMemory(flat(x))], x.length)[0].slice(0, x.length * outputs), outputs);
  network.grads.fill(0);
  const gradX = network.backward([inMemory(flat(inputs.matrix('cotangent')))], true)?.[0] ?? new Float32Array();
  const [g1, gb1, g2, gb2] = network.slices.map(({ offset, size }) => [
    ...network.grads.subarray(offset, offset + size),
  ]);
  const result = {
    y,
    x: rows(gradX.slice(0, x.length * w1.length), w1.length),
    w1: rows(g1, w1[0].length),
    b1: gb1,
    w2: rows(g2, outputs),
    b2: gb2,
  };
  network.dispose();
  return result;
}

/** Activations of the engine by their names in the golden file. */
const activations: Readonly<Record<string, { class_name: string; config: Record<string, string | number> }>> = {
  tanh: { class_name: 'Activation', config: { activation: 'tanh' } },
  sigmoid: { class_name: 'Activation', config: { activation: 'sigmoid' } },
  relu: { class_name: 'Activation', config: { activation: 'relu' } },
  elu: { class_name: 'Activation', config: { activation: 'elu' } },
  softplus: { class_name: 'Activation', config: { activation: 'softplus' } },
  leakyRelu001: { class_name: 'LeakyReLU', config: { alpha: 0.01 } },
};

function activation(name: string, x: Vector) {
  const { class_name, config } = activations[name];
  const input = { class_name: 'InputLayer', config: { name: 'x', batch_input_shape: [null, x.length] } };
  const layers = [input, { class_name, config: { name, ...config } }];
  const network = engine.createNetwork({ class_name: 'Sequential', config: { name, layers } });
  const y = [...network.forward([inMemory(x)], 1)[0].slice(0, x.length)];
  const dy = network.backward([inMemory(x.map(() => 1))], true)?.[0].slice(0, x.length);
  network.dispose();
  return { y, dy };
}

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

export const networkBindings: readonly Binding[] = [
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
  {
    file: 'rl-math',
    call: /^activations and derivatives/,
    check({ inputs, outputs }) {
      const expected = Object.entries(outputs as Fields).filter(([name]) => !activationsNotBuilt.includes(name));
      for (const [name, numbers] of expected) {
        if (!(name in activations)) throw new Error(`unknown activation "${name}"`);
        expectClose(activation(name, inputs.x as Vector), numbers, single, name);
      }
    },
  },
  binding('rl-math', /^QMIX, hypernetworks of \d layer/, qmix, real),
  binding(
    'rl-math',
    /^two dense layers, (\w+) between/,
    (inputs, { call }) => twoDenseLayers(inputs, /^two dense layers, (\w+) between/.exec(call)?.[1] ?? ''),
    single,
  ),
];
