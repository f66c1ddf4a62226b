import type { Rng } from '#core';
import type { LayerSlice } from './parameter-slices.ts';

/**
 * Fills a block of parameters. Kernels are orthogonal times the gain of their layer (1 where none is given): the rows or the
 * columns, whichever are fewer, are at right angles and as long as the gain; in recurrent layers each gate is such a matrix. The
 * rows of an embedding have the gain as their root-mean-square length. Scales and variances are 1, the bias of an LSTM's forget
 * gate too, everything else 0. Engines start from the same bits, since the numbers come from our own stream and from nothing else.
 *
 * Shapes: params [sum of slice sizes]; a kernel [.., n] counts as a matrix of its leading lengths by n.
 * Source: Saxe et al. (2014), "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks"; drawn evenly
 * among all orthogonal matrices: Mezzadri (2007), "How to generate random matrices from the classical compact groups"; forget gate:
 * Jozefowicz et al. (2015), "An empirical exploration of recurrent network architectures".
 */
export function initialiseParams(
  slices: readonly LayerSlice[],
  params: Float32Array,
  gains: Readonly<Record<string, number>>,
  rng: Rng,
): void {
  for (const { layer, shape, offset, size, start = startOf(shape) } of slices) {
    const block = params.subarray(offset, offset + size);
    const columns = shape[shape.length - 1];
    const rows = size / columns;
    const gain = gains[layer] ?? 1;
    if (start === 'zeros' || start === 'ones') block.fill(start === 'ones' ? 1 : 0);
    else if (start === 'forgetOnes') block.fill(0).fill(1, size / 4, size / 2);
    else if (start === 'rows') {
      // Of more rows than columns the columns are unit vectors, so the rows are sqrt(columns / rows) long.
      fillOrthogonal(block, rows, columns, 0, columns, gain * Math.sqrt(Math.max(1, rows / columns)), rng);
    } else {
      const width = columns / start.orthogonal;
      for (let gate = 0; gate < start.orthogonal; gate++) {
        fillOrthogonal(block, rows, columns, gate * width, width, gain, rng);
      }
    }
  }
}

function startOf(shape: readonly number[]): LayerSlice['start'] & {} {
  return shape.length < 2 ? 'zeros' : { orthogonal: 1 };
}

/**
 * Fills columns first .. first + width - 1 of a matrix with orthonormal vectors along their longer side, times the gain: the Q of
 * normal draws whose R has a positive diagonal, which Gram-Schmidt gives without any turning of signs.
 */
function fillOrthogonal(
  out: Float32Array,
  rows: number,
  columns: number,
  first: number,
  width: number,
  gain: number,
  rng: Rng,
): void {
  const length = Math.max(rows, width);
  const count = Math.min(rows, width);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => rng.normal());
    const before = norm(vector);
    // Twice, since one pass leaves rounding errors behind.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        const along = dot(vector, other);
        for (let i = 0; i < length; i++) vector[i] -= along * other[i];
      }
    }
    const after = norm(vector);
    // A draw that lies among the others but for rounding has no direction of its own.
    if (after < 1e-10 * before) continue;
    for (let i = 0; i < length; i++) vector[i] /= after;
    vectors.push(vector);
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) {
      out[i * columns + first + j] = gain * (rows >= width ? vectors[j][i] : vectors[i][j]);
    }
  }
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
