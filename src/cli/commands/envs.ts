import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addEnvs(program: Command): void {
  defineCommand(program, {
    name: 'envs',
    does: 'list worlds, or show the card of one',
    example: 'polity envs bargaining',
  })
    .argument('[id]', 'which one')
    .option('--json', 'print an array of cards')
    .action(async (id, { json }) => {
      const { printShelf } = await import('../shelves/print-shelf.ts');
      const { worldShelf } = await import('../shelves/worlds.ts');
      printShelf(worldShelf, { id, json: json === true, where: 'polity envs' });
    });
}
