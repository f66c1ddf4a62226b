import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addReport(program: Command): void {
  defineCommand(program, {
    name: 'report',
    does: 'write one page about a run, or about an experiment with all of its seeds',
    example: 'polity report results/quickstart',
  })
    .argument('<run>', 'run folder, or the folder of an experiment with several seeds')
    .option('--out <file>', 'where the page goes (default: report.html in that folder)')
    .action(async (run, { out, quiet }) => {
      const { runReport } = await import('../run-report.ts');
      process.exitCode = runReport(run, out, quiet === true);
    });
}
