import { PolityError } from './errors.ts';
import type { Rng } from './rng.ts';

/** One choice out of `n`, numbered from 0. `labels` name them for people. */
export interface DiscreteSpace {
  readonly kind: 'discrete';
  readonly n: number;
  readonly labels?: readonly string[];
}

/** Several independent choices made at once, for example a move and a message; part i is one out of `sizes[i]`. */
export interface MultiDiscreteSpace {
  readonly kind: 'multiDiscrete';
  readonly sizes: readonly number[];
  readonly names?: readonly string[];
}

/** A named stretch of an observation, so that people and scripted policies can find their way in it. */
export interface Field {
  readonly name: string;
  readonly size: number;
}

/** Numbers within bounds. `low` and `high` hold one bound per entry, row-major. */
export interface BoxSpace {
  readonly kind: 'box';
  readonly shape: readonly number[];
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly fields?: readonly Field[];
}

export type Space = DiscreteSpace | MultiDiscreteSpace | BoxSpace;

/**
 * A choice out of `n`.
 *
 * Throws: PolityError (contract) when there is nothing to choose from.
 *
 * @example
 * discrete(2, ['cooperate', 'defect']) // { kind: 'discrete', n: 2, labels: ['cooperate', 'defect'] }
 */
export function discrete(n: number, labels?: readonly string[]): DiscreteSpace {
  requireCount('discrete(n)', n);
  return labels === undefined ? { kind: 'discrete', n } : { kind: 'discrete', n, labels };
}

/**
 * Several choices at once, one of each size.
 *
 * Throws: PolityError (contract) when there are none, or one of them is empty.
 *
 * @example
 * maskSize(multiDiscrete([5, 10], ['move', 'say'])) // 15
 */
export function multiDiscrete(sizes: readonly number[], names?: readonly string[]): MultiDiscreteSpace {
  requireCount('multiDiscrete(sizes)', sizes.length);
  for (const size of sizes) requireCount('multiDiscrete(sizes)', size);
  return names === undefined ? { kind: 'multiDiscrete', sizes } : { kind: 'multiDiscrete', sizes, names };
}

/**
 * A box of numbers; a single bound serves every entry.
 *
 * Shapes: shape [..]; low and high scalars or one number per entry.
 * Throws: PolityError (contract) when a bound is missing, not a number, or low exceeds high.
 *
 * @example
 * [...box([3], 0, [1, 2, 3]).high] // [1, 2, 3]
 */
export function box(
  shape: readonly number[],
  low: number | ArrayLike<number>,
  high: number | ArrayLike<number>,
  fields?: readonly Field[],
): BoxSpace {
  for (const length of shape) requireCount('box(shape)', length);
  const size = shape.reduce((product, length) => product * length, 1);
  const space = { kind: 'box', shape, low: spread(low, size, 'low'), high: spread(high, size, 'high') } as const;
  for (let i = 0; i < size; i++) {
    if (!(space.low[i] <= space.high[i])) {
      throw contractError(
        'box(low, high)',
        `entry ${i}: low ${space.low[i]} above high ${space.high[i]}`,
        'low <= high',
      );
    }
  }
  const total = fields?.reduce((sum, field) => sum + field.size, 0) ?? size;
  if (total !== size)
    throw contractError('box(fields)', `the fields hold ${total} numbers`, `${size}, the size of the box`);
  return fields === undefined ? space : { ...space, fields };
}

/**
 * A box whose fields are listed in order; its length is their sum.
 *
 * @example
 * fieldBox([{ name: 'place', size: 2 }, { name: 'goal', size: 1 }], 0, 1).shape // [3]
 */
export function fieldBox(
  fields: readonly Field[],
  low: number | ArrayLike<number>,
  high: number | ArrayLike<number>,
): BoxSpace {
  return box([fields.reduce((sum, field) => sum + field.size, 0)], low, high, fields);
}

/** How many numbers an observation of this space holds. */
export function flatSize(space: Space): number {
  if (space.kind === 'box') return space.low.length;
  return space.kind === 'discrete' ? 1 : space.sizes.length;
}

/** How many slots an action of this space takes in an action row (the same count as `flatSize`, under its own name). */
export const actionSize = flatSize;

/** How many entries an action mask has: one per choice, parts side by side; none for a box. */
export function maskSize(space: Space): number {
  if (space.kind === 'box') return 0;
  return space.kind === 'discrete' ? space.n : space.sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Whether `values` lies in the space and, where a mask is given, is legal under it.
 *
 * @example
 * [contains(discrete(3), [2]), contains(discrete(3), [2], [1, 1, 0])] // [true, false]
 */
export function contains(space: Space, values: ArrayLike<number>, mask?: ArrayLike<number>): boolean {
  if (values.length < flatSize(space)) return false;
  if (space.kind === 'box') {
    for (let i = 0; i < space.low.length; i++) {
      if (!(values[i] >= space.low[i] && values[i] <= space.high[i])) return false;
    }
    return true;
  }
  const parts = partsOf(space);
  let offset = 0;
  for (let i = 0; i < parts.length; i++) {
    const choice = values[i];
    if (!Number.isInteger(choice) || choice < 0 || choice >= parts[i]) return false;
    if (mask !== undefined && mask[offset + choice] === 0) return false;
    offset += parts[i];
  }
  return true;
}

/** The sizes of the choices: one for a discrete space, several for a multi-discrete one. */
export function partsOf(space: DiscreteSpace | MultiDiscreteSpace): readonly number[] {
  return space.kind === 'discrete' ? [space.n] : space.sizes;
}

/**
 * Draws an action: uniformly among the legal choices of each part; in a box uniformly between finite bounds, by a shifted
 * exponential where one bound is infinite, by a normal where both are (Gymnasium's rule).
 *
 * Shapes: mask [maskSize] or absent (everything legal) -> out [actionSize].
 */
export function sampleSpace(space: Space, rng: Rng, out: { [index: number]: number }, mask?: ArrayLike<number>): void {
  if (space.kind === 'box') {
    for (let i = 0; i < space.low.length; i++) out[i] = sampleBounded(space.low[i], space.high[i], rng);
    return;
  }
  const parts = partsOf(space);
  let offset = 0;
  for (let i = 0; i < parts.length; i++) {
    out[i] = sampleLegal(parts[i], offset, rng, mask);
    offset += parts[i];
  }
}

/**
 * With what probability `sampleSpace` draws any one action of a space; not a number for a box, which has a density.
 *
 * Shapes: mask [M], absent where everything is legal.
 *
 * @example
 * uniformProbability(multiDiscrete([2, 3]), [1, 1, 0, 1, 1]) // 0.25
 */
export function uniformProbability(space: Space, mask?: ArrayLike<number>): number {
  if (space.kind === 'box') return Number.NaN;
  let probability = 1;
  let offset = 0;
  for (const size of partsOf(space)) {
    probability /= mask === undefined ? size : countLegal(size, offset, mask);
    offset += size;
  }
  return probability;
}

/**
 * A short description for cards and messages.
 *
 * @example
 * [discrete(5), multiDiscrete([5, 10]), box([18], 0, 1)].map(describeSpace) // ['discrete 5', 'multiDiscrete 5 x 10', 'box [18]']
 */
export function describeSpace(space: Space): string {
  if (space.kind === 'discrete') return `discrete ${space.n}`;
  if (space.kind === 'multiDiscrete') return `multiDiscrete ${space.sizes.join(' x ')}`;
  return `box [${space.shape.join(', ')}]`;
}

/**
 * Where the field called `name` begins in a box made with fields.
 *
 * Throws: PolityError (contract) when there is none.
 *
 * @example
 * fieldOffset(fieldBox([{ name: 'place', size: 2 }, { name: 'goal', size: 1 }], 0, 1), 'goal') // 2
 */
export function fieldOffset(space: BoxSpace, name: string): number {
  let offset = 0;
  for (const field of space.fields ?? []) {
    if (field.name === name) return offset;
    offset += field.size;
  }
  const known = (space.fields ?? []).map((field) => field.name).join(', ');
  throw contractError('fieldOffset', `no field "${name}"`, `one of: ${known}`);
}

function countLegal(size: number, offset: number, mask: ArrayLike<number>): number {
  let legal = 0;
  for (let i = 0; i < size; i++) if (mask[offset + i] !== 0) legal++;
  return legal;
}

function sampleLegal(size: number, offset: number, rng: Rng, mask: ArrayLike<number> | undefined): number {
  if (mask === undefined) return rng.integer(0, size);
  const legal = countLegal(size, offset, mask);
  if (legal === 0) throw contractError('sampleSpace', 'the mask allows nothing', 'at least one legal choice');
  let left = rng.integer(0, legal);
  for (let i = 0; i < size; i++) {
    if (mask[offset + i] === 0) continue;
    if (left === 0) return i;
    left--;
  }
  return 0;
}

function sampleBounded(low: number, high: number, rng: Rng): number {
  const hasLow = low > Number.NEGATIVE_INFINITY;
  const hasHigh = high < Number.POSITIVE_INFINITY;
  if (hasLow && hasHigh) return rng.uniform(low, high);
  if (hasLow) return low - Math.log(1 - rng.random());
  if (hasHigh) return high + Math.log(1 - rng.random());
  return rng.normal();
}

function spread(bound: number | ArrayLike<number>, size: number, name: string): Float32Array {
  if (typeof bound === 'number') return new Float32Array(size).fill(bound);
  if (bound.length !== size) throw contractError(`box(${name})`, `${bound.length} bounds`, `${size}, one per entry`);
  return Float32Array.from(bound);
}

function requireCount(where: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw contractError(where, `got ${value}`, 'a whole number of at least 1');
}

function contractError(where: string, message: string, expected: string): PolityError {
  return new PolityError({ code: 'contract', where, message, expected });
}
