import type { LayerSpec } from '../layer-graph.ts';
import { refuse } from './build.ts';

/** Activations by the names of tfjs; the numbers are those of ../kernels/activation.ts. */
const kinds: ReadonlyMap<string, number> = new Map([
  ['linear', 0],
  ['relu', 1],
  ['tanh', 2],
  ['sigmoid', 3],
  ['elu', 4],
  ['hardSigmoid', 5],
  ['hard_sigmoid', 5],
  ['softplus', 6],
  ['softsign', 7],
  ['selu', 8],
  ['relu6', 9],
]);

export const linear = 0;
export const relu = 1;
export const leakyRelu = 10;
/** Works on whole rows, by kernels of its own. */
export const softmax = 20;

/** The kind of an activation setting. Throws PolityError (engine) for one that is not known, naming the layer. */
export function activationOf(layer: LayerSpec, key: string, byDefault = 'linear'): number {
  const name = layer.config[key] ?? byDefault;
  if (name === 'softmax') return softmax;
  const kind = kinds.get(String(name));
  return kind ?? refuse(layer, `the ${key} "${name}"`, String(name), [...kinds.keys(), 'softmax'].join(', '));
}

/** As `activationOf`, for places where softmax makes no sense. */
export function elementwiseActivationOf(layer: LayerSpec, key: string, byDefault: string): number {
  const kind = activationOf(layer, key, byDefault);
  return kind === softmax ? refuse(layer, `softmax as ${key}`, 'softmax', [...kinds.keys()].join(', ')) : kind;
}
