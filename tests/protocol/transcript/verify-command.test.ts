import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSignature, readPublicKey, readSigner } from '#cli/transcript-files';
import { polity } from '../../cli/polity.ts';
import { transcriptOf } from './thousand.ts';

const folder = mkdtempSync(join(tmpdir(), 'polity-'));
/** Made by `transcriptOf(120, signer, 'sample', 4)`; made anew when the declaration of the contract net changes. */
const sample = 'tests/protocol/data/contract-net.jsonl';
const key = 'tests/protocol/data/key.pub.json';

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('polity keys new', () => {
  it('writes a private key that only its owner may read, and the public one beside it, and never overwrites', () => {
    const file = join(folder, 'keys', 'mine.json');
    const { status, stdout } = polity(['keys', 'new', file]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^[0-9a-f]{16} {2}.*mine\.json \(private: keep it\), .*mine\.pub\.json \(public/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const signer = readSigner(file);
    const publicKey = readPublicKey(file.replace('.json', '.pub.json'));
    expect(signer.key).toEqual(publicKey);
    expect(isSignature('hello', signer.sign('hello'), publicKey)).toBe(true);
    expect(isSignature('hello!', signer.sign('hello'), publicKey)).toBe(false);
    const before = readFileSync(file, 'utf8');
    const again = polity(['keys', 'new', file]);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('is there already. Keys are never overwritten');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

describe('polity verify', () => {
  it('passes a transcript that was signed with the key', () => {
    const { status, stdout } = polity(['verify', sample, '--key', key]);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^ok {2}tests\S+ {2}120 records, signed with [0-9a-f]{16}, conforms to contract-net\n1 passed, 0 failed\n$/,
      ),
    ]);
    expect(JSON.parse(polity(['verify', sample, '--json']).stdout)).toMatchObject({
      transcripts: [{ file: sample, ok: true, records: 120, signed: true, conformanceChecked: true, problems: [] }],
      passed: 1,
      failed: 0,
    });
  });

  it('names the line of what was changed, and exits 1', () => {
    const lines = readFileSync(sample, 'utf8').split('\n');
    const file = write(
      'edited.jsonl',
      lines.map((line, i) => (i === 4 ? line.replace('"t":', '"t":1') : line)).join('\n'),
    );
    const { status, stdout } = polity(['verify', file]);
    expect([status, stdout]).toEqual([1, expect.stringContaining('line 5: edited  its hash is not its own')]);
    const cut = write('cut.jsonl', lines.slice(0, 60).join('\n'));
    expect(JSON.parse(polity(['verify', sample, cut, '--json']).stdout)).toMatchObject({
      transcripts: [{ ok: true }, { ok: false, problems: [{ kind: 'truncated', line: 60, record: null }] }],
      passed: 1,
      failed: 1,
    });
  });

  it('does not trust a key that it was not given', () => {
    const other = join(folder, 'other.json');
    polity(['keys', 'new', other]);
    const { status, stdout } = polity(['verify', sample, '--key', other]);
    expect([status, stdout]).toEqual([1, expect.stringContaining('line 1: foreign-key')]);
    const unsigned = write('unsigned.jsonl', transcriptOf(120, undefined, 'plain', 4).join('\n'));
    expect(polity(['verify', unsigned]).stdout).toContain('nobody signed it, conforms to contract-net');
    expect(polity(['verify', unsigned, '--key', key]).status).toBe(1);
  });

  it.each([
    ['a file that is missing', [join(folder, 'absent.jsonl')], 'cannot be read'],
    ['an empty file', [write('empty.jsonl', '')], 'is empty'],
    ['a key that is none', [sample, '--key', write('key.json', '{"kty":"RSA"}')], 'key.json › kty'],
    ['a key that is not JSON', [sample, '--key', sample], 'is not JSON'],
  ])('refuses %s', (_, args, message) => {
    const { status, stderr } = polity(['verify', ...args]);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
