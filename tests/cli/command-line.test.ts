import { Command } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { commands } from '#cli/commands/index';
import { polity } from './polity.ts';

const program = new Command();
for (const add of commands) add(program as Command);
const names = program.commands.map((command) => command.name());

describe('the command line', () => {
  it.each(names)('%s --help ends with an example that calls it', (name) => {
    const { status, stdout, stderr } = polity([name, '--help']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`\\nExample:\\n {2}\\$ polity ${name}`));
  });

  it('lists every command in its help', () => {
    const { status, stdout } = polity(['--help']);
    expect(status).toBe(0);
    for (const name of names) expect(stdout).toContain(`\n  ${name} `);
  });

  it('exits 2 with the help when nothing was asked for', () => {
    const { status, stderr } = polity([]);
    expect(status).toBe(2);
    expect(stderr).toContain('Usage: polity');
  });

  it.each([
    ['a mistyped command', ['trian'], "polity: unknown command 'trian'. Did you mean train?"],
    [
      'a mistyped option',
      ['train', '--oevrwrite'],
      "polity train: unknown option '--oevrwrite'. Did you mean --overwrite?",
    ],
    ['a missing argument', ['train'], "polity train: missing required argument 'experiment'"],
    ['an argument too many', ['train', 'a', 'b'], 'polity train: too many arguments'],
    ['a value that is not a count', ['train', 'a', '--threads', '0'], 'whole number of at least 1'],
  ])('refuses %s with what was meant and exit code 2', (_, args, message) => {
    const { status, stdout, stderr } = polity(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('gives an error as one JSON document on stdout when JSON was asked for', () => {
    const { status, stdout, stderr } = polity(['parity', 'absent.json', '--json']);
    expect([status, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'input', where: 'absent.json', message: 'cannot be read' },
    });
    expect(JSON.parse(polity(['parity', '--jsn', '--json']).stdout)).toMatchObject({
      error: { code: 'usage', where: 'polity parity', remedy: 'Did you mean --json?' },
    });
  });

  it('shows a stack trace only when it is asked to', () => {
    expect(polity(['parity', 'absent.json']).stderr).not.toContain('    at ');
    expect(polity(['parity', 'absent.json'], { POLITY_DEBUG: '1' }).stderr).toContain('    at ');
  });
});
