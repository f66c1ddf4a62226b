#!/usr/bin/env node
import { Command, type CommanderError } from '@commander-js/extra-typings';
import { PolityError } from '#core/errors';
import { commands } from './commands/index.ts';

const json = process.argv.includes('--json');
let running = 'polity';

const program = new Command('polity')
  .description('Train, compare and study agents that negotiate, coordinate and talk')
  .version(await packageVersion(), '--version', 'print the version')
  .exitOverride()
  .configureOutput({ outputError: () => {} })
  .helpCommand('help [command]', 'print the help of a command')
  .addHelpText('after', '\nExample:\n  $ polity train experiments/quickstart.yaml --overwrite');
for (const add of commands) add(program as Command);
program.hook('preSubcommand', (_, command) => {
  running = `polity ${command.name()}`;
});

/** Prints an error the way people or programs want it and says which exit code it means. */
function fail(error: unknown): number {
  if (process.env.POLITY_DEBUG === '1') console.error(error);
  const known = error instanceof PolityError ? error : isCommanderError(error) ? usageError(error) : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (json) console.log(JSON.stringify({ error: known?.detail ?? { code: 'failure', where: running, message } }));
  else console.error(known?.message ?? message);
  return known?.detail.code === 'usage' || known?.detail.code === 'input' ? 2 : 1;
}

/** A command line that commander refused, in our words; what it guesses was meant becomes the remedy. */
function usageError({ message }: CommanderError): PolityError {
  const [said, meant] = message.replace(/^error: /, '').split('\n');
  const guess = /\((Did you mean .*)\)/.exec(meant ?? '')?.[1];
  const remedy = guess ?? `Run \`${running} --help\` to see what there is`;
  return new PolityError({ code: 'usage', where: running, message: said.replace(/\.$/, ''), remedy });
}

function isCommanderError(error: unknown): error is CommanderError {
  return String((error as { code?: unknown } | null)?.code).startsWith('commander.');
}

async function packageVersion(): Promise<string> {
  const { version } = await import('./version.ts');
  return version();
}

try {
  await program.parseAsync();
} catch (error) {
  const helped = isCommanderError(error) && (error.exitCode === 0 || error.code === 'commander.help');
  // Help that was asked for is an answer; help because nothing was asked for is not.
  process.exitCode = helped ? (error.exitCode === 0 ? 0 : 2) : fail(error);
}
