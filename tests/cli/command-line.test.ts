import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { commands } from '#cli/commands/index';
import { polity } from './polity.ts';

const program = new Command('polity');
for (const add of commands) add(program as Command);
const names = program.commands.map((command) => command.name());

function helpOf(name: string): string {
  let text = '';
  const command = program.commands.find((one) => one.name() === name);
  command?.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command?.outputHelp();
  return text;
}

describe('the command line', () => {
  it.each(names)('ends the help of %s with an example that calls it', (name) => {
    expect(helpOf(name)).toMatch(new RegExp(`\\nExample:\\n {2}\\$ polity ${name}`));
  });

  // The others train, or write pages of runs; their own tests run them.
  it.each(names.filter((name) => !['train', 'report', 'compare'].includes(name)))(
    'runs the example of %s when it is pasted into a shell',
    (name) => {
      const [, example] = /\nExample:\n {2}\$ (.+)\n/.exec(helpOf(name)) ?? [];
      const folder = mkdtempSync(join(tmpdir(), 'polity-'));
      mkdirSync(join(folder, 'tests'));
      for (const data of ['parity', 'protocol']) symlinkSync(resolve('tests', data), join(folder, 'tests', data));
      const script = `polity() { "${process.execPath}" "${resolve('dist/src/cli/main.js')}" "$@"; }\n${example}`;
      const { status, stdout } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
      expect([status, stdout.length > 0]).toEqual([0, true]);
    },
  );

  it('prints the help of a command on stdout, with exit code 0', () => {
    expect(polity(['train', '--help'])).toEqual({ status: 0, stdout: helpOf('train'), stderr: '' });
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
