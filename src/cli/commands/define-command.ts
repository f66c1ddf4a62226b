import { type Command, InvalidArgumentError } from '@commander-js/extra-typings';

export interface CommandText {
  /** Name and arguments, as commander reads them: `envs`. */
  readonly name: string;
  /** What it does, in one line that begins with a small letter. */
  readonly does: string;
  /** A command line that works when it is pasted. */
  readonly example: string;
}

/** Begins a command: its help ends with the example, and it has the options that every command has. */
export function defineCommand(program: Command, { name, does, example }: CommandText) {
  return program
    .command(name)
    .description(does)
    .option('--quiet', 'print results and errors only')
    .option('--verbose', 'print more on stderr about what is going on')
    .addHelpText('after', `\nExample:\n  $ ${example}`);
}

/** Begins a command that seats policies in a world. */
export function defineSeatingCommand(program: Command, text: CommandText) {
  return defineCommand(program, text)
    .argument('<policy...>', 'registered ids, run folders, checkpoints or model.json files')
    .option('--env <id>', 'the world (default: the one that the policies were trained in)')
    .option('--param <key=value>', 'a parameter of the world; may be repeated', repeated)
    .option('--episodes <n>', 'episodes of each line-up', count, 256)
    .option('--seed <seed>', 'what the episodes are drawn from', '1')
    .option('--greedy', 'trained policies take their most probable action');
}

/** The value of an option that is a whole number of at least 1. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.');
  return value;
}

/** The values of an option that may be given several times, in their order. */
export function repeated(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}
