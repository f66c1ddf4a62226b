import { countPairs, entropy, mutualInformation } from './information.ts';

/**
 * Whether every position of a message speaks about one attribute: the mean, over positions that vary, of the difference between
 * what the position tells about its best and its second-best attribute, over the position's entropy. 1 for a language of one
 * attribute a position; undefined where no position varies. Shorter messages are filled up with symbol 0.
 *
 * Shapes: meanings [n][attributes, at least 2], messages [n][symbols].
 * Source: Chaabouni et al. (2020), "Compositionality and generalization in emergent languages", eq. 1 (posdis).
 *
 * @example
 * positionalDisentanglement([[0, 0], [0, 1], [1, 0], [1, 1]], [[5, 7], [5, 8], [6, 7], [6, 8]]) // 1
 */
export function positionalDisentanglement(
  meanings: readonly (readonly number[])[],
  messages: readonly (readonly number[])[],
): number | undefined {
  return meanGap(meanings, positions(messages));
}

/**
 * Whether every symbol speaks about one attribute, wherever in the message it stands: as `positionalDisentanglement`, with the
 * number of times a symbol occurs in place of what stands in a position.
 *
 * Shapes: as `positionalDisentanglement`; `symbols` are those counted. Symbol 0 often only fills messages up: leave it out then.
 * Source: Chaabouni et al. (2020), eq. 2 (bosdis).
 *
 * @example
 * bagDisentanglement([[0, 0], [0, 1], [1, 0], [1, 1]], [[5, 7], [8, 5], [6, 7], [6, 8]], [5, 6, 7, 8]) // 1
 */
export function bagDisentanglement(
  meanings: readonly (readonly number[])[],
  messages: readonly (readonly number[])[],
  symbols: readonly number[],
): number | undefined {
  const filled = positions(messages);
  const occurrences = symbols.map((symbol) =>
    messages.map((_, i) => filled.reduce((count, position) => count + (position[i] === symbol ? 1 : 0), 0)),
  );
  return meanGap(meanings, occurrences);
}

/**
 * What each position of the messages tells about each attribute.
 *
 * Shapes: as `positionalDisentanglement` -> [attributes][positions].
 * Units: nats.
 */
export function attributeInformation(
  meanings: readonly (readonly number[])[],
  messages: readonly (readonly number[])[],
): number[][] {
  return attributes(meanings).map((attribute) =>
    positions(messages).map((position) => mutualInformation(countPairs(attribute, position))),
  );
}

/** The mean over signals that vary of (best information - second best) / entropy. */
function meanGap(
  meanings: readonly (readonly number[])[],
  signals: readonly (readonly number[])[],
): number | undefined {
  const gaps = signals.flatMap((signal) => {
    const uncertainty = entropy(valueCounts(signal));
    if (uncertainty === 0) return [];
    const told = attributes(meanings).map((attribute) => mutualInformation(countPairs(attribute, signal)));
    const [best, second = 0] = told.sort((a, b) => b - a);
    return [(best - second) / uncertainty];
  });
  return gaps.length === 0 ? undefined : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

function valueCounts(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
}

function attributes(meanings: readonly (readonly number[])[]): number[][] {
  return meanings[0].map((_, attribute) => meanings.map((meaning) => meaning[attribute]));
}

/** What stands in each position of every message, shorter ones filled up with symbol 0. */
function positions(messages: readonly (readonly number[])[]): number[][] {
  const longest = Math.max(...messages.map(({ length }) => length));
  return Array.from({ length: longest }, (_, position) => messages.map((message) => message[position] ?? 0));
}
