import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSimdEngine } from '#engine';
import { requireDistinct, tableTopology, writeTableKeys, writeTableRow } from '#learn/table-network';
import { Categorical } from '#math';

const bits = fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 40 });
const observationOf = (code: number) => Float32Array.from({ length: 8 }, (_, i) => (code >> i) & 1);

test('a table as a network gives each observation its own row', () => {
  const engine = createSimdEngine({ kernels: 'portable' });
  fc.assert(
    fc.property(bits, (codes) => {
      const rows = codes.length;
      const size = { observationSize: 8, rows, outputs: 3 };
      const network = engine.createNetwork(tableTopology(8, rows, 3));
      writeTableKeys(codes.map(observationOf), network.params);
      const wanted = codes.map((code) => [(code + 1) / 300, 0, 1 - (code + 1) / 300]);
      codes.forEach((_, row) => {
        writeTableRow(network.params, size, row, [0, 1, 2], Float64Array.from(wanted[row]), 0);
      });
      network.paramsChanged();
      const inputs = Float32Array.from(codes.flatMap((code) => [...observationOf(code)]));
      const [logits] = network.forward([inputs], rows);
      const choice = new Categorical([3]);
      wanted.forEach((probabilities, row) => {
        choice.load(logits, 3 * row, null, 0);
        probabilities.forEach((p, i) => {
          expect(choice.probabilities[i]).toBeCloseTo(p, 6);
        });
        // What is never played is never played: no rest of a probability remains.
        expect(choice.probabilities[1]).toBe(0);
      });
    }),
    { numRuns: 20 },
  );
});

test('actions that an information set does not have get no probability', () => {
  const params = new Float32Array((2 + 1) * 1 + (1 + 1) * 3);
  writeTableRow(params, { observationSize: 2, rows: 1, outputs: 3 }, 0, [2], Float64Array.of(1), 0);
  expect([...params.subarray(3, 6)]).toEqual([-1000, -1000, 0]);
});

test('observations that are alike, or are not zeros and ones, cannot be looked up', () => {
  const [a, b] = [observationOf(3), observationOf(3)];
  expect(() => requireDistinct([a, observationOf(5), b])).toThrow('two information sets look alike');
  expect(() => requireDistinct([Float32Array.of(0, 0.5)])).toThrow('zeros and ones');
});
