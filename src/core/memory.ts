import { PolityError } from './errors.ts';

/**
 * Hands out blocks of numbers that several threads share. Every thread asks its own instance for the same blocks in the same
 * order and so gets the same ones; blocks begin at multiples of 64 bytes, hold zeros, and are never given back.
 */
export interface Memory {
  readonly buffer: ArrayBufferLike;
  /** Bytes handed out so far. */
  readonly used: number;
  float32(length: number): Float32Array;
  float64(length: number): Float64Array;
  int32(length: number): Int32Array;
}

const alignment = 64;

/**
 * A memory over a buffer, from byte `start` on.
 *
 * Throws: PolityError (contract) when the buffer is full.
 *
 * @example
 * const memory = createMemory(new ArrayBuffer(1024));
 * memory.float32(4).length // 4
 */
export function createMemory(buffer: ArrayBufferLike, start = 0): Memory {
  let used = start;
  const take = (bytes: number): number => {
    const at = Math.ceil(used / alignment) * alignment;
    if (at + bytes > buffer.byteLength) {
      throw new PolityError({
        code: 'contract',
        where: 'memory',
        message: 'full',
        got: `a block of ${bytes} bytes at ${at}`,
        expected: `at most ${buffer.byteLength} bytes in all`,
        remedy: 'Use smaller networks, or give the engine more memory',
      });
    }
    used = at + bytes;
    return at;
  };
  return {
    buffer,
    get used() {
      return used;
    },
    float32: (length) => new Float32Array(buffer, take(4 * length), length),
    float64: (length) => new Float64Array(buffer, take(8 * length), length),
    int32: (length) => new Int32Array(buffer, take(4 * length), length),
  };
}
