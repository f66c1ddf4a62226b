import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addCompare(program: Command): void {
  defineCommand(program, {
    name: 'compare',
    does: 'compare many runs, grouped by experiment and variant',
    example: 'polity compare results/bargaining-self-play.selfish results/bargaining-self-play.prosocial',
  })
    .argument('<run...>', 'run folders, or folders that hold runs')
    .option('--metric <name>', 'column of the evaluations to compare by (default: episode/return)')
    .option('--out <file>', 'where the page goes (default: comparison.html beside the runs; with --json no page)')
    .option('--json', 'print one JSON document')
    .action(async (runs, { metric, out, json }) => {
      const { runCompare } = await import('../run-compare.ts');
      process.exitCode = runCompare(runs, { metric, out, json: json === true });
    });
}
