import type { Rng } from '#core';
import type { LayerSlice } from './parameter-slices.ts';

/**
 * Fills a block of parameters: kernels orthogonal times the gain of their layer (1 where none is given), layer-norm scales 1,
 * everything else 0. Engines start from the same bits, since the numbers come from our own stream.
 *
 * Shapes: params [sum of slice sizes]; a kernel [.., n] counts as a matrix of its leading lengths by n.
 * Source: Saxe et al. (2014), "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks".
 */
export function initialiseParams(
  slices: readonly LayerSlice[],
  params: Float32Array,
  gains: Readonly<Record<string, number>>,
  rng: Rng,
): void {
  for (const { layer, weight, shape, offset, size } of slices) {
    const block = params.subarray(offset, offset + size);
    if (shape.length < 2) block.fill(weight === 'gamma' ? 1 : 0);
    else fillOrthogonal(block, size / shape[shape.length - 1], shape[shape.length - 1], gains[layer] ?? 1, rng);
  }
}

/** Orthonormal vectors along the longer side, by Gram-Schmidt on normal draws. */
function fillOrthogonal(out: Float32Array, rows: number, columns: number, gain: number, rng: Rng): void {
  const length = Math.max(rows, columns);
  const count = Math.min(rows, columns);
  const vectors: Float64Array[] = [];
  for (let k = 0; k < count; k++) {
    const vector = Float64Array.from({ length }, () => rng.normal());
    // Twice, since one pass leaves rounding errors behind.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        const along = dot(vector, other);
        for (let i = 0; i < length; i++) vector[i] -= along * other[i];
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < length; i++) vector[i] /= norm;
    vectors.push(vector);
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      out[i * columns + j] = gain * (rows >= columns ? vectors[j][i] : vectors[i][j]);
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
