import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addParity(program: Command): void {
  defineCommand(program, {
    name: 'parity',
    does: 'replay recorded reference episodes against our worlds',
    example: 'polity parity tests/parity/cases/mpe/*.json',
  })
    .argument('<case...>', 'case files')
    .option('--json', 'print one JSON document')
    .action(async (files, { json, quiet }) => {
      const { runParity } = await import('../run-parity.ts');
      process.exitCode = await runParity(files, json === true, quiet === true);
    });
}
