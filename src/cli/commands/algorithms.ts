import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addAlgorithms(program: Command): void {
  defineCommand(program, {
    name: 'algorithms',
    does: 'list learning algorithms, or show the card of one',
    example: 'polity algorithms ppo',
  })
    .argument('[id]', 'which one')
    .option('--json', 'print an array of cards')
    .action(async (id, { json }) => {
      const { printShelf } = await import('../shelves/print-shelf.ts');
      const { algorithmShelf } = await import('../shelves/algorithms.ts');
      printShelf(algorithmShelf, { id, json: json === true, where: 'polity algorithms' });
    });
}
