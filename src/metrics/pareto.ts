/** Differences below this count as none when outcomes are compared: utilities are sums of a few decimal fractions. */
export const utilityTolerance = 1e-12;

/**
 * Whether every party is at least as well off as without an agreement.
 *
 * Shapes: utilities [party], disagreement [party].
 *
 * @example
 * isRational([3, 1], [2, 1]) // true
 */
export function isRational(utilities: readonly number[], disagreement: readonly number[]): boolean {
  return utilities.every((utility, party) => utility >= disagreement[party]);
}

/**
 * Whether `a` is at least as good as `b` for everybody and better for somebody.
 *
 * Shapes: a [party], b [party].
 *
 * @example
 * dominates([2, 1], [1, 1]) // true
 */
export function dominates(a: readonly number[], b: readonly number[]): boolean {
  let better = false;
  for (let party = 0; party < a.length; party++) {
    if (a[party] < b[party] - utilityTolerance) return false;
    if (a[party] > b[party] + utilityTolerance) better = true;
  }
  return better;
}

/**
 * Numbers of the outcomes that nobody can improve on without a loss to somebody else, in ascending order. Outcomes that
 * leave a party worse off than no agreement are not candidates; outcomes of equal utilities all stay.
 *
 * Shapes: feasible [outcome][party], disagreement [party] -> [n].
 * Source: Pareto efficiency among the individually rational outcomes.
 *
 * @example
 * paretoFrontier([[0, 2], [1, 1], [2, 0], [1, 0]], [0, 0]) // [0, 1, 2]
 */
export function paretoFrontier(
  feasible: readonly (readonly number[])[],
  disagreement: readonly number[],
): readonly number[] {
  const welfare = feasible.map((utilities) => utilities.reduce((sum, utility) => sum + utility, 0));
  const candidates = feasible.flatMap((utilities, outcome) => (isRational(utilities, disagreement) ? [outcome] : []));
  // Nothing can be dominated by an outcome of lower total, so from the top down only the frontier found so far matters.
  candidates.sort((a, b) => welfare[b] - welfare[a] || a - b);
  const frontier: number[] = [];
  for (const outcome of candidates) {
    if (!frontier.some((other) => dominates(feasible[other], feasible[outcome]))) frontier.push(outcome);
  }
  return frontier.sort((a, b) => a - b);
}

/**
 * Euclidean distance from a point to the nearest of several.
 *
 * Shapes: point [party], points [n][party], n at least 1.
 *
 * @example
 * distanceToNearest([0, 0], [[3, 4], [6, 8]]) // 5
 */
export function distanceToNearest(point: readonly number[], points: readonly (readonly number[])[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const other of points) {
    const distance =
      other.length === 2
        ? Math.hypot(other[0] - point[0], other[1] - point[1])
        : Math.hypot(...other.map((value, party) => value - point[party]));
    least = Math.min(least, distance);
  }
  return least;
}
