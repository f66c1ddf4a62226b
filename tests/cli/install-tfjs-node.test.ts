import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function install(folder: string, env: Record<string, string> = {}) {
  const options = { encoding: 'utf8', env: { ...process.env, ...env } } as const;
  return spawnSync('bash', ['scripts/install-tfjs-node.sh', folder], options);
}

/** A project whose tfjs-node is a small stand-in of this version that multiplies rightly or not at all. */
function project(version: string, product: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'polity-'));
  const target = join(folder, 'node_modules/@tensorflow/tfjs-node');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(join(target, 'package.json'), JSON.stringify({ name: '@tensorflow/tfjs-node', version }));
  const text = `
    const tensor = { matMul: () => tensor, dataSync: () => [${product}] };
    exports.tensor2d = () => tensor;
    exports.getBackend = () => 'tensorflow';
    exports.backend = () => ({ binding: { TF_Version: '9.8.7' } });`;
  writeFileSync(join(target, 'index.js'), text);
  return folder;
}

describe('scripts/install-tfjs-node.sh', () => {
  it('does nothing where the backend computes', () => {
    const { status, stdout } = install(project('4.22.0', 31));
    expect([status, stdout]).toEqual([0, 'tfjs-node: works already, on TensorFlow 9.8.7\n']);
  });

  it('refuses a folder that is no project', () => {
    const { status, stderr } = install(mkdtempSync(join(tmpdir(), 'polity-')));
    expect(status).toBe(1);
    expect(stderr).toContain('is no project (no package.json)\n  remedy: name the project:');
  });

  // What follows only goes on where the way is open at all.
  const open = process.platform === 'linux' && process.arch === 'x64' && existsSync('/usr/bin/g++');
  if (!open) console.warn('SKIPPED: building tfjs-node is for Linux on x64 with g++');

  it.skipIf(!open)('refuses another version than the one it was made for', () => {
    const { status, stderr } = install(project('3.0.0', 0));
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('is at 3.0.0\n  remedy: npm ci, which brings 4.22.0'),
    ]);
  });

  it.skipIf(!open)('refuses a wheel that is not there, or is none, and says why', () => {
    const folder = project('4.22.0', 0);
    const wheel = join(folder, 'some.whl');
    const absent = install(folder, { TENSORFLOW_WHEEL: wheel });
    expect([absent.status, absent.stderr]).toEqual([1, `tfjs-node: TENSORFLOW_WHEEL: ${wheel} is not there\n`]);
    writeFileSync(wheel, 'no archive');
    const broken = install(folder, { TENSORFLOW_WHEEL: wheel });
    expect(broken.status).toBe(1);
    expect(broken.stderr).toContain('the wheel cannot be used\n  remedy: give another one with TENSORFLOW_WHEEL');
    expect(broken.stderr).toContain('BadZipFile');
  });
});
