import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addPolicies(program: Command): void {
  defineCommand(program, {
    name: 'policies',
    does: 'list policies and networks, or show the card of one',
    example: 'polity policies boulware',
  })
    .argument('[id]', 'which one')
    .option('--json', 'print an array of cards')
    .action(async (id, { json }) => {
      const { printShelf } = await import('../shelves/print-shelf.ts');
      const { policyShelf } = await import('../shelves/policies.ts');
      printShelf(policyShelf, { id, json: json === true, where: 'polity policies' });
    });
}
