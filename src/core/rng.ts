import seedrandom from 'seedrandom';

/**
 * Where randomness comes from. Everything below the doors is handed one of these; nobody makes their own.
 * Ranges are half open: `integer(0, 6)` is a die that shows 0..5.
 */
export interface Rng {
  /** A number in [0, 1) with 53 random bits. */
  random(): number;
  uniform(low: number, high: number): number;
  integer(low: number, high: number): number;
  /** A draw from the standard normal distribution. */
  normal(): number;
  /** 0..n-1 in random order. */
  permutation(n: number): number[];
  /** The generator's state as four 32-bit words, or what `restore` of the same generator accepts. */
  state(): number[];
  restore(state: readonly number[]): void;
}

/**
 * The generator of training: xoshiro128** with its state in four 32-bit words.
 *
 * Source: Blackman and Vigna (2021), "Scrambled linear pseudorandom number generators", ACM TOMS 47(4).
 * Bounded integers: Lemire (2019), "Fast random integer generation in an interval", by rejection, so they are exact.
 */
export class Xoshiro implements Rng {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(state: readonly number[]) {
    this.#a = state[0] | 0;
    this.#b = state[1] | 0;
    this.#c = state[2] | 0;
    this.#d = state[3] | 0;
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#d = 1;
  }

  /** The next 32 random bits, as an unsigned integer. */
  bits(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  random(): number {
    const high = this.bits() >>> 5;
    return (high * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
  }

  uniform(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  integer(low: number, high: number): number {
    const range = high - low;
    if (range <= 1) return low;
    // Draws fall into blocks of `range`; one in the last block counts only if that block is whole. Unsigned: a division of integers.
    const sides = range >>> 0;
    for (;;) {
      const draw = this.bits();
      const rest = draw % sides;
      if (draw - rest <= 4294967296 - sides) return low + rest;
    }
  }

  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
    return radius * Math.cos(2 * Math.PI * this.random());
  }

  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(0, i + 1);
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  state(): number[] {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#d >>> 0];
  }

  restore(state: readonly number[]): void {
    this.#a = state[0] | 0;
    this.#b = state[1] | 0;
    this.#c = state[2] | 0;
    this.#d = state[3] | 0;
  }
}

/** Makes independent named streams from one seed: the same name always gives the same stream, whoever asks and when. */
export interface Streams {
  /** A new generator at the start of the stream called `name`, for example `env/3` or `learner/shuffle`. */
  stream(name: string): Xoshiro;
}

/**
 * Named streams of a seed. A seed is any string or number; `seedrandom` turns it into the root state, and each name is
 * hashed into it, so that one more agent or env never shifts the draws of the others.
 *
 * @example
 * createStreams('paper').stream('env/0').random() === createStreams('paper').stream('env/0').random() // true
 */
export function createStreams(seed: string | number): Streams {
  const source = seedrandom(String(seed));
  const root = [source.int32(), source.int32(), source.int32(), source.int32()];
  return { stream: (name) => new Xoshiro(mixName(root, name)) };
}

/** Folds a name into a 128-bit state, one splitmix-like round (multiply, xor-shift) a character, four differently salted lanes. */
function mixName(root: readonly number[], name: string): number[] {
  const lanes = root.map((word, lane) => (word ^ Math.imul(0x9e3779b9, lane + 1)) | 0);
  for (let i = 0; i < name.length; i++) {
    for (let lane = 0; lane < 4; lane++) {
      lanes[lane] = scramble((lanes[lane] ^ name.charCodeAt(i) ^ Math.imul(lanes[(lane + 1) & 3], 0x85ebca6b)) | 0);
    }
  }
  return lanes.map((word, lane) => scramble((word + Math.imul(name.length + 1, 0x9e3779b9) + lane) | 0));
}

/** The finaliser of MurmurHash3 (Appleby): a bijection of 32-bit words in which every input bit reaches every output bit. */
function scramble(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
