import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addCheckEnv(program: Command): void {
  defineCommand(program, {
    name: 'check-env',
    does: 'check that worlds keep the rules of a world',
    example: 'polity check-env bargaining',
  })
    .argument('[world...]', 'ids, or modules that export worlds')
    .option('--all', 'every world that ships')
    .option('--json', 'print one JSON document')
    .action(async (targets, { all, json, quiet, verbose }) => {
      const { runCheckEnv } = await import('../run-check-env.ts');
      process.exitCode = await runCheckEnv(targets, {
        all: all === true,
        json: json === true,
        quiet: quiet === true,
        verbose: verbose === true,
      });
    });
}
