import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addNew(program: Command): void {
  defineCommand(program, {
    name: 'new',
    does: 'write a small working world, policy or experiment, with its test',
    example: 'polity new env my-world',
  })
    .argument('<kind>', 'env, policy or experiment')
    .argument('<name>', 'its name, in small letters with dashes')
    .action(async (kind, name, { quiet }) => {
      const { runNew } = await import('../run-new.ts');
      runNew(kind, name, process.cwd(), quiet === true);
    });
}
