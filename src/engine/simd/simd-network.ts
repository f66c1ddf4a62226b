import { PolityError, type Topology } from '#core';
import type { FillOutputGrads, Network } from '../network.ts';
import type { LayerSlice } from '../parameter-slices.ts';
import { type CompileContext, compileTopology, type Program } from './compile.ts';
import { gradRowLength, productOf, rowLength, type Tensor } from './tensor.ts';

/** A place for dense rows at the border of the network: in the engine's memory for one block, beside it for more. */
interface Port {
  readonly tensor: Tensor;
  readonly size: number;
  /** One block of rows without gaps; `address` is where it begins. */
  readonly block: Float32Array;
  readonly address: number;
  /** Whether the block is the tensor's own memory. */
  readonly direct: boolean;
  /** Rows of a call that has more than a block. */
  all: Float32Array;
}

/** A compiled network: runs block of rows by block of rows, every step of a block before the next block. */
export class SimdNetwork implements Network {
  readonly topology: Topology;
  readonly params: Float32Array;
  readonly slices: readonly LayerSlice[];
  readonly inputSizes: readonly number[];
  readonly outputSizes: readonly number[];
  readonly #buffer: ArrayBufferLike;
  readonly #context: CompileContext;
  readonly #program: Program;
  readonly #inputBlocks: readonly Float32Array[];
  readonly #inputAddresses: readonly number[];
  readonly #values: readonly Port[];
  readonly #outputGrads: readonly Port[];
  readonly #inputGrads: readonly Port[];
  readonly #valueBlocks: readonly Float32Array[];
  readonly #outputGradBlocks: readonly Float32Array[];
  readonly #inputGradBlocks: readonly Float32Array[];
  /** Steps of every sequence, or 0 where they cannot begin anew, and one number for each step of a block. */
  readonly #sequenceSteps: number;
  readonly #keep: number;
  #grads: Float32Array;
  #resets: Uint8Array | null = null;
  #changed = true;
  #lastInputs: readonly Float32Array[] = [];
  #lastRows = 0;

  constructor(
    topology: Topology,
    params: Float32Array,
    grads: Float32Array,
    buffer: ArrayBufferLike,
    context: CompileContext,
  ) {
    this.topology = topology;
    this.params = params;
    this.#grads = grads;
    this.#buffer = buffer;
    this.#context = context;
    const program = compileTopology(topology, params.byteOffset, context);
    this.#program = program;
    this.slices = program.slices;
    this.inputSizes = program.inputs.map((tensor) => productOf(tensor.shape));
    this.outputSizes = program.outputs.map((tensor) => productOf(tensor.shape));
    this.#inputAddresses = program.inputs.map((tensor) => tensor.storage.values);
    this.#inputBlocks = program.inputs.map((tensor, i) => this.#view(tensor.storage.values, this.inputSizes[i]));
    this.#values = program.outputs.map((tensor) => this.#port(tensor, tensor.storage.values, rowLength(tensor)));
    this.#outputGrads = program.outputs.map((tensor, i) =>
      this.#port(tensor, program.outputAdds[i] ? 0 : tensor.storage.grads, gradRowLength(tensor)),
    );
    this.#inputGrads = program.inputs.map((tensor) => this.#port(tensor, tensor.storage.grads, gradRowLength(tensor)));
    this.#sequenceSteps = commonSteps(program);
    this.#keep = this.#sequenceSteps === 0 ? 0 : context.scratch(program.blockRows * this.#sequenceSteps);
    this.#valueBlocks = this.#values.map((port) => port.block);
    this.#outputGradBlocks = this.#outputGrads.map((port) => port.block);
    this.#inputGradBlocks = this.#inputGrads.map((port) => port.block);
  }

  get grads(): Float32Array {
    return this.#grads;
  }

  set grads(block: Float32Array) {
    if (block.buffer !== this.#buffer || block.length !== this.params.length) {
      throw contractError('a block of gradients that does not fit', `${block.length} numbers`, this.params.length);
    }
    this.#grads = block;
  }

  get resets(): Uint8Array | null {
    return this.#resets;
  }

  set resets(block: Uint8Array | null) {
    if (block !== null && this.#sequenceSteps === 0) {
      const { sequences } = this.#program;
      const got = sequences.map(({ steps, backwards }) => `${steps} steps${backwards ? ' backwards' : ''}`).join(', ');
      throw new PolityError({
        code: 'contract',
        where: 'simd network',
        message: 'no sequences that could begin anew',
        got: got === '' ? 'no recurrent layer' : got,
        expected: 'recurrent layers over sequences of one length, from first to last',
      });
    }
    this.#resets = block;
  }

  paramsChanged(): void {
    this.#changed = true;
  }

  /** As `Network.forward`; `backward` reads the inputs again, so they must not change before it. */
  forward(inputs: readonly Float32Array[], rows: number): readonly Float32Array[] {
    this.#prepare(inputs, rows);
    this.#lastInputs = inputs;
    this.#lastRows = rows;
    const { blockRows } = this.#program;
    if (rows <= blockRows) {
      this.#forwardBlock(inputs, 0, rows);
      return this.#valueBlocks;
    }
    for (let start = 0; start < rows; start += blockRows) {
      const count = Math.min(blockRows, rows - start);
      this.#forwardBlock(inputs, start, count);
      for (const port of this.#values) collect(port, start, count, rows);
    }
    return this.#values.map((port) => port.all);
  }

  backward(outputGrads: readonly Float32Array[], wantInputGrads = false): readonly Float32Array[] | undefined {
    const rows = this.#lastRows;
    const { blockRows } = this.#program;
    if (rows === 0) throw contractError('backward without a forward pass before it', 'no rows', 1);
    this.#checkLengths(outputGrads, this.outputSizes, rows, 'output gradient');
    this.#begin(wantInputGrads);
    for (let start = 0; start < rows; start += blockRows) {
      const count = Math.min(blockRows, rows - start);
      if (rows > blockRows) this.#forwardBlock(this.#lastInputs, start, count);
      for (let i = 0; i < this.#outputGrads.length; i++) {
        const { block, size } = this.#outputGrads[i];
        block.set(outputGrads[i].subarray(start * size, (start + count) * size));
      }
      this.#backwardBlock(count);
      if (!wantInputGrads) continue;
      for (const port of this.#inputGrads) {
        if (!port.direct) this.#copyOut(port, port.tensor.storage.grads, port.tensor.gradStride, count);
        if (rows > blockRows) collect(port, start, count, rows);
      }
    }
    this.#finish();
    if (!wantInputGrads) return undefined;
    return rows > blockRows ? this.#inputGrads.map((port) => port.all) : this.#inputGradBlocks;
  }

  differentiate(inputs: readonly Float32Array[], rows: number, fill: FillOutputGrads): void {
    this.#prepare(inputs, rows);
    // What the last block leaves behind is not the state that `backward` needs.
    this.#lastRows = 0;
    const { blockRows } = this.#program;
    const { kernels } = this.#context;
    this.#begin(false);
    for (let start = 0; start < rows; start += blockRows) {
      const count = Math.min(blockRows, rows - start);
      this.#forwardBlock(inputs, start, count);
      for (const { address, size } of this.#outputGrads) kernels.fill(address, (count * size + 3) & ~3, 0);
      fill(this.#valueBlocks, this.#outputGradBlocks, start, count);
      this.#backwardBlock(count);
    }
    this.#finish();
  }

  /** Memory is never given back; the network only lets go of what lies outside it. */
  dispose(): void {
    this.#lastInputs = [];
    this.#lastRows = 0;
    for (const port of [...this.#values, ...this.#inputGrads]) port.all = new Float32Array(0);
  }

  #prepare(inputs: readonly Float32Array[], rows: number): void {
    this.#checkLengths(inputs, this.inputSizes, rows, 'input');
    const steps = rows * this.#sequenceSteps;
    if (this.#resets !== null && this.#resets.length < steps) {
      throw contractError(`too few resets for ${rows} rows`, `${this.#resets.length}`, steps);
    }
    if (!this.#changed) return;
    this.#changed = false;
    for (const step of this.#program.steps) step.prepare?.();
  }

  #forwardBlock(inputs: readonly Float32Array[], start: number, count: number): void {
    const { steps } = this.#program;
    for (let i = 0; i < inputs.length; i++) this.#place(inputs[i], i, start, count);
    this.#placeResets(start, count);
    for (let i = 0; i < steps.length; i++) steps[i].forward(count);
    for (let i = 0; i < this.#values.length; i++) {
      const port = this.#values[i];
      if (!port.direct) this.#copyOut(port, port.tensor.storage.values, port.tensor.stride, count);
    }
  }

  /** Points the input at the caller's rows where they lie in the engine's memory, and copies them otherwise. */
  #place(input: Float32Array, i: number, start: number, count: number): void {
    const { storage } = this.#program.inputs[i];
    const size = this.inputSizes[i];
    if (input.buffer === this.#buffer) {
      const at = input.byteOffset + 4 * start * size;
      // The kernels may read a vector's length behind the last row.
      if (at + 4 * count * size + 64 <= this.#buffer.byteLength) {
        storage.values = at;
        return;
      }
    }
    storage.values = this.#inputAddresses[i];
    const block = this.#inputBlocks[i];
    const length = count * size;
    if (length <= 128) for (let k = 0, from = start * size; k < length; k++, from++) block[k] = input[from];
    else block.set(input.subarray(start * size, start * size + length));
  }

  #placeResets(start: number, count: number): void {
    const { pass } = this.#program;
    const resets = this.#resets;
    pass.keep = resets === null ? 0 : this.#keep;
    if (resets === null) return;
    const { numbers } = this.#context;
    const length = count * this.#sequenceSteps;
    const from = start * this.#sequenceSteps;
    for (let i = 0; i < length; i++) numbers[this.#keep / 4 + i] = resets[from + i] === 0 ? 1 : 0;
  }

  #begin(inputGrads: boolean): void {
    const { pass, steps } = this.#program;
    pass.grads = this.#grads.byteOffset;
    pass.inputGrads = inputGrads;
    for (const step of steps) step.begin?.();
  }

  #backwardBlock(count: number): void {
    const { steps, outputAdds } = this.#program;
    const { kernels } = this.#context;
    for (let i = 0; i < this.#outputGrads.length; i++) {
      const { tensor, address, direct } = this.#outputGrads[i];
      if (direct) continue;
      const { positions, width, gradStride, storage } = tensor;
      const move = outputAdds[i] ? kernels.addRows : kernels.copyRows;
      move(address, 4 * width, storage.grads, 4 * gradStride, count * positions, width);
    }
    for (let i = steps.length - 1; i >= 0; i--) steps[i].backward(count);
  }

  #finish(): void {
    for (const step of this.#program.steps) step.finish?.();
  }

  #copyOut(port: Port, from: number, stride: number, count: number): void {
    const { positions, width } = port.tensor;
    this.#context.kernels.copyRows(from, 4 * stride, port.address, 4 * width, count * positions, width);
  }

  #view(address: number, size: number): Float32Array {
    return new Float32Array(this.#buffer, address, this.#program.blockRows * size);
  }

  /** `own`: where the tensor has these numbers, 0 when they must not be used as they are. */
  #port(tensor: Tensor, own: number, length: number): Port {
    const size = productOf(tensor.shape);
    const direct = own !== 0 && length === size;
    const address = direct ? own : this.#context.scratch(this.#program.blockRows * size + 4);
    return { tensor, size, block: this.#view(address, size), address, direct, all: new Float32Array(0) };
  }

  #checkLengths(arrays: readonly Float32Array[], sizes: readonly number[], rows: number, what: string): void {
    if (arrays.length !== sizes.length) throw contractError(`the number of ${what}s`, `${arrays.length}`, sizes.length);
    for (let i = 0; i < sizes.length; i++) {
      if (arrays[i].length >= rows * sizes[i]) continue;
      throw contractError(`${what} ${i} is too short for ${rows} rows`, `${arrays[i].length}`, rows * sizes[i]);
    }
  }
}

function commonSteps({ sequences }: Program): number {
  const steps = sequences[0]?.steps ?? 0;
  return sequences.every((one) => one.steps === steps && !one.backwards) ? steps : 0;
}

/** Copies a block of rows to where all rows of the call are gathered. */
function collect(port: Port, start: number, count: number, rows: number): void {
  if (port.all.length < rows * port.size) port.all = new Float32Array(rows * port.size);
  port.all.set(
    count * port.size === port.block.length ? port.block : port.block.subarray(0, count * port.size),
    start * port.size,
  );
}

function contractError(message: string, got: string, expected: number): PolityError {
  return new PolityError({ code: 'contract', where: 'simd network', message, got, expected: `${expected} numbers` });
}
