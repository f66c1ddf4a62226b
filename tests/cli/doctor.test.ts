import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeFinding, writeFinding } from '#cli/run-doctor';
import { polity } from './polity.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'polity-'));

describe('polity doctor', () => {
  it('finds everything that is needed here, and says of each tfjs backend what it is or why it is not there', () => {
    const { status, stdout } = polity(['doctor', '--json', '--out', join(folder(), 'results')]);
    const { ok, findings } = JSON.parse(stdout);
    expect([status, ok]).toEqual([0, true]);
    const about = (what: string) => findings.find((finding: { what: string }) => finding.what === what);
    expect(about('Node').found).toBe(process.versions.node);
    expect(['relaxed', 'portable']).toContain(about('SIMD kernels').found);
    for (const backend of ['tensorflow', 'wasm', 'cpu']) {
      const finding = about(`tfjs ${backend}`);
      expect(finding.found).not.toBe('');
      if (!finding.ok) expect(finding.remedy).not.toBe('');
    }
  });

  it('exits 1 where run folders cannot be written, and says what to do', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const { status, stdout } = polity(['doctor', '--out', join(file, 'results')]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/write access +missing: .*--out/s);
  });

  it('leaves nothing behind where it tries to write', () => {
    const out = folder();
    expect(writeFinding(join(out, 'deep', 'results'))).toMatchObject({ ok: true, found: out });
    expect(readdirSync(out)).toEqual([]);
  });

  it.each([
    ['18.20.4', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['24.1.0', true],
  ])('takes Node %s to be enough: %s', (running, ok) => {
    expect(nodeFinding(running).ok).toBe(ok);
  });
});
