import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

describe('README.md', () => {
  it('shows a world of ten lines that trains', () => {
    const [, example] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'polity-'));
    // Inside the package its own name is `polity`; elsewhere Node looks it up beside the file.
    const file = join(process.cwd(), `readme-${process.pid}.mjs`);
    try {
      writeFileSync(
        file,
        (example ?? '').replaceAll('overwrite: true', `overwrite: true, out: ${JSON.stringify(folder)}`),
      );
      const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      expect(Number(stdout.trim().split('\n').at(-1))).toBeGreaterThan(0.95);
    } finally {
      rmSync(file, { force: true });
    }
  });

  it('names files, folders and pictures that exist', () => {
    const paths = [
      ...readme.matchAll(/`((?:src|envs|policies|experiments|notebooks|bench|docs)\/[\w./-]+)`|\]\((docs[^)]*)\)/g),
    ];
    expect(paths.length).toBeGreaterThan(8);
    for (const [, code, link] of paths) expect(existsSync((code ?? link) as string), code ?? link).toBe(true);
  });
});
