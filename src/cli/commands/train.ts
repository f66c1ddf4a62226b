import os from 'node:os';
import type { Command } from '@commander-js/extra-typings';
import { count, defineCommand } from './define-command.ts';

export function addTrain(program: Command): void {
  defineCommand(program, {
    name: 'train',
    does: 'train the experiment of a file',
    example: 'polity train experiments/quickstart.yaml --overwrite',
  })
    .argument('<experiment>', 'experiment file')
    .option('--seed <seed>', 'overrides the seed of the file')
    .option('--out <folder>', 'where run folders go', 'results')
    .option('--overwrite', 'replace a run folder that exists')
    .option('--threads <n>', 'worker threads; the result does not depend on them', count, os.availableParallelism())
    .option('--resume', 'go on from the last checkpoint')
    .action(async (experiment, { seed, out, overwrite, resume, threads }) => {
      const { runTrain } = await import('../run-train.ts');
      process.exitCode = await runTrain(experiment, {
        out,
        overwrite: overwrite === true,
        resume: resume === true,
        threads,
        seed,
      });
    });
}
