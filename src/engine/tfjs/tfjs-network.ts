import { PolityError, type Topology } from '#core';
import type { FillOutputGrads, Network, ParameterSlice } from '../network.ts';
import { buildModel } from './build-model.ts';
import { StateResets } from './state-resets.ts';
import type { LayersModel, NamedTensorMap, Scalar, Tensor, TensorFlow, Variable } from './tensorflow.ts';

/** What a network takes from its engine. */
export interface TfjsContext {
  readonly tf: TensorFlow;
  /** Makes the engine's backend the one that tfjs computes with. */
  select(): void;
}

/** The gradients of outputs to go back from, made once the outputs are known. */
type OutputGrads = (outputs: readonly Tensor[]) => readonly Float32Array[];

/**
 * A tfjs model at work. Layers behave as in inference: dropout passes everything through, batch normalisation uses the moments
 * among its weights.
 */
export class TfjsNetwork implements Network {
  readonly topology: Topology;
  readonly params: Float32Array;
  readonly slices: readonly ParameterSlice[];
  readonly inputSizes: readonly number[];
  readonly outputSizes: readonly number[];
  readonly #context: TfjsContext;
  readonly #model: LayersModel;
  /** One a slice; `trained` are those that gradients reach. */
  readonly #weights: readonly Variable[];
  readonly #trained: readonly Variable[];
  readonly #inputShapes: readonly (readonly number[])[];
  readonly #stateResets: StateResets;
  #grads: Float32Array;
  #changed = true;
  #lastInputs: readonly Float32Array[] = [];
  #lastRows = 0;

  constructor(
    topology: Topology,
    context: TfjsContext,
    allot: (size: number) => { readonly params: Float32Array; readonly grads: Float32Array },
  ) {
    context.select();
    this.topology = topology;
    this.#context = context;
    this.#model = buildModel(context.tf, topology);
    this.#stateResets = new StateResets(context.tf, this.#model);
    this.slices = slicesOf(this.#model);
    this.#weights = this.#model.weights.map((weight) => weight.read() as Variable);
    this.#trained = this.#model.trainableWeights.map((weight) => weight.read() as Variable);
    this.#inputShapes = this.#model.inputs.map(({ shape, name }) => fixedShape(shape, name));
    this.inputSizes = this.#inputShapes.map(productOf);
    this.outputSizes = this.#model.outputs.map(({ shape, name }) => productOf(fixedShape(shape, name)));
    const { params, grads } = allot(this.slices.reduce((sum, { size }) => sum + size, 0));
    this.params = params;
    this.#grads = grads;
  }

  get grads(): Float32Array {
    return this.#grads;
  }

  set grads(block: Float32Array) {
    if (block.length !== this.params.length) {
      throw contractError('a block of gradients that does not fit', `${block.length} numbers`, this.params.length);
    }
    this.#grads = block;
  }

  get resets(): Uint8Array | null {
    return this.#stateResets.resets;
  }

  set resets(block: Uint8Array | null) {
    this.#stateResets.resets = block;
  }

  paramsChanged(): void {
    this.#changed = true;
  }

  /** As `Network.forward`; `backward` reads the inputs again, so they must not change before it. */
  forward(inputs: readonly Float32Array[], rows: number): readonly Float32Array[] {
    const { tf } = this.#context;
    this.#prepare(inputs, rows);
    this.#lastInputs = inputs;
    this.#lastRows = rows;
    // Numbers are read outside: tidy walks through whatever is returned in it, number by number.
    const outputs = tf.tidy(() => this.#run(this.#tensors(inputs, rows)));
    const read = outputs.map((output) => output.dataSync() as Float32Array);
    tf.dispose(outputs);
    return read;
  }

  backward(outputGrads: readonly Float32Array[], wantInputGrads = false): readonly Float32Array[] | undefined {
    const rows = this.#lastRows;
    if (rows === 0) throw contractError('backward without a forward pass before it', 'no rows', 1);
    checkLengths(outputGrads, this.outputSizes, rows, 'output gradient');
    return this.#back(this.#lastInputs, rows, () => outputGrads, wantInputGrads);
  }

  differentiate(inputs: readonly Float32Array[], rows: number, fill: FillOutputGrads): void {
    this.#prepare(inputs, rows);
    this.#lastRows = 0;
    const filled: OutputGrads = (outputs) => {
      const grads = this.outputSizes.map((size) => new Float32Array(rows * size));
      fill(
        outputs.map((output) => output.dataSync() as Float32Array),
        grads,
        0,
        rows,
      );
      return grads;
    };
    this.#back(inputs, rows, filled, false);
  }

  dispose(): void {
    this.#model.dispose();
    this.#lastInputs = [];
    this.#lastRows = 0;
  }

  /** Gradients of the outputs' dot product with their gradients, in one pass forward and back. */
  #back(
    inputs: readonly Float32Array[],
    rows: number,
    outputGrads: OutputGrads,
    wantInputGrads: boolean,
  ): readonly Float32Array[] | undefined {
    const { tf, select } = this.#context;
    select();
    const tensors = this.#tensors(inputs, rows);
    // Variables are what tfjs gives gradients for, so inputs become some.
    const given = wantInputGrads ? tensors.map((tensor) => tf.variable(tensor)) : [];
    const along = [...this.#trained, ...given];
    const dot = () => {
      const outputs = this.#run(wantInputGrads ? given : tensors);
      const grads = outputGrads(outputs);
      return tf.addN(
        outputs.map((output, i) => {
          const grad = tf.tensor(grads[i].slice(0, output.size), output.shape);
          return tf.sum(tf.mul(output, grad));
        }),
      ) as Scalar;
    };
    if (along.length === 0) {
      tf.tidy(dot).dispose();
      tf.dispose(tensors);
      return undefined;
    }
    const { value, grads } = this.#differentiate(dot, along);
    this.#trained.forEach((variable) => {
      const grad = grads[variable.name];
      if (grad !== undefined) this.#add(grad.dataSync() as Float32Array, this.#weights.indexOf(variable));
    });
    const inputGrads = given.map(
      ({ name, size }) => (grads[name]?.dataSync() as Float32Array | undefined) ?? new Float32Array(size),
    );
    tf.dispose([value, ...Object.values(grads), ...given, ...tensors]);
    return wantInputGrads ? inputGrads : undefined;
  }

  #differentiate(dot: () => Scalar, along: Variable[]): { value: Scalar; grads: NamedTensorMap } {
    try {
      return this.#context.tf.variableGrads(dot, along);
    } catch (error) {
      if (!(error instanceof Error) || !/^(Error in|Cannot compute) gradient/.test(error.message)) throw error;
      const remedy = 'Use a layer or a setting that tfjs has gradients for, or engine: { kind: simd }';
      const message = `tfjs cannot learn through it (${error.message})`;
      throw new PolityError({ code: 'engine', where: 'network', message, remedy }, { cause: error });
    }
  }

  #add(grad: Float32Array, weight: number): void {
    const { offset, size } = this.slices[weight];
    const block = this.#grads;
    for (let i = 0; i < size; i++) block[offset + i] += grad[i];
  }

  #prepare(inputs: readonly Float32Array[], rows: number): void {
    checkLengths(inputs, this.inputSizes, rows, 'input');
    this.#stateResets.check(rows);
    this.#context.select();
    if (!this.#changed) return;
    this.#changed = false;
    const { tf } = this.#context;
    tf.tidy(() => {
      this.#weights.forEach((variable, i) => {
        const { offset, size, shape } = this.slices[i];
        // A copy: a tensor may keep the array it is made from, and the parameters go on changing.
        variable.assign(tf.tensor(this.params.slice(offset, offset + size), shape as number[]));
      });
    });
  }

  #tensors(inputs: readonly Float32Array[], rows: number): Tensor[] {
    return inputs.map((input, i) =>
      this.#context.tf.tensor(input.slice(0, rows * this.inputSizes[i]), [rows, ...this.#inputShapes[i]]),
    );
  }

  #run(inputs: readonly Tensor[]): Tensor[] {
    this.#stateResets.begin(inputs[0].shape[0]);
    const given = inputs.length === 1 ? inputs[0] : [...inputs];
    const outputs = this.#model.apply(given, { training: false }) as Tensor | Tensor[];
    return Array.isArray(outputs) ? outputs : [outputs];
  }
}

function slicesOf(model: LayersModel): readonly ParameterSlice[] {
  let offset = 0;
  return model.weights.map(({ originalName: name, shape }) => {
    const lengths = shape as number[];
    const slice = { name, shape: lengths, offset, size: productOf(lengths) };
    offset += slice.size;
    return slice;
  });
}

/** Throws: PolityError (engine) where a row's length is left open. */
function fixedShape([, ...shape]: readonly (number | null)[], name: string): readonly number[] {
  if (shape.every((length) => length !== null)) return shape as number[];
  throw new PolityError({
    code: 'engine',
    where: `network › ${name}`,
    message: 'no fixed shape',
    got: `[${shape.map((length) => length ?? 'null').join(', ')}]`,
    expected: 'a positive length on every axis behind the first',
  });
}

function productOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function checkLengths(arrays: readonly Float32Array[], sizes: readonly number[], rows: number, what: string): void {
  if (arrays.length !== sizes.length) throw contractError(`the number of ${what}s`, `${arrays.length}`, sizes.length);
  for (let i = 0; i < sizes.length; i++) {
    if (arrays[i].length >= rows * sizes[i]) continue;
    throw contractError(`${what} ${i} is too short for ${rows} rows`, `${arrays[i].length}`, rows * sizes[i]);
  }
}

function contractError(message: string, got: string, expected: number): PolityError {
  return new PolityError({ code: 'contract', where: 'tfjs network', message, got, expected: `${expected} numbers` });
}
