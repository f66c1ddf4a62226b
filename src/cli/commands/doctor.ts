import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addDoctor(program: Command): void {
  defineCommand(program, {
    name: 'doctor',
    does: 'look whether this machine has what it takes',
    example: 'polity doctor',
  })
    .option('--out <folder>', 'where run folders would go', 'results')
    .option('--json', 'print one JSON document')
    .action(async ({ out, json }) => {
      const { runDoctor } = await import('../run-doctor.ts');
      process.exitCode = await runDoctor({ out, json: json === true });
    });
}
