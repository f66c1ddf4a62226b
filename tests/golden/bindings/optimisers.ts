import { createStreams } from '#core';
import { initialiseParams } from '#engine';
import { clipByGlobalNorm, createOptimiser, type OptimiserSpec, polyakUpdate, RunningMoments } from '#math';
import { type Binding, binding, flat, type Matrix } from '../binding.ts';
import { expectClose, type Tolerance } from '../compare.ts';
import type { Json } from '../entries.ts';
import { real, single } from './rl-math.ts';

/** The numbers in an optimiser's call, by the name that stands before each; `lr 0.01`, `epsilon=1e-5`, `(0.01, …`. */
function setting(call: string, name: string): number | undefined {
  const match = new RegExp(`(?:^|[^a-z_])${name}[ =(]([\\d.e-]+)`).exec(call);
  return match === null ? undefined : Number(match[1]);
}

/** Settings that the call names, without those that it leaves at their defaults. */
function given<T extends object>(settings: { [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function torchSpec(call: string): OptimiserSpec {
  const epsilon = setting(call, 'eps');
  if (call.startsWith('optim.SGD')) return { kind: 'sgd', ...given({ momentum: setting(call, 'momentum') }) };
  if (call.startsWith('optim.RMSprop'))
    return { kind: 'rmsprop', ...given({ decay: setting(call, 'alpha'), epsilon }) };
  const betas = /betas ([\d.]+) ([\d.]+)/.exec(call);
  return {
    kind: call.startsWith('optim.AdamW') ? 'adamw' : 'adam',
    ...given({
      beta1: betas === null ? undefined : Number(betas[1]),
      beta2: betas === null ? undefined : Number(betas[2]),
      epsilon,
      weightDecay: setting(call, 'weight_decay'),
    }),
  };
}

function kerasSpec(call: string): OptimiserSpec {
  const epsilon = setting(call, 'epsilon');
  if (call.startsWith('optimizers.Adam')) return { kind: 'adam', epsilonAt: 'raw', ...given({ epsilon }) };
  return { kind: 'rmsprop', epsilonAt: 'inside', ...given({ decay: setting(call, 'rho'), epsilon }) };
}

function walk(spec: OptimiserSpec, learningRate: number, start: readonly number[], grads: Matrix): number[][] {
  const params = [...start];
  const optimiser = createOptimiser(spec, params.length);
  return grads.map((grad) => {
    optimiser.step(params, grad, learningRate);
    return [...params];
  });
}

/** Flattens gradients of any nesting, and puts numbers back into the same nesting. */
const flatten = (nested: Json): number[] =>
  typeof nested === 'number' ? [nested] : (nested as Json[]).flatMap(flatten);

function clip(nested: Json, limit: number, offset: number) {
  const grads = flatten(nested);
  const norm = clipByGlobalNorm(grads, limit, offset);
  let at = 0;
  const restore = (part: Json): unknown => (typeof part === 'number' ? grads[at++] : (part as Json[]).map(restore));
  return { norm, clipped: restore(nested) };
}

export const optimiserBindings: readonly Binding[] = [
  binding(
    'rl-math',
    /^optim\.(Adam|AdamW|RMSprop|SGD) lr [\d.e-]+.*: parameters after each of \d+ steps$/,
    (inputs, { call }) =>
      walk(torchSpec(call), setting(call, 'lr') as number, inputs.vector('start'), inputs.matrix('grads')),
    real,
  ),
  binding(
    'rl-math',
    /^optimizers\.(Adam|RMSprop)\([\d.]+/,
    (inputs, { call }) => {
      const rate = setting(call, '(?:Adam|RMSprop)') as number;
      return walk(kerasSpec(call), rate, inputs.vector('start'), inputs.matrix('grads'));
    },
    single,
  ),
  binding('rl-math', /^clip_grad_norm_/, (inputs) => clip(inputs.get('grads'), inputs.number('limit'), 1e-6), real),
  binding(
    'rl-math',
    /^clip_by_global_norm/,
    (inputs) => clip(inputs.get('grads'), inputs.number('limit'), 0).clipped,
    real,
  ),
  {
    file: 'rl-math',
    call: /^init\.orthogonal_\(shape, gain\)/,
    check({ inputs, outputs }) {
      const [rows, columns] = inputs.shape as readonly number[];
      const params = new Float32Array(rows * columns);
      const slice = {
        name: 'a/kernel',
        layer: 'a',
        weight: 'kernel',
        shape: [rows, columns],
        offset: 0,
        trainable: true,
        size: params.length,
      };
      initialiseParams([slice], params, { a: inputs.gain as number }, createStreams('golden').stream('initialise'));
      const at = (i: number, j: number) => params[i * columns + j];
      const [size, length] = [Math.min(rows, columns), Math.max(rows, columns)];
      const along = (k: number, i: number) => (rows >= columns ? at(i, k) : at(k, i));
      const gram = Array.from({ length: size }, (_, a) =>
        Array.from({ length: size }, (_, b) => {
          let sum = 0;
          for (let i = 0; i < length; i++) sum += along(a, i) * along(b, i);
          return sum;
        }),
      );
      const within: Tolerance = { ...single, absolute: single.absolute * (inputs.gain as number) ** 2 };
      expectClose(gram, (outputs as { gram: Json }).gram, within);
    },
  },
  binding(
    'rl-math',
    /^running mean and population variance/,
    (inputs) => {
      const batches = inputs.get<readonly Matrix[]>('batches');
      const moments = new RunningMoments(batches[0][0].length);
      return batches.map((batch) => {
        moments.update(flat(batch), batch.length);
        const variance = batch[0].map((_, feature) => moments.variance(feature));
        return { count: moments.count, mean: [...moments.mean], variance };
      });
    },
    real,
  ),
  binding(
    'rl-math',
    /^polyak update .*three times, tau ([\d.]+)$/,
    (inputs, { call }) => {
      const target = [...inputs.vector('target')];
      return [1, 2, 3].map(() => {
        polyakUpdate(target, inputs.vector('online'), setting(call, 'tau') as number);
        return [...target];
      });
    },
    real,
  ),
];
