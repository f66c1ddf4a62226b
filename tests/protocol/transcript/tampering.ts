import { describe, expect, it } from 'vitest';
import { createSigner } from '#cli/transcript-files';
import { canonicalJson, hashRecord, type Problem, type Signer, signedText, type TranscriptRecord } from '#protocol';
import { createVerifier, signer, transcriptOf } from './thousand.ts';

const lines = transcriptOf(1000, signer);
const records = lines.map((line) => JSON.parse(line) as TranscriptRecord);
const verify = createVerifier();
const checkpoints = [...lines.keys()].filter((i) => records[i].kind === 'checkpoint');
const write = (record: TranscriptRecord) => canonicalJson(record);
const rehashed = (record: Omit<TranscriptRecord, 'hash'>) =>
  ({ ...record, hash: hashRecord(record) }) as TranscriptRecord;

/** The lines with some replaced. */
function withLines(changes: Readonly<Record<number, string>>): string[] {
  return lines.map((line, i) => changes[i] ?? line);
}

/** Every record from `from` on hashed anew after a change, and checkpoints signed anew where there is a key to do so. */
function forged(from: number, change: (record: TranscriptRecord) => TranscriptRecord, key?: Signer): string[] {
  let prev = records[from].prev;
  return lines.map((line, i) => {
    if (i < from) return line;
    let record = { ...(i === from ? change(records[i]) : records[i]), prev };
    if (record.kind === 'checkpoint' && key !== undefined) {
      const signature = key.sign(signedText(record.episode, i, prev));
      record = { ...record, body: { ...record.body, head: prev, key: key.key, signature } };
    }
    record = rehashed(record);
    prev = record.hash;
    return write(record);
  });
}

const places = (text: readonly string[]) => verify(text).problems.map(({ kind, line }) => `${kind} ${line}`);

/** Fails with what was found where it is not exactly this. */
function expectPlaces(text: readonly string[], expected: readonly string[], what: string): void {
  const found = places(text);
  if (found.join() !== expected.join())
    throw new Error(`${what}: found ${found.join(', ') || 'nothing'}, not ${expected.join(', ')}`);
}

/** Every thing that can be done to a single record, to every so-manieth record and to those at the ends. */
export function describeTampering(every: number): void {
  describe('a transcript of a thousand records', () => {
    const all = [...lines.keys()].filter((i) => i % every === 0 || i < 2 || i > 997 || checkpoints.includes(i));
    it('is as it was written', () => {
      expect([lines.length, new Set(records.map(({ kind }) => kind)).size, checkpoints.length]).toEqual([1000, 7, 10]);
      expect(verify(lines)).toMatchObject({ problems: [], records: 1000, signed: true, conformanceChecked: true });
    });

    it('names the line of every edit of every field', () => {
      const edits: Readonly<Record<string, (record: TranscriptRecord) => TranscriptRecord>> = {
        seq: (record) => ({ ...record, seq: record.seq + 1 }),
        episode: (record) => ({ ...record, episode: 'another' }),
        t: (record) => ({ ...record, t: record.t + 1 }),
        actor: (record) => ({ ...record, actor: 'somebody' }),
        kind: (record) => ({ ...record, kind: record.kind === 'message' ? 'refused' : 'message' }),
        body: (record) => ({ ...record, body: { ...record.body, more: 1 } }),
        prev: (record) => ({ ...record, prev: record.hash }),
        hash: (record) => ({ ...record, hash: record.prev }),
      };
      for (const i of all) {
        for (const [field, edit] of Object.entries(edits)) {
          expectPlaces(withLines({ [i]: write(edit(records[i])) }), [`edited ${i + 1}`], `${field} of record ${i}`);
        }
      }
    });

    it('names the line of every edit that keeps its hash in order', () => {
      for (const i of all.filter((one) => one < 998)) {
        if (records[i].kind === 'checkpoint') continue;
        const edited = rehashed({ ...records[i], actor: 'somebody' });
        expectPlaces(withLines({ [i]: write(edited) }), [`edited ${i + 1}`], `record ${i}`);
      }
    });

    it('names the line of a changed letter, wherever it is', () => {
      for (const i of all) {
        const at = (i * 37) % lines[i].length;
        const letter = lines[i][at] === 'x' ? 'y' : 'x';
        const [problem, ...more] = verify(
          withLines({ [i]: lines[i].slice(0, at) + letter + lines[i].slice(at + 1) }),
        ).problems;
        expect([problem?.line, more]).toEqual([i + 1, []]);
      }
    });

    it('names the line of a record that is written otherwise, though it says the same', () => {
      for (const i of all) {
        const spaced = lines[i].replace(',', ', ');
        expectPlaces(withLines({ [i]: spaced }), [`edited ${i + 1}`], `record ${i}`);
      }
    });

    it('names every record that is dropped, and where it should be', () => {
      for (const i of all) {
        const rest = lines.filter((_, j) => j !== i);
        if (i === 999) expectPlaces(rest, ['truncated 999'], `record ${i}`);
        else {
          expectPlaces(rest, [`dropped ${i + 1}`], `record ${i}`);
          expect(verify(rest).problems[0].record).toBe(i);
        }
      }
    });

    it('names both lines of every swap of neighbours, and of a thousand others', () => {
      const swap = (i: number, j: number) => {
        expectPlaces(
          withLines({ [i]: lines[j], [j]: lines[i] }),
          [`moved ${i + 1}`, `moved ${j + 1}`],
          `records ${i} and ${j}`,
        );
      };
      for (const i of all.filter((one) => one < 999)) swap(i, i + 1);
      for (const i of all) {
        const j = (i * 617 + 311) % 1000;
        if (i !== j) swap(Math.min(i, j), Math.max(i, j));
      }
    });

    it('names the line of every record that was moved to another place', () => {
      for (const i of all) {
        const j = (i * 389 + 17) % 999;
        const rest = lines.filter((_, k) => k !== i);
        const moved = [...rest.slice(0, j), lines[i], ...rest.slice(j)];
        const problems = verify(moved).problems;
        if (i === j) expect(problems).toEqual([]);
        else if (Math.abs(i - j) === 1) expect(problems.map(({ kind }) => kind)).toEqual(['moved', 'moved']);
        else expectPlaces(moved, [`moved ${j + 1}`], `record ${i} to ${j}`);
      }
    });

    it('names every truncation', () => {
      for (const i of all) {
        if (i === 0) continue;
        expectPlaces(lines.slice(0, i), [`truncated ${i}`], `after ${i} records`);
      }
    });

    it('names the line that was cut off in the middle', () => {
      for (const i of all.filter((one) => one > 0 && one < 998)) {
        const cut = [...lines.slice(0, i), lines[i].slice(0, lines[i].length / 2)];
        expectPlaces(cut, [`malformed ${i + 1}`, `truncated ${i + 1}`], `record ${i}`);
      }
    });

    it('names the line of every record that is replayed, behind itself, at the end or anywhere', () => {
      for (const i of all) {
        for (const place of [i + 1, 1000, 1 + ((i * 211) % 999)]) {
          const more = [...lines.slice(0, place), lines[i], ...lines.slice(place)];
          const { problems } = verify(more);
          expect(problems.map(({ kind, record }) => [kind, record])).toEqual([['replayed', i]]);
          // Of two equal lines side by side nobody can say which one is the copy.
          const beside = place === i || place === i + 1;
          if (!beside && problems[0].line !== place + 1) throw new Error(`${i} at ${place}: line ${problems[0].line}`);
        }
      }
    });

    it('names the line of a record of another episode, put in or put in the place of one', () => {
      const other = transcriptOf(200, signer, 'other', 5);
      for (const i of all.filter((one) => one > 0 && one < 200)) {
        expectPlaces([...lines.slice(0, i), other[i], ...lines.slice(i)], [`replayed ${i + 1}`], `record ${i} put in`);
        expectPlaces(withLines({ [i]: other[i] }), [`replayed ${i + 1}`], `record ${i} put in the place of one`);
      }
    });

    it('names every checkpoint with a foreign signature, or under a foreign key', () => {
      const stranger = createSigner();
      for (const i of checkpoints) {
        const { body, episode, prev } = records[i];
        const signature = stranger.sign(signedText(episode, i, prev));
        const bare = { ...records[i], body: { ...body, signature } };
        expectPlaces(withLines({ [i]: write(bare) }), [`edited ${i + 1}`], `signature at ${i}`);
        const named = { ...bare, body: { ...bare.body, key: stranger.key } };
        const rest = forged(i, () => named);
        const kinds = (problems: readonly Problem[]) => problems.map(({ kind, line }) => `${kind} ${line}`);
        expect(kinds(verify(forged(i, () => bare)).problems)[0]).toBe(`signature ${i + 1}`);
        expect(kinds(verify(rest).problems)[0]).toBe(`foreign-key ${i + 1}`);
      }
    });

    it('does not pass when everything is hashed anew: the next checkpoint is not signed', () => {
      for (let i = 1; i < 990; i += 33) {
        if (records[i].kind === 'checkpoint') continue;
        const problems = verify(forged(i, (record) => ({ ...record, actor: 'somebody' }))).problems;
        const next = checkpoints.find((at) => at > i) as number;
        expect(problems[0]).toMatchObject({ kind: 'signature', line: next + 1 });
      }
    });

    it('does not pass when everything is signed anew with another key, where one knows whose it should be', () => {
      const stranger = createSigner();
      const own = forged(0, (record) => ({ ...record, body: { ...record.body, key: stranger.key } }), stranger);
      expect(verify(own).problems).toEqual([]);
      const known = createVerifier([signer.key]);
      expect(known(own).problems).toMatchObject([{ kind: 'foreign-key', line: 1 }]);
      expect(known(lines).problems).toEqual([]);
    });
  });
}
