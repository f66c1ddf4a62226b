import type { Topology } from '#core';
import { PolityError } from '#core';
import { readLayerGraph } from '../layer-graph.ts';
import type { RowShape } from '../layer-kinds.ts';
import { type LayerSlice, parameterSlices, rowShapes } from '../parameter-slices.ts';
import type { Build, Compiled, Pass, Step } from './build.ts';
import type { Kernels } from './kernels.ts';
import { layerBuilders } from './layers/index.ts';
import { productOf, roundUp, type Tensor } from './tensor.ts';

/** Where compiled networks get their memory, and what they run on. */
export interface CompileContext {
  readonly kernels: Kernels;
  /** All of the engine's memory. */
  readonly numbers: Float32Array;
  /** Address of fresh zeros, private to this thread. */
  scratch(numbers: number): number;
}

/** A topology as a list of steps over blocks of rows. */
export interface Program {
  readonly blockRows: number;
  readonly slices: readonly LayerSlice[];
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** `outputAdds[i]`: an earlier output has the same memory, so gradients of output i add to it. */
  readonly outputAdds: readonly boolean[];
  readonly steps: readonly Step[];
  /** Sequences that recurrent layers walk through. */
  readonly sequences: readonly NonNullable<Compiled['sequence']>[];
  readonly pass: Pass;
}

/** Activations of 64 rows of the usual width stay in the first two caches. */
const usualRows = 64;
const mostPositions = 512;

/**
 * Compiles a topology for parameters at the address `params`.
 *
 * Throws: PolityError (engine) for a layer that the kernels do not run, by name and with the remedy.
 */
export function compileTopology(topology: Topology, params: number, context: CompileContext): Program {
  const slices = parameterSlices(topology);
  const graph = readLayerGraph(topology);
  const shapes = rowShapes(graph);
  const blockRows = rowsOfBlock(shapes.flat());
  const pass: Pass = { grads: 0, inputGrads: false, keep: 0 };
  const build: Build = {
    ...context,
    blockRows,
    params,
    pass,
    tensor: (shape, trained) => makeTensor(context, blockRows, shape, roundUp(shape[shape.length - 1]), trained),
    slice: (layer, weight) => slices.find((slice) => slice.layer === layer.name && slice.weight === weight),
  };
  const tensors: (readonly Tensor[])[] = [];
  const compiled: Compiled[] = [];
  graph.calls.forEach(({ layer, inputs }, call) => {
    if (layer.kind === 'InputLayer') {
      const shape = shapes[call][0];
      tensors.push([makeTensor(context, blockRows, shape, shape[shape.length - 1], false)]);
      return;
    }
    const builder = layerBuilders.get(layer.kind);
    if (builder === undefined) throw unknownLayer(layer.name, layer.kind);
    const from = inputs.map((input) => tensors[input.call][input.output]);
    const one = builder(build, layer, from, shapes[call]);
    compiled[call] = one;
    tensors.push(one.outputs);
  });
  const outputs = graph.outputs.map(({ call, output }) => tensors[call][output]);
  const outputAdds = outputs.map(claim);
  // From the outputs back, as gradients flow: whoever comes second to a tensor adds.
  const steps: Step[] = [];
  for (let call = graph.calls.length - 1; call >= 0; call--) {
    const step = compiled[call]?.step?.(graph.calls[call].inputs.map((from) => claim(tensors[from.call][from.output])));
    if (step !== undefined) steps.unshift(step);
  }
  const inputs = graph.inputs.map((call) => tensors[call][0]);
  const sequences = compiled.flatMap((one) => one?.sequence ?? []);
  return { blockRows, slices, inputs, outputs, outputAdds, steps, sequences, pass };
}

function claim({ storage }: Tensor): boolean {
  const adds = storage.written;
  storage.written = true;
  return adds;
}

function rowsOfBlock(shapes: readonly RowShape[]): number {
  const positions = Math.max(...shapes.map((shape) => productOf(shape.slice(0, -1))));
  return Math.max(8, Math.min(usualRows, Math.floor(mostPositions / positions)));
}

function makeTensor(context: CompileContext, rows: number, shape: RowShape, stride: number, trained: boolean): Tensor {
  const width = shape[shape.length - 1];
  const positions = productOf(shape) / width;
  const gradStride = roundUp(width);
  // A vector read may begin inside the last row and end behind it.
  const values = context.scratch(rows * positions * stride + 8);
  const grads = context.scratch(rows * positions * gradStride);
  return { shape, positions, width, stride, gradStride, storage: { values, grads, trained, written: false } };
}

function unknownLayer(name: string, kind: string): PolityError {
  return new PolityError({
    code: 'engine',
    where: `network › layer "${name}"`,
    message: 'a layer that the simd engine cannot run',
    got: kind,
    expected: [...layerBuilders.keys()].join(', '),
    remedy: 'engine: { kind: tfjs } runs every layer that tfjs has',
  });
}
