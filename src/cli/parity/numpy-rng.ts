import { PolityError, type Rng } from '#core';

const mask128 = (1n << 128n) - 1n;
const mask64 = (1n << 64n) - 1n;
const mask32 = 0xffffffffn;
const multiplier = 0x2360ed051fc65da44385df649fccf645n;

/**
 * numpy's `default_rng(seed)`, draw for draw: PCG64 seeded through SeedSequence. Recorded episodes start from it; training never does,
 * as 128-bit arithmetic is slow here.
 *
 * Source: O'Neill (2014), "PCG" (XSL RR 128/64); numpy 2.4.6, numpy/random: bit_generator.pyx (SeedSequence), src/distributions
 * (bounded integers after Lemire 2019, with 32 bits at a time up to a range of 2^32), _generator.pyx (permutation, choice).
 */
export class NumpyRng implements Rng {
  #state = 0n;
  #increment: bigint;
  /** The unused high half of the last 64-bit word that was drawn for 32 bits. */
  #half: number | undefined;

  /** Throws: PolityError (input) unless the seed is a whole number of at least 0. */
  constructor(seed: number | bigint) {
    if (typeof seed === 'number' ? !Number.isSafeInteger(seed) || seed < 0 : seed < 0n) {
      throw new PolityError({
        code: 'input',
        where: 'numpy seed',
        message: 'not accepted',
        got: String(seed),
        expected: 'a whole number of at least 0',
      });
    }
    const words = seedWords(BigInt(seed));
    this.#increment = ((((words[2] << 64n) | words[3]) << 1n) | 1n) & mask128;
    this.#advance();
    this.#state = (this.#state + ((words[0] << 64n) | words[1])) & mask128;
    this.#advance();
  }

  random(): number {
    return Number(this.#bits64() >> 11n) / 9007199254740992;
  }

  uniform(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  integer(low: number, high: number): number {
    const range = high - low;
    if (range <= 1) return low;
    if (range > 2 ** 32) return low + Number(this.#below64(BigInt(range)));
    return low + this.#below32(range);
  }

  /** Not reproduced: numpy's normals come from a ziggurat table, and no recorded world draws any. */
  normal(): number {
    throw new PolityError({
      code: 'contract',
      where: 'NumpyRng.normal',
      message: 'numpy’s normal draws are not reproduced',
      remedy: 'Replay worlds that draw uniforms, integers, permutations and choices',
    });
  }

  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) swap(order, i, this.#upTo(i));
    return order;
  }

  /** `choice(n, size)` with replacement. */
  choice(n: number, size: number): number[] {
    return Array.from({ length: size }, () => this.integer(0, n));
  }

  /** `choice(n, size, replace=False)`: Floyd's method, or, for more than a fiftieth of a large population, the tail of a shuffle. */
  choiceWithoutReplacement(n: number, size: number): number[] {
    if (size > n) {
      throw new PolityError({
        code: 'contract',
        where: 'NumpyRng.choiceWithoutReplacement',
        message: 'more than there are',
        got: String(size),
        expected: `at most ${n}`,
      });
    }
    if (n > 10_000 && size > Math.floor(n / 50)) {
      const all = Array.from({ length: n }, (_, i) => i);
      this.#shuffleDownTo(all, Math.max(n - size, 1));
      return all.slice(n - size);
    }
    const seen = new Set<number>();
    for (let last = n - size; last < n; last++) {
      const drawn = this.integer(0, last + 1);
      seen.add(seen.has(drawn) ? last : drawn);
    }
    const chosen = [...seen];
    this.#shuffleDownTo(chosen, 1);
    return chosen;
  }

  /** Ten 32-bit words: state, increment (four each, low first), then whether half a word is left over, and which. */
  state(): number[] {
    return [...words32(this.#state), ...words32(this.#increment), this.#half === undefined ? 0 : 1, this.#half ?? 0];
  }

  restore(state: readonly number[]): void {
    this.#state = bigOf(state.slice(0, 4));
    this.#increment = bigOf(state.slice(4, 8));
    this.#half = state[8] === 1 ? state[9] : undefined;
  }

  #advance(): void {
    this.#state = (this.#state * multiplier + this.#increment) & mask128;
  }

  #bits64(): bigint {
    this.#advance();
    const word = ((this.#state >> 64n) ^ this.#state) & mask64;
    const turn = this.#state >> 122n;
    return ((word >> turn) | (word << ((64n - turn) & 63n))) & mask64;
  }

  #bits32(): number {
    if (this.#half !== undefined) {
      const kept = this.#half;
      this.#half = undefined;
      return kept;
    }
    const word = this.#bits64();
    this.#half = Number(word >> 32n);
    return Number(word & mask32);
  }

  /** A number in 0..range-1, for ranges from 2 to 2^32. */
  #below32(range: number): number {
    if (range === 2 ** 32) return this.#bits32();
    const width = BigInt(range);
    const threshold = BigInt((2 ** 32 - range) % range);
    let product = BigInt(this.#bits32()) * width;
    while ((product & mask32) < threshold) product = BigInt(this.#bits32()) * width;
    return Number(product >> 32n);
  }

  #below64(width: bigint): bigint {
    const threshold = ((1n << 64n) - width) % width;
    let product = this.#bits64() * width;
    while ((product & mask64) < threshold) product = this.#bits64() * width;
    return product >> 64n;
  }

  /** A number in 0..most by cutting 32 bits to size and throwing away what is too large. */
  #upTo(most: number): number {
    let bits = most;
    for (let shift = 1; shift <= 16; shift *= 2) bits |= bits >>> shift;
    let drawn = (this.#bits32() & bits) >>> 0;
    while (drawn > most) drawn = (this.#bits32() & bits) >>> 0;
    return drawn;
  }

  #shuffleDownTo(list: number[], first: number): void {
    for (let i = list.length - 1; i >= first; i--) swap(list, i, this.integer(0, i + 1));
  }
}

/** SeedSequence(seed).generate_state(4, uint64), each word as a bigint. */
function seedWords(seed: bigint): bigint[] {
  const entropy: number[] = [];
  for (let rest = seed; rest > 0n || entropy.length === 0; rest >>= 32n) entropy.push(Number(rest & mask32));
  let constant = 0x43b0d7e5;
  const hash = (value: number): number => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    const product = Math.imul(mixed, constant);
    return (product ^ (product >>> 16)) >>> 0;
  };
  const mix = (x: number, y: number): number => {
    const sum = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) | 0;
    return (sum ^ (sum >>> 16)) >>> 0;
  };
  const pool = [0, 1, 2, 3].map((i) => hash(entropy[i] ?? 0));
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  }
  for (const extra of entropy.slice(4)) for (let to = 0; to < 4; to++) pool[to] = mix(pool[to], hash(extra));
  let output = 0x8b51f9dd;
  const words = Array.from({ length: 8 }, (_, i) => {
    const mixed = pool[i % 4] ^ output;
    output = Math.imul(output, 0x58f38ded);
    const product = Math.imul(mixed, output);
    return BigInt((product ^ (product >>> 16)) >>> 0);
  });
  return [0, 1, 2, 3].map((i) => words[2 * i] | (words[2 * i + 1] << 32n));
}

function swap(list: number[], i: number, j: number): void {
  const kept = list[i];
  list[i] = list[j];
  list[j] = kept;
}

function words32(value: bigint): number[] {
  return [0n, 32n, 64n, 96n].map((shift) => Number((value >> shift) & mask32));
}

function bigOf(words: readonly number[]): bigint {
  return words.reduce((value, word, i) => value | (BigInt(word) << BigInt(32 * i)), 0n);
}
