#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from '@commander-js/extra-typings';
import { PolityError } from '#core/errors';
import { count } from '../commands/define-command.ts';
import { buildResultsPage } from './build-results-page.ts';
import { chooseEntries, readEntries } from './reference-entry.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** `npm run reference`: part of the repository, not of the package, for it reads and writes what is committed there. */
const program = new Command('npm run reference --')
  .description('train the reference experiments again, write their curves and docs/results.md')
  .argument('[name...]', 'experiments of experiments/reference/, without .yaml (default: all)')
  .option('--docs', 'write docs/results.md from the curves that there are, without training')
  .option('--keep', 'take finished runs from the folder of runs instead of training them again')
  .option(
    '--wall',
    'print how soon simple spread is learned, beside JAX where POLITY_PEER_PYTHONS names a Python that has it',
  )
  .option('--seeds <seeds>', 'other seeds than those of the table: 1..10 or 1,2,5')
  .option('--out <folder>', 'where run folders go', 'results')
  .option('--threads <n>', 'worker threads of a run; results do not depend on them (default: 1)', count)
  .option('--jobs <n>', 'runs side by side (default: one a core)', count)
  .addHelpText('after', '\nExample:\n  $ npm run reference -- simple-spread-ppo')
  .exitOverride()
  .action(async (names, { docs, keep, wall, ...options }) => {
    if (wall === true) return printWall(options.seeds, options.threads);
    const chosen = chooseEntries(readEntries(root), names);
    if (docs !== true) {
      const { runReference } = await import('./run-reference.ts');
      for (const entry of chosen) {
        const code = await runReference(entry, {
          ...options,
          threads: options.threads ?? 1,
          root,
          keep: keep === true,
        });
        if (code !== 0) process.exitCode = code;
        if (code === 130) return;
      }
    }
    const page = join(root, 'docs', 'results.md');
    writeFileSync(page, await buildResultsPage(root));
    console.log(relative(process.cwd(), page));
  });

/** The first four seeds on as many threads as there are cores, where nothing else is asked. */
async function printWall(seeds: string | undefined, threads: number | undefined): Promise<void> {
  const { findPeers } = await import('../bench/peers.ts');
  const { parseSeeds } = await import('../plan-runs.ts');
  const { printWallTimes } = await import('./wall-time.ts');
  const jax = (await findPeers((text) => console.error(text))).find(({ name }) => name === 'JAX');
  await printWallTimes({
    root,
    seeds: parseSeeds(seeds ?? '1..4'),
    threads: threads ?? os.availableParallelism(),
    python: jax?.python,
  });
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    if (process.env.POLITY_DEBUG === '1') console.error(error);
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof PolityError && ['usage', 'input'].includes(error.detail.code) ? 2 : 1;
  }
}
