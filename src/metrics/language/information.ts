/**
 * A table of how often things occur together, as counts or as probabilities; rows one thing, columns the other.
 *
 * Shapes: [rows][columns].
 */
export type JointTable = readonly (readonly number[])[];

/**
 * How uncertain something is, from how often each of its values occurs.
 *
 * Shapes: weights [n], counts or probabilities.
 * Units: nats.
 * Source: Shannon (1948), "A mathematical theory of communication", the plug-in estimate from frequencies.
 *
 * @example
 * entropy([2, 2]) // Math.log(2)
 */
export function entropy(weights: readonly number[]): number {
  const total = sumOf(weights);
  let nats = 0;
  for (const weight of weights) if (weight > 0) nats -= (weight / total) * Math.log(weight / total);
  return nats;
}

/**
 * How much one thing tells about another: 0 where they are independent.
 *
 * Shapes: table [rows][columns], counts or probabilities.
 * Units: nats.
 * Source: Shannon (1948); the plug-in estimate from frequencies, which is too high in small samples.
 *
 * @example
 * mutualInformation([[1, 0], [0, 1]]) // Math.log(2)
 */
export function mutualInformation(table: JointTable): number {
  const ofRows = table.map(sumOf);
  const ofColumns = columnSums(table);
  const total = sumOf(ofRows);
  let information = 0;
  table.forEach((row, i) => {
    row.forEach((weight, j) => {
      if (weight > 0) information += (weight / total) * Math.log((weight * total) / (ofRows[i] * ofColumns[j]));
    });
  });
  return information;
}

/**
 * What remains uncertain about the columns when the row is known.
 *
 * Shapes: table [rows][columns], counts or probabilities.
 * Units: nats.
 *
 * @example
 * conditionalEntropy([[1, 1], [2, 0]]) // Math.log(2) / 2
 */
export function conditionalEntropy(table: JointTable): number {
  const total = sumOf(table.map(sumOf));
  return table.reduce((sum, row) => {
    const weight = sumOf(row);
    return weight > 0 ? sum + (weight / total) * entropy(row) : sum;
  }, 0);
}

/**
 * Counts how often values occur together; values are told apart by their text.
 *
 * Shapes: rows, columns [n] -> [distinct rows][distinct columns], in the order of first occurrence.
 *
 * @example
 * countPairs([1, 1, 2], ['a', 'b', 'b']) // [[1, 1], [0, 1]]
 */
export function countPairs(rows: readonly unknown[], columns: readonly unknown[]): number[][] {
  const rowOf = numbered(rows);
  const columnOf = numbered(columns);
  const table = Array.from({ length: rowOf.size }, () => new Array<number>(columnOf.size).fill(0));
  rows.forEach((row, i) => {
    table[rowOf.get(String(row)) as number][columnOf.get(String(columns[i])) as number]++;
  });
  return table;
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function columnSums(table: JointTable): number[] {
  return table[0].map((_, j) => table.reduce((sum, row) => sum + row[j], 0));
}

function numbered(values: readonly unknown[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const value of values) if (!numbers.has(String(value))) numbers.set(String(value), numbers.size);
  return numbers;
}
