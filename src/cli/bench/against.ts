import { basename, extname } from 'node:path';
import { PolityError } from '#core';
import { readJson } from '../run-folder.ts';
import type { BenchRow } from './suite.ts';

/**
 * Puts the medians of an earlier document of the same suite beside ours; the file's name is the side. Rows that the file does
 * not have stay as they are.
 *
 * Throws: PolityError (input) for a file that is not a document of this suite.
 */
export function against(rows: readonly BenchRow[], suite: string, file: string): readonly BenchRow[] {
  const earlier = readJson<{ suite?: unknown; rows?: readonly BenchRow[] }>(file);
  if (earlier.suite !== suite || !Array.isArray(earlier.rows)) {
    throw new PolityError({
      code: 'input',
      where: file,
      message: 'not a document of this suite',
      got: `suite ${JSON.stringify(earlier.suite)}`,
      expected: `what \`polity bench ${suite} --json\` printed`,
    });
  }
  const side = basename(file, extname(file));
  return rows.map((row) => {
    const other = earlier.rows?.find(({ name, unit }) => name === row.name && unit === row.unit);
    if (other === undefined) return row;
    return { ...row, against: { ...row.against, [side]: { median: other.median, ratio: row.median / other.median } } };
  });
}
