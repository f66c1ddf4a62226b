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
    .option('--seeds <seeds>', 'several seeds, side by side: 1..10 or 1,2,5')
    .option('--out <folder>', 'where run folders go', 'results')
    .option('--overwrite', 'replace run folders that exist')
    .option('--resume', 'go on from the last checkpoint')
    .option('--threads <n>', 'worker threads of a run; results do not depend on them (default: all cores)', count)
    .option('--jobs <n>', 'runs side by side (default: one a core)', count)
    .option('--json', 'print one JSON document')
    .action(async (experiment, { seed, seeds, overwrite, resume, json, quiet, verbose, ...options }) => {
      const { planRuns } = await import('../plan-runs.ts');
      const { runTrain } = await import('../run-train.ts');
      process.exitCode = await runTrain(planRuns(experiment, { seed, seeds }), {
        ...options,
        overwrite: overwrite === true,
        resume: resume === true,
        json: json === true,
        quiet: quiet === true,
        verbose: verbose === true,
      });
    });
}
