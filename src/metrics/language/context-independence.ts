import { columnSums, type JointTable, sumOf } from './information.ts';

/**
 * How a symbol is chosen for each concept: the one after which the concept is most probable, or the one that is most probable
 * after the concept; the first among equals.
 */
export type SymbolChoice = 'conceptGivenSymbol' | 'symbolGivenConcept';

/**
 * Whether each concept has a symbol of its own, whatever the context: the mean over concepts of p(symbol | concept)
 * p(concept | symbol) for the symbol chosen for it. 1 for a dictionary; undefined where nothing occurred.
 *
 * Shapes: table [symbols][concepts], counts or probabilities; concepts that never occur are left out.
 * Source: Bogin, Geva and Berant (2018), "Emergence of communication in an interactive world with consistent speakers", eq. 5,
 * which chooses by `symbolGivenConcept`; the code of Lowe et al. (2019) by `conceptGivenSymbol`.
 *
 * @example
 * contextIndependence([[3, 0], [0, 1]]) // 1
 */
export function contextIndependence(
  table: JointTable,
  choice: SymbolChoice = 'symbolGivenConcept',
): number | undefined {
  const ofSymbols = table.map(sumOf);
  const ofConcepts = columnSums(table);
  const products = ofConcepts.flatMap((concept, j) => {
    if (concept === 0) return [];
    let [chosen, highest] = [0, Number.NEGATIVE_INFINITY];
    table.forEach((row, i) => {
      if (ofSymbols[i] === 0) return;
      const probability = row[j] / (choice === 'conceptGivenSymbol' ? ofSymbols[i] : concept);
      // Rounding must not decide between equals.
      if (probability > highest + 1e-12) [chosen, highest] = [i, probability];
    });
    return [(table[chosen][j] / concept) * (table[chosen][j] / ofSymbols[chosen])];
  });
  return products.length === 0 ? undefined : sumOf(products) / products.length;
}

/**
 * How often each symbol occurs in messages about each value of each attribute.
 *
 * Shapes: meanings [n][attributes], messages [n][symbols] -> [distinct symbols][distinct values of all attributes], ascending.
 *
 * @example
 * symbolConceptCounts([[0], [1]], [[5], [6, 6]]) // [[1, 0], [0, 2]]
 */
export function symbolConceptCounts(
  meanings: readonly (readonly number[])[],
  messages: readonly (readonly number[])[],
): number[][] {
  const symbols = [...new Set(messages.flat())].sort((a, b) => a - b);
  const concepts = meanings[0].flatMap((_, attribute) =>
    [...new Set(meanings.map((meaning) => meaning[attribute]))]
      .sort((a, b) => a - b)
      .map((value) => ({ attribute, value })),
  );
  return symbols.map((symbol) =>
    concepts.map(({ attribute, value }) =>
      messages.reduce((count, message, i) => {
        if (meanings[i][attribute] !== value) return count;
        return count + message.filter((said) => said === symbol).length;
      }, 0),
    ),
  );
}
