import { PolityError, suggest } from '#core';
import type { SimdEngine } from '#engine';
import type { BenchRow } from '../suite.ts';
import { type EngineSources, simdSide, type TfjsSide, tfjsSides } from './engine-sides.ts';
import { layerSide, layerWorks } from './layer-work.ts';
import { type MeasureOptions, measureSides, type Side } from './measure.ts';
import { ppoSide, tfjsPpoSide } from './ppo-work.ts';

export interface EngineBenchOptions extends EngineSources, MeasureOptions {
  /** Some of `engineBenchParts`; empty: all. */
  readonly parts: readonly string[];
}

/** Parts of `polity bench engine`. */
export const engineBenchParts = ['gemm', 'layers', 'step'] as const;

export const engineBenchTitle =
  'Matrix products, kinds of layers and a whole PPO step (64-64 tanh actor and critic, loss, Adam), one thread; `peak` is the multiply-adds that this machine can do';

/**
 * Speed of the compiled kernels: products as a share of the machine's multiply-adds, forward and backward of every kind of layer
 * and one step of PPO, beside every backend of tfjs that is there.
 *
 * Throws: PolityError (input) for a part that there is not.
 */
export async function benchEngine(options: EngineBenchOptions): Promise<readonly BenchRow[]> {
  const parts = options.parts.length === 0 ? engineBenchParts : options.parts;
  for (const part of parts) {
    if (engineBenchParts.some((known) => known === part)) continue;
    throw new PolityError({
      code: 'input',
      where: 'polity bench engine',
      message: 'no such part',
      got: part,
      expected: suggest(part, [...engineBenchParts]),
    });
  }
  const engine = simdSide(options);
  const rows: BenchRow[] = [];
  if (parts.includes('gemm')) rows.push(...productRows(engine, options));
  const others = parts.includes('layers') || parts.includes('step') ? await tfjsSides(options) : [];
  if (parts.includes('layers')) rows.push(...layerRows(engine, others, options));
  if (parts.includes('step')) rows.push(...stepRows(engine, others, options));
  return rows;
}

/** Counts what the multiply-add units of the machine can do at most, divided by `each`. */
function peakSide({ kernels, memory }: SimdEngine, each: number): Side {
  const out = memory.float32(4).byteOffset;
  const count = 5000;
  return {
    name: 'peak',
    run() {
      kernels.peak(count, out);
      // Twelve sums of four lanes, two operations each.
      return (count * 12 * 4 * 2) / each;
    },
  };
}

/** Rows of a block, as networks take them. */
const blockRows = 64;

function productRows(engine: SimdEngine, options: EngineBenchOptions): readonly BenchRow[] {
  return [32, 64, 128, 256].flatMap((n) => {
    options.onProgress(`products ${n} wide`);
    const peak = peakSide(engine, 1e9);
    return productSides(engine, n).map((side) => measureSides(side.name, 'GFLOP/s', [side, peak], options));
  });
}

/** The three products of a dense layer of n inputs and outputs: y = x W, dx = dy W transposed, dW += x transposed dy. */
function productSides({ kernels, memory }: SimdEngine, n: number): readonly Side[] {
  const block = (length: number, value: number) => memory.float32(length).fill(value).byteOffset;
  const [x, y] = [block(blockRows * n, 0.5), block(blockRows * n, 0)];
  const [weights, columns, transposed, grads] = [0.01, 0, 0, 0].map((value) => block(n * n, value));
  const nothing = block(8, 0);
  const row = 4 * n;
  kernels.packColumns(weights, row, n, n, columns);
  kernels.packRows(weights, row, n, n, transposed);
  const { gemm } = kernels;
  const calls = Math.ceil(5e6 / (2 * blockRows * n * n));
  const product = (name: string, once: () => void): Side => ({
    name: `${name}, ${blockRows} x ${n} x ${n}`,
    run() {
      for (let i = 0; i < calls; i++) once();
      return (calls * 2 * blockRows * n * n) / 1e9;
    },
  });
  return [
    product('forward', () => gemm(x, row, 4, columns, 32 * n, 32, y, row, nothing, 0, 0, blockRows, n, n)),
    product('to inputs', () => gemm(x, row, 4, transposed, 32 * n, 32, y, row, nothing, 0, 0, blockRows, n, n)),
    product('to weights', () => gemm(x, 4, row, y, 32, row, grads, row, grads, row, 32, n, n, blockRows)),
  ];
}

function layerRows(engine: SimdEngine, others: readonly TfjsSide[], options: EngineBenchOptions): readonly BenchRow[] {
  return layerWorks.flatMap((work) =>
    work.batches.map((batch) => {
      const name = `${work.name}, ${batch === 1 ? '1 row' : `${batch} rows`}`;
      options.onProgress(name);
      const ours = layerSide('simd', engine, work, batch);
      const peak = work.flops === 0 ? [] : [peakSide(engine, work.flops)];
      const theirs = others.map(({ name, engine: tfjs }) => layerSide(name, tfjs, work, batch));
      return measureSides(name, 'rows/s', [ours, ...peak, ...theirs], options);
    }),
  );
}

function stepRows(engine: SimdEngine, others: readonly TfjsSide[], options: EngineBenchOptions): readonly BenchRow[] {
  const most = 4096;
  return [256, most].map((rows) => {
    options.onProgress(`PPO step of ${rows} rows`);
    const ours = ppoSide('simd', engine, rows);
    // A minibatch that is small should not cost much more a row.
    const large = rows < most ? [{ ...ppoSide('simd', engine, most), name: `simd, ${most} rows` }] : [];
    const theirs = others.map(({ name, tf, select }) => tfjsPpoSide(name, tf, select, rows));
    return measureSides(`PPO step, ${rows} rows`, 'rows/s', [ours, ...large, ...theirs], options);
  });
}
