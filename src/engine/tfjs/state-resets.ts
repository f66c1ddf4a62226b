import { PolityError } from '#core';
import type { LayersModel, Tensor, TensorFlow } from './tensorflow.ts';

type Call = (inputs: Tensor | Tensor[], options: Record<string, unknown>) => Tensor | Tensor[];

interface RecurrentLayer {
  readonly name: string;
  readonly goBackwards: boolean;
  readonly cell: { call: Call };
  call: Call;
  getInputAt(node: number): { readonly shape: readonly (number | null)[] } | readonly { shape: readonly number[] }[];
}

/** Makes the states of a model's recurrent layers zero before the steps that begin anew: tfjs has no word for it. */
export class StateResets {
  readonly #tf: TensorFlow;
  /** Steps of every sequence; 0 where they cannot begin anew. */
  readonly #steps: number;
  readonly #got: string;
  #resets: Uint8Array | null = null;
  /** For every step of the pass that runs now, 1 in rows that go on and 0 in those that begin anew: [B, 1]. */
  #keep: readonly Tensor[] = [];

  constructor(tf: TensorFlow, model: LayersModel) {
    this.#tf = tf;
    const layers = model.layers.filter((layer) => 'cell' in layer) as unknown as RecurrentLayer[];
    const lengths = layers.map((layer) => {
      const input = layer.getInputAt(0);
      return Number((Array.isArray(input) ? input[0] : input).shape[1]);
    });
    // Wrappers and models within the model hide their layers.
    const hiding = ['layer', 'forwardLayer', 'layers'];
    const hidden = model.layers.some((layer) => hiding.some((key) => key in layer));
    const regular = layers.every(({ goBackwards }, i) => !goBackwards && lengths[i] === lengths[0]);
    this.#steps = regular && !hidden ? (lengths[0] ?? 0) : 0;
    this.#got = hidden ? 'a layer inside another' : layers.map(({ name }, i) => `${name}: ${lengths[i]} steps`).join();
    for (const layer of layers) this.#watch(layer);
  }

  get resets(): Uint8Array | null {
    return this.#resets;
  }

  set resets(block: Uint8Array | null) {
    if (block !== null && this.#steps === 0) {
      throw new PolityError({
        code: 'contract',
        where: 'tfjs network',
        message: 'no sequences that could begin anew',
        got: this.#got === '' ? 'no recurrent layer' : this.#got,
        expected: 'recurrent layers over sequences of one length, from first to last',
      });
    }
    this.#resets = block;
  }

  /** Throws: PolityError (contract) when there are too few for `rows` rows. */
  check(rows: number): void {
    if (this.#resets === null || this.#resets.length >= rows * this.#steps) return;
    throw new PolityError({
      code: 'contract',
      where: 'tfjs network',
      message: `too few resets for ${rows} rows`,
      got: `${this.#resets.length}`,
      expected: `${rows * this.#steps} numbers`,
    });
  }

  /** Makes the tensors that a pass needs; to be called in its tidy. */
  begin(rows: number): void {
    const resets = this.#resets;
    this.#keep =
      resets === null
        ? []
        : Array.from({ length: this.#steps }, (_, t) => {
            const keep = Float32Array.from({ length: rows }, (_, b) => (resets[b * this.#steps + t] === 0 ? 1 : 0));
            return this.#tf.tensor(keep, [rows, 1]);
          });
  }

  #watch(layer: RecurrentLayer): void {
    let step = 0;
    const callLayer = layer.call.bind(layer);
    layer.call = (inputs, options) => {
      step = 0;
      return callLayer(inputs, options);
    };
    const { cell } = layer;
    const callCell = cell.call.bind(cell);
    cell.call = (inputs, options) => {
      const keep = this.#keep[step++];
      if (keep === undefined) return callCell(inputs, options);
      const [input, ...states] = inputs as Tensor[];
      return callCell([input, ...states.map((state) => this.#tf.mul(state, keep) as Tensor)], options);
    };
  }
}
