import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addMetrics(program: Command): void {
  defineCommand(program, {
    name: 'metrics',
    does: 'list what is measured, or explain one number',
    example: 'polity metrics negotiation/agreementRate',
  })
    .argument('[id]', 'which one')
    .option('--json', 'print an array of cards')
    .action(async (id, { json }) => {
      const { printShelf } = await import('../shelves/print-shelf.ts');
      const { metricShelf } = await import('../shelves/metrics.ts');
      printShelf(metricShelf, { id, json: json === true, where: 'polity metrics' });
    });
}
