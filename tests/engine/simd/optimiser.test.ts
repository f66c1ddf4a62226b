import { describe, expect, it } from 'vitest';
import { clipByGlobalNorm, createOptimiser, type OptimiserSpec } from '#math';
import { simdEngine, variants } from './engines.ts';
import { random } from './random.ts';
import { relativeError } from './tfjs-oracle.ts';

const specs: readonly OptimiserSpec[] = [
  { kind: 'adam' },
  { kind: 'adam', epsilon: 1e-5, beta1: 0.8, weightDecay: 0.1 },
  { kind: 'adam', epsilonAt: 'raw', epsilon: 1e-3 },
  { kind: 'adamw', weightDecay: 0.05 },
  { kind: 'rmsprop' },
  { kind: 'rmsprop', epsilonAt: 'inside', epsilon: 1e-3, decay: 0.9 },
  { kind: 'sgd' },
  { kind: 'sgd', momentum: 0.9 },
];

describe.each(variants)('optimisers on %s kernels', (variant) => {
  const engine = simdEngine(variant);
  const size = 43;

  it.each(specs)('%j takes the steps of the book', (spec) => {
    const next = random(5);
    const params = engine.memory.float32(size);
    const grads = engine.memory.float32(size);
    params.set(Float32Array.from({ length: size }, next));
    const expected = Float64Array.from(params);
    const book = createOptimiser(spec, size);
    const ours = engine.createOptimiser(spec, params);
    for (let step = 0; step < 30; step++) {
      grads.set(Float32Array.from({ length: size }, next));
      book.step(expected, grads, 0.01);
      ours.step(grads, 0.01);
    }
    expect(relativeError(params, expected)).toBeLessThan(5e-6);
    book.state().slots.forEach((slot, i) => {
      expect(relativeError(ours.state().slots[i], slot)).toBeLessThan(5e-6);
    });
  });

  it('a restored optimiser takes the same steps to the bit', () => {
    const next = random(6);
    const spec = { kind: 'adam' } as const;
    const params = engine.memory.float32(size);
    const copy = engine.memory.float32(size);
    const grads = engine.memory.float32(size);
    const ours = engine.createOptimiser(spec, params);
    grads.set(Float32Array.from({ length: size }, next));
    ours.step(grads, 0.01);
    copy.set(params);
    const other = engine.createOptimiser(spec, copy);
    other.restore(structuredClone(ours.state()));
    ours.step(grads, 0.01);
    other.step(grads, 0.01);
    expect(copy).toEqual(params);
    expect(() => other.restore({ steps: 1, slots: [] })).toThrow('a state of another optimiser or network');
    expect(() => other.step(new Float32Array(size), 0.01)).toThrow('gradients of another block');
  });

  it('adds blocks in their order', () => {
    const next = random(7);
    const blocks = Array.from({ length: 5 }, () => engine.memory.float32(size));
    for (const block of blocks) block.set(Float32Array.from({ length: size }, next));
    const sum = blocks[0].slice();
    for (const block of blocks.slice(1)) for (let i = 0; i < size; i++) sum[i] += block[i];
    const out = engine.memory.float32(size);
    engine.sumBlocks(blocks, out);
    expect(out).toEqual(sum);
    engine.sumBlocks(blocks, blocks[0]);
    expect(blocks[0]).toEqual(sum);
    expect(() => engine.sumBlocks(blocks, new Float32Array(size))).toThrow("outside the engine's memory");
  });

  it('shortens gradients as the book does', () => {
    const grads = engine.memory.float32(7);
    const values = [3, 4, 0, 12, 0, 0, 84];
    for (const limit of [17, 1000]) {
      grads.set(values);
      const expected = [...values];
      // 3² + 4² = 5², 5² + 12² = 13², 13² + 84² = 85².
      expect(engine.clipByGlobalNorm(grads, limit)).toBe(85);
      clipByGlobalNorm(expected, limit);
      expect(relativeError(grads, expected)).toBeLessThan(1e-7);
    }
  });
});
