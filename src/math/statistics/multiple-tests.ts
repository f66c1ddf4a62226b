import type { Numbers } from '../numbers.ts';

/**
 * How the p-values of a family of tests are raised: `bonferroni` and `holm` bound the chance of any false alarm, `falseDiscovery`
 * the expected share of false ones among the alarms.
 */
export type Correction = 'bonferroni' | 'holm' | 'falseDiscovery';

/**
 * Raises the p-values of a family of tests, so that each can be compared with the level of the whole family.
 *
 * Shapes: pValues [n] -> [n], in the same order.
 * Source: Bonferroni (1936); Holm (1979), "A simple sequentially rejective multiple test procedure"; Benjamini and Hochberg
 * (1995), "Controlling the false discovery rate".
 *
 * @example
 * adjustPValues([0.01, 0.04], 'holm') // [0.02, 0.04]
 */
export function adjustPValues(pValues: Numbers, correction: Correction): number[] {
  const n = pValues.length;
  if (correction === 'bonferroni') return Array.from(pValues, (p) => Math.min(1, n * p));
  const adjusted = new Array<number>(n);
  const ascending = Array.from(pValues, (_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  if (correction === 'holm') {
    let highest = 0;
    ascending.forEach((test, place) => {
      highest = Math.max(highest, Math.min(1, (n - place) * pValues[test]));
      adjusted[test] = highest;
    });
    return adjusted;
  }
  let lowest = 1;
  for (let place = n - 1; place >= 0; place--) {
    lowest = Math.min(lowest, (n * pValues[ascending[place]]) / (place + 1));
    adjusted[ascending[place]] = lowest;
  }
  return adjusted;
}
