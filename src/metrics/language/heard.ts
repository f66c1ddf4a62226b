import type { BoxSpace, Rng } from '#core';

/**
 * Where one symbol that an agent hears stands in its observation: a one-hot field (all zero: nothing), or a single number whose lowest
 * value is nothing.
 */
export interface HeardSymbol {
  readonly at: number;
  readonly size: number;
  /** Symbols there are. */
  readonly symbols: number;
  /** What stands there where nothing is heard. */
  readonly silence: number;
}

/**
 * The symbols that an agent hears, by the names of observation fields: those that begin with `heard` and have room for anything.
 *
 * @example
 * heardSymbols(fieldBox([{ name: 'own', size: 2 }, { name: 'heard/0', size: 3 }], 0, 1)) // [{ at: 2, size: 3, symbols: 3, silence: 0 }]
 */
export function heardSymbols({ fields = [], low, high }: BoxSpace): readonly HeardSymbol[] {
  let at = 0;
  const found: HeardSymbol[] = [];
  for (const { name, size } of fields) {
    const symbols = size > 1 ? size : high[at] - low[at];
    if (/^heard\b/.test(name) && symbols > 0) found.push({ at, size, symbols, silence: size > 1 ? 0 : low[at] });
    at += size;
  }
  return found;
}

/**
 * The message in an observation, a number for each symbol; -1 where nothing is heard.
 *
 * Shapes: observation from `offset` on; out [symbols heard].
 */
export function readHeard(
  observation: Float32Array,
  offset: number,
  heard: readonly HeardSymbol[],
  out: Int32Array,
): void {
  for (let i = 0; i < heard.length; i++) {
    const { at, size, silence } = heard[i];
    if (size === 1) out[i] = Math.round(observation[offset + at] - silence) - 1;
    else {
      out[i] = -1;
      for (let s = 0; s < size; s++) if (observation[offset + at + s] > 0.5) out[i] = s;
    }
  }
}

/** Puts a message into an observation in place of the one that is there. */
export function writeHeard(
  observation: Float32Array,
  offset: number,
  heard: readonly HeardSymbol[],
  message: Int32Array,
): void {
  for (let i = 0; i < heard.length; i++) {
    const { at, size, silence } = heard[i];
    if (size === 1) observation[offset + at] = silence + 1 + message[i];
    else for (let s = 0; s < size; s++) observation[offset + at + s] = s === message[i] ? 1 : 0;
  }
}

/** What becomes of messages on their way: nothing, silence, chance symbols in places, or another message that was heard. */
export type Tampering = 'clear' | 'muted' | 'noisy' | 'shuffled';

/** Messages kept to draw from, where they are shuffled. */
const kept = 1024;

/**
 * Changes what is heard. Where nothing was, nothing is done.
 *
 * Source: Lowe et al. (2019), "On the pitfalls of measuring emergent communication", section 5: ablation of messages.
 */
export class Tamperer {
  readonly #heard: readonly HeardSymbol[];
  readonly #how: Tampering;
  readonly #noise: number;
  readonly #rng: Rng;
  readonly #message: Int32Array;
  readonly #pool: Int32Array;
  #pooled = 0;

  /** @param noise Share of symbols that chance replaces. */
  constructor(heard: readonly HeardSymbol[], how: Tampering, noise: number, rng: Rng) {
    this.#heard = heard;
    this.#how = how;
    this.#noise = noise;
    this.#rng = rng;
    this.#message = new Int32Array(heard.length);
    this.#pool = new Int32Array(kept * heard.length);
  }

  /** Changes an observation in place; returns whether there was anything to hear. */
  tamper(observation: Float32Array, offset: number): boolean {
    const heard = this.#heard;
    const message = this.#message;
    readHeard(observation, offset, heard, message);
    let silent = true;
    for (let i = 0; i < message.length; i++) if (message[i] >= 0) silent = false;
    if (silent) return false;
    if (this.#how === 'clear') return true;
    if (this.#how === 'muted') message.fill(-1);
    else if (this.#how === 'noisy') {
      for (let i = 0; i < message.length; i++) {
        if (this.#rng.random() < this.#noise) message[i] = this.#rng.integer(0, heard[i].symbols);
      }
    } else {
      const width = message.length;
      this.#pool.set(message, (this.#pooled++ % kept) * width);
      const drawn = this.#rng.integer(0, Math.min(this.#pooled, kept)) * width;
      for (let i = 0; i < width; i++) message[i] = this.#pool[drawn + i];
    }
    writeHeard(observation, offset, heard, message);
    return true;
  }
}
