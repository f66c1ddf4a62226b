import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSignature } from '#cli/transcript-files';
import { type AnyEnv, type EpisodeRecord, PolityError } from '#core';
import { worlds } from '#envs';
import {
  hashRecord,
  type Opening,
  rerunEpisode,
  sha256,
  type TranscriptRecord,
  verifyTranscript,
  writeEpisode,
} from '#protocol';
import { polity } from '../../cli/polity.ts';

const game = worlds.get('matrix-game') as AnyEnv;
const record: EpisodeRecord = {
  format: 'polity-episode/1',
  env: 'matrix-game',
  params: {},
  seed: 'e',
  timeLimitSteps: 3,
  agents: ['player_0', 'player_1'],
  seats: { 'player[0]': 'tit-for-tat', 'player[1]': 'random' },
  actions: [
    [[0], [1]],
    [[1], [1]],
    [[1], [0]],
  ],
  rewards: [],
  returns: [],
  length: 3,
  ended: 'truncated',
  metrics: {},
  outcome: {},
};

function write(): string[] {
  const lines: string[] = [];
  writeEpisode(record, game, { episode: 'e', write: (line) => lines.push(line) });
  return lines;
}

describe('an episode as a transcript', () => {
  const lines = write();
  const records = lines.map((line) => JSON.parse(line) as TranscriptRecord);
  const opening = records[0].body as unknown as Opening;

  it('holds a decision for every action, with hashes of what was seen and what might have been done', () => {
    expect(verifyTranscript(lines, { isSignature }).problems).toEqual([]);
    expect(records.map(({ kind, t, actor }) => `${kind} ${t} ${actor}`)).toEqual([
      'open 0 polity',
      'decision 0 player_0',
      'decision 0 player_1',
      'decision 1 player_0',
      'decision 1 player_1',
      'decision 2 player_0',
      'decision 2 player_1',
      'close 3 polity',
    ]);
    expect(records[1].body).toMatchObject({ policy: 'tit-for-tat', action: [0], mask: sha256(Uint8Array.of(1, 1)) });
    expect(records[7].body).toMatchObject({ length: 3, ended: 'truncated' });
  });

  it('is the same when it is played again', () => {
    expect(rerunEpisode(records, opening, game)).toEqual([]);
    expect(write()).toEqual(lines);
  });

  it('is found out where something else is seen, may be done, or comes of it', () => {
    const changed = (seq: number, body: object) =>
      records.map((one) => (one.seq === seq ? { ...one, body: { ...one.body, ...body } } : one));
    const found = (list: readonly TranscriptRecord[]) =>
      rerunEpisode(list, opening, game).map(({ line, message }) => `${line}: ${message}`);
    expect(found(changed(4, { observation: sha256('x') }))).toEqual([
      '5: player_1 sees something else when it is played again',
    ]);
    expect(found(changed(1, { mask: null }))).toEqual(['2: player_0 may do something else when it is played again']);
    expect(found(changed(7, { returns: [9, 9] }))).toEqual(['8: it comes to another end when it is played again']);
    expect(found(changed(2, { action: [0] })).at(-1)).toBe('8: it comes to another end when it is played again');
    expect(found(changed(3, { action: [7] }))[0]).toMatch(/^8: it cannot be played again/);
    expect(hashRecord(records[4])).toBe(records[4].hash);
  });

  it('is not written of what cannot be played', () => {
    const broken = { ...record, actions: [[[5], [0]]] };
    expect(() => writeEpisode(broken, game, { episode: 'e', write: () => {} })).toThrow(PolityError);
  });
});

describe('polity evaluate --transcripts', () => {
  it('writes signed transcripts that polity verify plays again to the same hashes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'polity-'));
    const key = join(folder, 'key.json');
    const out = join(folder, 'transcripts');
    expect(polity(['keys', 'new', key]).status).toBe(0);
    const args = [
      'evaluate',
      'boulware',
      'conceder',
      '--env',
      'bargaining',
      '--episodes',
      '2',
      '--transcripts',
      out,
      '--key',
      key,
    ];
    expect(polity([...args, '--json'])).toMatchObject({ status: 0, stderr: '' });
    const files = readdirSync(out).map((name) => join(out, name));
    expect(files.length).toBeGreaterThan(1);
    const verified = polity(['verify', ...files, '--key', join(folder, 'key.pub.json'), '--rerun']);
    expect(verified).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining(`${files.length} passed, 0 failed`),
    });
    expect(polity(args).stderr).toContain('exists already');
    expect(polity(['evaluate', 'random', '--env', 'bargaining', '--key', key]).stderr).toContain(
      'there are no transcripts to sign',
    );
    const unplayable = polity(['verify', 'tests/protocol/data/contract-net.jsonl', '--rerun']);
    expect([unplayable.status, unplayable.stderr]).toEqual([
      2,
      expect.stringContaining('names no world to play again'),
    ]);
  });
});
