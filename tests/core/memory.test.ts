import { describe, expect, it } from 'vitest';
import { createMemory } from '#core';

describe('createMemory', () => {
  it('hands out blocks of zeros that begin at multiples of 64 bytes and do not overlap', () => {
    const memory = createMemory(new ArrayBuffer(1024));
    const blocks = [memory.float32(3), memory.float64(9), memory.int32(1)];
    expect(blocks.map(({ byteOffset }) => byteOffset)).toEqual([0, 64, 192]);
    expect(blocks.map((block) => block.constructor)).toEqual([Float32Array, Float64Array, Int32Array]);
    expect(memory.used).toBe(192 + 4);
    for (const [i, block] of blocks.entries()) block.fill(i + 1);
    expect(blocks.map((block) => [...block])).toEqual([[1, 1, 1], new Array(9).fill(2), [3]]);
  });

  it('gives every asker of the same blocks the same memory, from where it starts', () => {
    const buffer = new SharedArrayBuffer(512);
    const [here, there] = [createMemory(buffer, 10), createMemory(buffer, 10)];
    const [mine, theirs] = [here.float64(4), there.float64(4)];
    mine[2] = 7;
    expect([mine.byteOffset, theirs[2], here.buffer]).toEqual([64, 7, buffer]);
  });

  it('says what did not fit', () => {
    const memory = createMemory(new ArrayBuffer(128));
    memory.float32(17);
    expect(() => memory.float32(1)).toThrow(
      'memory: full: got a block of 4 bytes at 128, expected at most 128 bytes in all',
    );
    expect(memory.used).toBe(68);
  });
});
