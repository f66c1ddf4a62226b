import Table from 'cli-table3';
import { colours } from './colours.ts';

const narrowest = 14;
/** Width where there is no terminal. */
const pageWidth = 120;

/**
 * A table as text, as wide as the terminal at most: what does not fit is wrapped in the last column. Cells may have lines.
 *
 * @param right Numbers of the columns that hold numbers.
 */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const widths = head.map((title, c) => 2 + Math.max(widestLine(title), ...rows.map((row) => widestLine(row[c]))));
  const others = widths.slice(0, -1).reduce((sum, width) => sum + width + 1, 2);
  const last = Math.max(narrowest, (process.stdout.columns ?? pageWidth) - others);
  const table = new Table({
    head: head.map((title) => colours.bold(title)),
    colWidths: widths.map((width, c) => (c === widths.length - 1 ? Math.min(width, last) : width)),
    colAligns: head.map((_, c) => (right.includes(c) ? 'right' : 'left')),
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

function widestLine(cell: string): number {
  return Math.max(...cell.split('\n').map((line) => line.length));
}

/** Labels with what belongs to them, one a line, wrapped under each other. */
export function factsText(facts: readonly (readonly [label: string, text: string])[]): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  const room = Math.max(narrowest, (process.stdout.columns ?? pageWidth) - width);
  return facts
    .map(([label, text]) => {
      const [first, ...more] = wrapped(text, room);
      return [colours.bold(label.padEnd(width)) + first, ...more.map((line) => ' '.repeat(width) + line)].join('\n');
    })
    .join('\n');
}

/** Lines of at most `room` letters, broken between words. */
export function wrapped(text: string, room = process.stdout.columns ?? pageWidth): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
