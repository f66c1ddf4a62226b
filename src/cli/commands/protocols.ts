import type { Command } from '@commander-js/extra-typings';
import { defineCommand } from './define-command.ts';

export function addProtocols(program: Command): void {
  const protocols = defineCommand(program, {
    name: 'protocols',
    does: 'list protocols, show the card of one, or check a declaration',
    example: 'polity protocols contract-net',
  })
    .argument('[id]', 'which one')
    .option('--json', 'print an array of cards')
    .action(async (id, { json }) => {
      const { printShelf } = await import('../shelves/print-shelf.ts');
      const { protocolShelf } = await import('../shelves/protocols.ts');
      printShelf(protocolShelf, { id, json: json === true, where: 'polity protocols' });
    });

  defineCommand(protocols as unknown as Command, {
    name: 'check',
    does: 'look for what can go wrong under a protocol, each with a run that shows it',
    example: 'polity protocols check contract-net',
  })
    .argument('<file...>', 'modules that export protocols, declarations as YAML or JSON, or ids')
    .option('--json', 'print one JSON document')
    .action(async (targets, { quiet, verbose }, command) => {
      const { runCheckProtocols } = await import('../run-check-protocols.ts');
      // `--json` is an option of the command above as well, and whichever stands first on the line takes it.
      const json = (command as unknown as { optsWithGlobals(): { json?: true } }).optsWithGlobals().json === true;
      process.exitCode = await runCheckProtocols(targets, { json, quiet: quiet === true, verbose: verbose === true });
    });
}
