/**
 * Jain's index: the square of the mean over the mean of squares; 1 when all have the same, 1/n when one has all. Undefined where
 * nobody has anything.
 *
 * Shapes: values [n], n at least 1.
 * Source: Jain, Chiu and Hawe (1984), "A quantitative measure of fairness".
 *
 * @example
 * jainIndex([1, 2, 3, 4]) // 100 / (4 * 30)
 */
export function jainIndex(values: readonly number[]): number | undefined {
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  return squares === 0 ? undefined : total(values) ** 2 / (values.length * squares);
}

/**
 * The smallest share of all that could be given away if it were given out evenly, at the same welfare. `aversion` 0 minds no
 * inequality; the greater it is, the more the poorest count. Undefined of negative values, or where nobody has anything.
 *
 * Shapes: values [n], n at least 1.
 * Source: Atkinson (1970), "On the measurement of inequality".
 *
 * @example
 * atkinsonIndex([1, 3], 1) // 1 - Math.sqrt(3) / 2
 */
export function atkinsonIndex(values: readonly number[], aversion: number): number | undefined {
  const mean = total(values) / values.length;
  if (!(mean > 0) || values.some((value) => value < 0)) return undefined;
  if (aversion === 1) return 1 - Math.exp(total(values.map(Math.log)) / values.length) / mean;
  const power = 1 - aversion;
  return 1 - (total(values.map((value) => value ** power)) / values.length) ** (1 / power) / mean;
}

/**
 * Theil's T: 0 when all have the same, log n when one has all. Undefined of negative values, or where nobody has anything.
 *
 * Shapes: values [n], n at least 1.
 * Units: nats.
 * Source: Theil (1967), "Economics and information theory".
 *
 * @example
 * theilIndex([0, 1]) // Math.log(2)
 */
export function theilIndex(values: readonly number[]): number | undefined {
  const mean = total(values) / values.length;
  if (!(mean > 0) || values.some((value) => value < 0)) return undefined;
  return total(values.map((value) => (value === 0 ? 0 : (value / mean) * Math.log(value / mean)))) / values.length;
}

/**
 * The logarithm of Nash's welfare, the product of what all have; undefined where somebody has nothing or less.
 *
 * Shapes: values [n].
 * Source: Nash (1950), "The bargaining problem"; Kaneko and Nakamura (1979), "The Nash social welfare function".
 *
 * @example
 * logNashWelfare([1, 2, 3]) // Math.log(6)
 */
export function logNashWelfare(values: readonly number[]): number | undefined {
  return values.every((value) => value > 0) ? total(values.map(Math.log)) : undefined;
}

/**
 * Generalised Gini welfare with halving weights: the poorest counts fully, the next half as much, and so on.
 *
 * Shapes: values [n].
 * Source: Weymark (1981), "Generalized Gini inequality indices"; weights 2^-k as in Siddique, Weng and Zimmer (2020).
 *
 * @example
 * generalisedGiniWelfare([4, 1]) // 1 + 4 / 2
 */
export function generalisedGiniWelfare(values: readonly number[]): number {
  return total([...values].sort((a, b) => a - b).map((value, k) => value / 2 ** k));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
