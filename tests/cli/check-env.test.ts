import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conformanceRules } from '#core';
import { polity } from './polity.ts';

/** A project beside ours, in which `polity` is installed, with a module in it. */
function moduleFile(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'polity-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules', 'polity'));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const coin = `
import { box, defineEnv, discrete } from 'polity/core';
export const sides = 2;
export const coin = defineEnv({
  id: 'coin',
  roles: () => [{ name: 'guesser', count: 1, observation: box([1], 0, 1), action: discrete(sides) }],
  init: (_params, rng) => ({ side: rng.integer(0, sides) }),
  observe: (state, _agent, out) => { out[0] = state.side; },
  step: (state, actions, rewards) => { rewards[0] = actions[0] === state.side ? 1 : 0; return true; },
});
`;

describe('polity check-env', () => {
  it('passes a world that ships, by id', () => {
    const { status, stdout } = polity(['check-env', 'bargaining']);
    expect([status, stdout]).toEqual([0, 'ok  bargaining\n1 passed, 0 failed\n']);
  });

  it('checks the worlds that a module exports, and asks them for no card', () => {
    const { status, stdout } = polity(['check-env', moduleFile('coin.mjs', coin), '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ worlds: [{ id: 'coin', ok: true, failures: [] }], passed: 1, failed: 0 });
  });

  it('names the broken rule and its likely cause, and exits 1', () => {
    const file = moduleFile('coin.mjs', coin.replace('? 1 : 0', '? Number.NaN : 0'));
    const { status, stdout } = polity(['check-env', file, 'bargaining', '--json']);
    expect(status).toBe(1);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      passed: 1,
      failed: 1,
      worlds: [
        { id: 'coin', ok: false },
        { id: 'bargaining', ok: true },
      ],
    });
    expect(document.worlds[0].failures[0].rule).toBe('reward-finite');
    expect(document.worlds[0].failures[0].message).toContain('Likely cause');
    expect(polity(['check-env', file]).stdout).toContain('broken  coin\n  reward-finite');
  });

  it('says which rules hold when it is asked to be verbose, and nothing of worlds that pass when quiet', () => {
    const { stderr } = polity(['check-env', 'bargaining', '--verbose']);
    for (const { id } of conformanceRules) expect(stderr).toContain(id);
    expect(polity(['check-env', 'bargaining', '--quiet']).stdout).toBe('1 passed, 0 failed\n');
  });

  it.each([
    ['nothing', [], 'no world named'],
    ['ids together with --all', ['bargaining', '--all'], 'Give one of them'],
    ['an unknown id', ['bargainig'], 'Did you mean "bargaining"?'],
    ['a file that is missing', ['./absent.js'], './absent.js: no such file'],
    ['a module without a world', [moduleFile('none.mjs', 'export const x = { id: "x" };')], 'exports no world'],
    [
      'a module that throws',
      [moduleFile('throws.mjs', 'throw new Error("not today");')],
      'cannot be imported (not today)',
    ],
    ['a file of another kind', [moduleFile('x.rb.ts', 'export enum Kind { A }')], 'cannot be imported'],
  ])('refuses %s', (_, args, message) => {
    const { status, stderr } = polity(['check-env', ...args]);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
