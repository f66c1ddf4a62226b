#!/usr/bin/env node
import os from 'node:os';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { PolityError } from '#core';

const program = new Command('polity')
  .description('Train, compare and study agents that negotiate, coordinate and talk')
  .exitOverride()
  .showHelpAfterError();

program
  .command('train')
  .description('train the experiment of a file')
  .argument('<experiment>', 'experiment file')
  .option('--seed <seed>', 'overrides the seed of the file')
  .option('--out <folder>', 'where run folders go', 'results')
  .option('--overwrite', 'replace a run folder that exists')
  .option('--threads <n>', 'worker threads; the result does not depend on them', count, os.availableParallelism())
  .option('--resume', 'go on from the last checkpoint')
  .addHelpText('after', '\nExample: polity train experiments/quickstart.yaml --overwrite')
  .action(async (experiment, { seed, out, overwrite, resume, threads }) => {
    const { runTrain } = await import('./run-train.ts');
    process.exitCode = await runTrain(experiment, {
      out,
      overwrite: overwrite === true,
      resume: resume === true,
      threads,
      seed,
    });
  });

program
  .command('parity')
  .description('replay recorded reference episodes against our worlds')
  .argument('<case...>', 'case files')
  .option('--json', 'print one JSON document')
  .addHelpText('after', '\nExample: polity parity tests/parity/cases/mpe/*.json')
  .action(async (files, { json }) => {
    const { runParity } = await import('./run-parity.ts');
    process.exitCode = await runParity(files, json === true);
  });

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.');
  return value;
}

/** Prints an error the way people or programs want it and says which exit code it means. */
function fail(error: unknown, json: boolean): number {
  if (process.env.POLITY_DEBUG === '1') console.error(error);
  if (!(error instanceof PolityError)) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
  if (json) console.log(JSON.stringify({ error: error.detail }));
  else console.error(error.message);
  return error.detail.code === 'usage' || error.detail.code === 'input' ? 2 : 1;
}

try {
  await program.parseAsync();
} catch (error) {
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && code.startsWith('commander.')) {
    process.exitCode = (error as { exitCode: number }).exitCode === 0 ? 0 : 2;
  } else process.exitCode = fail(error, process.argv.includes('--json'));
}
