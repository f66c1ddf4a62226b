import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { protocolShelf } from '#cli/shelves/protocols';
import { declare, plainDeclaration, protocols } from '#protocol';
import { polity } from '../cli/polity.ts';
import { errand } from './errand.ts';

const folder = mkdtempSync(join(tmpdir(), 'polity-'));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(process.cwd(), join(folder, 'node_modules', 'polity'));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('polity protocols', () => {
  it('lists everything there is', () => {
    const { status, stdout, stderr } = polity(['protocols']);
    expect([status, stderr]).toEqual([0, '']);
    for (const id of protocols.ids) expect(stdout).toContain(`│ ${id} `);
    const cards = JSON.parse(polity(['protocols', '--json']).stdout) as { id: string; diagram: string }[];
    expect(cards.map(({ id }) => id)).toEqual(protocols.ids);
    for (const { diagram } of cards) expect(diagram).toMatch(/^stateDiagram-v2\n/);
  });

  it('prints the card of one, and refuses an unknown one', () => {
    const { stdout } = polity(['protocols', 'contract-net']);
    expect(stdout).toMatch(/^contract-net {2}Contract net\n/);
    expect(stdout).toContain('award-limit: At most 1 proposal is accepted.');
    const mistyped = polity(['protocols', 'contract-met']);
    expect(mistyped.status).toBe(2);
    expect(mistyped.stderr).toContain('Did you mean "contract-net"?');
  });

  it('loses nothing of a card to JSON', () => {
    for (const protocol of protocols.items) {
      const card = protocolShelf.card(protocol);
      expect(JSON.parse(JSON.stringify(card))).toEqual(card);
      expect(protocolShelf.row(protocol)).toHaveLength(protocolShelf.columns.length);
    }
  });
});

describe('polity protocols check', () => {
  const plain = plainDeclaration(declare(errand));

  it('passes protocols that ship, and declarations in JSON', () => {
    const { status, stdout } = polity(['protocols', 'check', 'request', write('errand.json', JSON.stringify(plain))]);
    expect([status, stdout]).toEqual([0, 'ok  request\nok  errand\n2 passed, 0 failed\n']);
  });

  it('says what is wrong with one in YAML, with a run that shows it, and exits 1', () => {
    const file = write(
      'ping.yaml',
      `id: ping
roles: [{ name: a, count: 1 }, { name: b, count: 1 }]
parameters: { word: { says: what is said, content: { enum: [ping, pong] } } }
states: [{ name: open }, { name: waiting, within: 3, late: over }, { name: over, ends: failure }]
moves:
  - { id: ping, performative: inform, by: a, from: [open], to: waiting, out: [word] }
  - { id: pong, performative: inform, by: b, from: [waiting], to: waiting, in: [word] }
`,
    );
    const { status, stdout } = polity(['protocols', 'check', file]);
    expect(status).toBe(1);
    expect(stdout).toContain('broken  ping');
    expect(stdout).toContain('endless-loop  nothing ends the loop waiting -> waiting');
    expect(stdout).toContain('ping (inform by a): open -> waiting; again and again: pong (inform by b)');
    const { protocols: reports, failed } = JSON.parse(polity(['protocols', 'check', file, '--json']).stdout);
    expect(failed).toBe(1);
    expect(reports[0].findings.map(({ check }: { check: string }) => check)).toEqual(['endless-loop', 'endless-wait']);
    expect(reports[0].findings[0].counterExample.loop).toEqual([
      { move: 'pong', by: 'b', performative: 'inform', from: 'waiting', to: 'waiting' },
    ]);
  });

  it.each([
    ['an unknown id', 'requst', 'Did you mean "request"?'],
    ['a file that is missing', './absent.yaml', './absent.yaml: cannot be read'],
    ['a module that is missing', './absent.mjs', 'cannot be imported'],
    ['a module without protocols', write('none.mjs', 'export const x = 1;'), 'exports no protocol'],
    ['YAML that is broken', write('bad.yaml', 'id: [a'), 'not YAML'],
    [
      'a name that refers to nothing',
      write('typo.json', JSON.stringify({ ...plain, threads: ['helpr'] })),
      'Did you mean "helper"?',
    ],
    [
      'content that is no type',
      write('type.json', JSON.stringify({ ...plain, parameters: { task: { says: '', content: { type: 'lump' } } } })),
      '› parameters.task.content: not a content type: got {"type":"lump"}',
    ],
    [
      'a part that nobody has',
      write(
        'only.json',
        JSON.stringify({ ...plain, moves: errand.moves.map((move) => ({ ...move, only: { debtr: 'work' } })) }),
      ),
      'Did you mean "debtor"?',
    ],
    [
      'content that cannot be numbered',
      write('text.json', JSON.stringify({ ...plain, parameters: { task: { says: '', content: { type: 'string' } } } })),
      'content that cannot be numbered',
    ],
    ['something else', write('list.yaml', '- 1'), 'not accepted'],
  ])('refuses %s', (_, target, message) => {
    const { status, stderr } = polity(['protocols', 'check', target]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(2);
  });
});
