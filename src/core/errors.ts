/** What kind of failure an error is; the doors turn it into an exit code (`usage` and `input` 2, the others 1). */
export type ErrorCode = 'usage' | 'input' | 'contract' | 'engine' | 'io' | 'failure';

export interface ErrorDetail {
  readonly code: ErrorCode;
  /** File and key, world and agent, or command and option: `experiments/x.yaml › learner.gaeLambda`. */
  readonly where: string;
  /** What is wrong, in a few words. */
  readonly message: string;
  readonly expected?: string;
  readonly got?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/**
 * The one error that people are meant to read: it says where, what, what was expected and the remedy.
 *
 * @example
 * new PolityError({ code: 'input', where: 'x.yaml › learner.gaeLambda', message: 'out of range', got: '1.2', expected: '0..1' }).message
 * // 'x.yaml › learner.gaeLambda: out of range: got 1.2, expected 0..1'
 */
export class PolityError extends Error {
  readonly detail: ErrorDetail;

  constructor(detail: ErrorDetail, options?: ErrorOptions) {
    super(describe(detail), options);
    this.name = 'PolityError';
    this.detail = detail;
  }
}

function describe({ where, message, got, expected, remedy }: ErrorDetail): string {
  const facts = [got === undefined ? '' : `got ${got}`, expected === undefined ? '' : `expected ${expected}`];
  const comparison = facts.filter((fact) => fact !== '').join(', ');
  const head = comparison === '' ? message : `${message}: ${comparison}`;
  return `${where}: ${head}${remedy === undefined ? '' : `. ${remedy}`}`;
}

/**
 * The candidate closest to `word`, when it is close enough to be a slip of the finger (at most a third of
 * its letters differ, or one of two).
 *
 * Source: optimal string alignment distance (Damerau 1964, restricted edit distance).
 *
 * @example
 * didYouMean('bargianing', ['bargaining', 'matrix-game']) // 'bargaining'
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(word.length > 1 ? 1 : 0, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? containing(word, [...candidates]);
}

/**
 * The shortest candidate that begins with what was typed, else the shortest that holds it, else the shortest that begins with it
 * but for one slip: `bargain`, `spread`, `bargian`.
 */
function containing(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  if (typed.length < 4) return undefined;
  const holds = candidates.filter((candidate) => candidate.toLowerCase().includes(typed));
  const begins = holds.filter((candidate) => candidate.toLowerCase().startsWith(typed));
  const slips = candidates.filter(
    (candidate) => editDistance(typed, candidate.slice(0, typed.length).toLowerCase()) === 1,
  );
  const found = [begins, holds, slips].find((list) => list.length > 0) ?? [];
  return [...found].sort((a, b) => a.length - b.length)[0];
}

/** The sentence that names the slip, or lists what there is when nothing is close. */
export function suggest(word: string, candidates: readonly string[]): string {
  const close = didYouMean(word, candidates);
  return close === undefined ? `Known: ${candidates.join(', ')}` : `Did you mean "${close}"?`;
}

function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  const table = new Int32Array((a.length + 1) * width);
  for (let i = 0; i <= a.length; i++) table[i * width] = i;
  for (let j = 0; j <= b.length; j++) table[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(
        table[(i - 1) * width + j] + 1,
        table[i * width + j - 1] + 1,
        table[(i - 1) * width + j - 1] + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, table[(i - 2) * width + j - 2] + 1);
      }
      table[i * width + j] = distance;
    }
  }
  return table[table.length - 1];
}
