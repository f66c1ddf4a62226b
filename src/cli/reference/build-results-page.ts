import { relative } from 'node:path';
import { planRuns } from '../plan-runs.ts';
import { readEntries } from './reference-entry.ts';
import { resultsPage } from './results-page.ts';

/**
 * The text of `docs/results.md`, from the experiments and curves that are committed.
 *
 * Throws: PolityError (input) for a reference experiment that does not resolve.
 */
export async function buildResultsPage(root: string): Promise<string> {
  const entries = readEntries(root);
  const variants = new Map<string, readonly (string | null)[]>();
  for (const { name, file } of entries) {
    const configs = await planRuns(relative(process.cwd(), file), {});
    variants.set(
      name,
      configs.map(({ variant }) => variant),
    );
  }
  return resultsPage(root, entries, ({ name }) => variants.get(name) ?? []);
}
