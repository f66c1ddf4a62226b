import { PolityError, type Topology } from '#core';
import { denseModel } from './dense-model.ts';

/** What a table has instead of the logarithm of 0: its exponential is exactly 0, yet it is finite. */
const never = -1000;

/**
 * A table of policies as a network that every engine runs and every reader of tfjs models loads: each hidden unit stands for one
 * observation and is 1 for it and 0 for every other, and its outgoing weights are the row's log-probabilities.
 *
 * Shapes: R rows of observations of zeros and ones: [B, O] -> hidden [B, R] -> logits [B, M].
 */
export function tableTopology(observationSize: number, rows: number, outputs: number): Topology {
  const layers = [
    { name: 'row', units: rows, activation: 'relu', from: 'observation' },
    { name: 'policy', units: outputs, activation: 'linear', from: 'row' },
  ] as const;
  return denseModel('table', { name: 'observation', size: observationSize }, layers, ['policy']);
}

/**
 * Writes the weights that tell the rows' observations apart. With o and x of zeros and ones, 1 - |x - o|² is
 * 1 - |o|² + sum of (2 o - 1) x: linear in x, 1 where x = o and at most 0 elsewhere, which the rectifier makes 0.
 *
 * Shapes: observations [R][O]; params those of `tableTopology`.
 * Throws: PolityError (input) for observations that are alike, or hold something else than zeros and ones.
 */
export function writeTableKeys(observations: readonly Float32Array[], params: Float32Array): void {
  requireDistinct(observations);
  const rows = observations.length;
  observations.forEach((observation, row) => {
    const width = observation.length;
    let ones = 0;
    for (let i = 0; i < width; i++) {
      ones += observation[i];
      params[i * rows + row] = 2 * observation[i] - 1;
    }
    params[width * rows + row] = 1 - ones;
  });
}

/**
 * Writes the policy of one row.
 *
 * Shapes: probabilities [n] from `at` on, of the actions listed in `actions` [n]; all others get none.
 */
export function writeTableRow(
  params: Float32Array,
  table: { readonly observationSize: number; readonly rows: number; readonly outputs: number },
  row: number,
  actions: readonly number[],
  probabilities: Float64Array,
  at: number,
): void {
  const first = (table.observationSize + 1) * table.rows + row * table.outputs;
  for (let i = 0; i < table.outputs; i++) params[first + i] = never;
  actions.forEach((action, k) => {
    params[first + action] = Math.max(never, Math.log(probabilities[at + k]));
  });
}

/** Throws: PolityError (input) for observations that a table cannot tell apart. */
export function requireDistinct(observations: readonly Float32Array[], where = 'table'): void {
  const seen = new Set<string>();
  for (const observation of observations) {
    const odd = observation.find((value) => value !== 0 && value !== 1);
    if (odd !== undefined) {
      throw new PolityError({
        code: 'input',
        where,
        message: 'a table needs observations of zeros and ones',
        got: String(odd),
      });
    }
    const key = observation.join('');
    if (seen.has(key)) {
      throw new PolityError({
        code: 'input',
        where,
        message: 'two information sets look alike, so that no table of observations can hold a policy for both',
        got: key,
        remedy: 'Let players see all that they know (view: information-state), or use policy.sharing: agent',
      });
    }
    seen.add(key);
  }
}
