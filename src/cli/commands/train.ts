import type { Command } from '@commander-js/extra-typings';
import { count, defineCommand, repeated } from './define-command.ts';

export function addTrain(program: Command): void {
  defineCommand(program, {
    name: 'train',
    does: 'train the experiment of a file, and its variants',
    example: 'polity train experiments/quickstart.yaml --overwrite',
  })
    .argument('<experiment>', 'experiment file')
    .option('--variant <name>', 'only this variant, `base` for the experiment itself; may be repeated', repeated)
    .option('--set <key=value>', 'a setting over that of the file, as learner.gamma=0.9; may be repeated', repeated)
    .option('--seed <seed>', 'overrides the seed of the file')
    .option('--seeds <seeds>', 'several seeds, side by side: 1..10 or 1,2,5')
    .option('--out <folder>', 'where run folders go', 'results')
    .option('--overwrite', 'replace run folders that exist')
    .option('--resume', 'go on from the last checkpoint')
    .option('--threads <n>', 'worker threads of a run; results do not depend on them (default: all cores)', count)
    .option('--jobs <n>', 'runs side by side (default: one a core)', count)
    .option('--json', 'print one JSON document')
    .action(async (experiment, { variant, set, seed, seeds, overwrite, resume, json, quiet, verbose, ...options }) => {
      const { planRuns } = await import('../plan-runs.ts');
      const { runTrain } = await import('../run-train.ts');
      const configs = await planRuns(experiment, { variants: variant, set, seed, seeds });
      process.exitCode = await runTrain(configs, {
        ...options,
        overwrite: overwrite === true,
        resume: resume === true,
        json: json === true,
        quiet: quiet === true,
        verbose: verbose === true,
      });
    });
}
