import type { LayerSpec } from '../layer-graph.ts';
import { refuse } from './build.ts';
import type { Kernels } from './kernels.ts';
import { roundUp } from './tensor.ts';

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
  ['swish', 11],
  ['gelu', 12],
  ['gelu_new', 13],
  ['geluNew', 13],
  ['mish', 14],
  ['softmax', 20],
  ['logSoftmax', 21],
  ['log_softmax', 21],
]);

export const linear = 0;
export const relu = 1;
export const relu6 = 9;
export const leakyRelu = 10;
const swish = 11;
/** These two work on whole rows, by kernels of their own. */
export const softmax = 20;
const logSoftmax = 21;

/** Whether the derivative is worked out from what went in: it must be kept beside the result. */
export const needsInput = (kind: number): boolean => kind >= swish && kind < softmax;

/** The kind of an activation setting. Throws PolityError (engine) for one that is not known, naming the layer. */
export function activationOf(layer: LayerSpec, key: string, byDefault = 'linear'): number {
  const name = String(layer.config[key] ?? byDefault);
  return kinds.get(name) ?? refuse(layer, `the ${key} "${name}"`, name, [...kinds.keys()].join(', '));
}

/** As `activationOf`, for gates: only what has a derivative that the result alone tells. */
export function gateActivationOf(layer: LayerSpec, key: string, byDefault: string): number {
  const kind = activationOf(layer, key, byDefault);
  if (kind < swish) return kind;
  const known = [...kinds].filter(([, one]) => one < swish).map(([name]) => name);
  return refuse(layer, `this ${key} in gates`, layer.config[key], known.join(', '));
}

/** y = f(x) over `rows` rows of `width` numbers; what is behind them has no meaning. */
export function activateRows(
  kernels: Kernels,
  kind: number,
  slope: number,
  x: number,
  xRow: number,
  y: number,
  yRow: number,
  rows: number,
  width: number,
): void {
  if (kind === softmax) kernels.softmax(x, xRow, y, yRow, rows, width);
  else if (kind === logSoftmax) kernels.logSoftmax(x, xRow, y, yRow, rows, width);
  else kernels.activate(x, xRow, y, yRow, rows, roundUp(width), kind, slope);
}

/**
 * out = gradient g through f, from y (or from what went in, see `needsInput`); adds the sums over the rows to `sums` unless 0.
 * out may be g.
 */
export function activateRowsBack(
  kernels: Kernels,
  kind: number,
  slope: number,
  g: number,
  gRow: number,
  y: number,
  yRow: number,
  out: number,
  outRow: number,
  rows: number,
  width: number,
  sums: number,
): void {
  const n = roundUp(width);
  if (kind < softmax) {
    const moves = kind !== linear || g !== out || sums !== 0;
    if (moves) kernels.activateBack(g, gRow, y, yRow, out, outRow, rows, n, kind, slope, sums);
    return;
  }
  if (kind === softmax) kernels.softmaxBack(g, gRow, y, yRow, out, outRow, rows, width);
  else kernels.logSoftmaxBack(g, gRow, y, yRow, out, outRow, rows, width);
  if (sums !== 0) kernels.activateBack(out, outRow, y, yRow, out, outRow, rows, n, linear, 0, sums);
}
