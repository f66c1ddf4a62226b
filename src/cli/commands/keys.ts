import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description('make keys that transcripts are signed with')
    .addHelpText('after', '\nExample:\n  $ polity keys new polity-key.json');

  defineCommand(keys as unknown as Command, {
    name: 'new',
    does: 'write a new pair of keys: FILE is private, the public one stands beside it',
    example: 'polity keys new polity-key.json',
  })
    .argument('[file]', 'where to', 'polity-key.json')
    .option('--json', 'print one JSON document')
    .action(async (file, { json }) => {
      const { runKeysNew } = await import('../run-keys.ts');
      runKeysNew(file, json === true);
    });
}
