import type { Registry } from '#core';
import { PolityError } from '#core';
import type { Declaration } from '../declaration.ts';
import { plainDeclaration } from '../plain-declaration.ts';
import { type AnyProtocol, declarationOf } from '../protocol.ts';
import { align } from './align.ts';
import { canonicalJson } from './canonical-json.ts';
import { conformance } from './conformance.ts';
import type { Problem } from './problem.ts';
import { type Line, readLine } from './read-line.ts';
import { beginning, type Opening, openingSchema, type PublicKey, signedText, type TranscriptRecord } from './record.ts';
import { sha256 } from './sha256.ts';

export interface VerifyOptions {
  /** Whether an Ed25519 signature (base64url) of a text as UTF-8 is of this key. The doors know. */
  readonly isSignature: (text: string, signature: string, key: PublicKey) => boolean;
  /** Keys that may have signed. Absent: whatever key the transcript names. */
  readonly trusted?: readonly PublicKey[];
  /** Protocols by id; conversations under others are not checked for conformance. */
  readonly protocols?: Registry<AnyProtocol>;
  /** How a line is read. Default `readLine`. */
  readonly read?: (text: string) => Line;
}

export interface Verification {
  /** In the order of the lines. */
  readonly problems: readonly Problem[];
  readonly records: number;
  readonly signed: boolean;
  /** Whether what was said was checked against the protocol. */
  readonly conformanceChecked: boolean;
  readonly opening: Opening | null;
}

/** Hash of a declaration, by which transcripts name it. */
export function declarationHash(declaration: Declaration): string {
  return sha256(canonicalJson(plainDeclaration(declaration)));
}

/** How an opening names a protocol: by its id, its options, and the hash of the declaration that follows from them. */
export function protocolIn(declaration: Declaration, options: unknown): NonNullable<Opening['protocol']> {
  return { id: declaration.id, options, declaration: declarationHash(declaration) };
}

/**
 * Looks for everything that is not as it was written, and names its place: edits, drops, swaps, replays, a missing end, keys and
 * signatures that do not fit; then whether what was said conforms to the protocol.
 */
export function verifyTranscript(lines: readonly string[], options: VerifyOptions): Verification {
  const read = lines.map(options.read ?? readLine);
  const first = read.find((line) => line.state === 'sound');
  const episode = first?.state === 'sound' ? first.record.episode : '';
  const { problems: misplaced, records } = align(read, episode);
  const problems: Problem[] = [...misplaced, ...brokenLinks(records)];
  const opening = openingOf(records.get(0)?.record);
  if (records.has(0) && opening === null) {
    problems.push({ kind: 'malformed', line: 1, record: 0, message: 'the first record opens no transcript' });
  }
  problems.push(...brokenEnd(read, opening));
  problems.push(...brokenSignatures(records, opening, options));
  let conformanceChecked = false;
  if (problems.length === 0 && opening !== null) {
    const declaration = declarationIn(opening, options.protocols, problems);
    if (declaration !== null) {
      conformanceChecked = true;
      problems.push(...conformance(declaration, opening, records));
    }
  }
  problems.sort((a, b) => a.line - b.line);
  return { problems, records: lines.length, signed: opening?.key != null, conformanceChecked, opening };
}

type Records = ReadonlyMap<number, { readonly record: TranscriptRecord; readonly line: number }>;

/** Records that are sound by themselves and yet do not hash the one before: one of the two was made anew. */
function brokenLinks(records: Records): Problem[] {
  const problems: Problem[] = [];
  const blame = ({ record, line }: { record: TranscriptRecord; line: number }, message: string) => {
    if (!problems.some(({ record: seq }) => seq === record.seq)) {
      problems.push({ kind: 'edited', line, record: record.seq, message });
    }
  };
  for (const [seq, at] of records) {
    const before = records.get(seq - 1);
    if (seq === 0) {
      if (at.record.prev !== beginning) blame(at, 'it is not a beginning');
      continue;
    }
    if (before === undefined || at.record.prev === before.record.hash) continue;
    // The record behind hashes this one as it is: then it is the one before that was hashed anew.
    const confirmed = records.get(seq + 1)?.record.prev === at.record.hash || at.record.body.head === at.record.prev;
    if (confirmed) blame(before, `record ${seq} hashes another one`);
    else blame(at, `it does not hash record ${seq - 1}`);
  }
  return problems;
}

function openingOf(record: TranscriptRecord | undefined): Opening | null {
  const result = record?.kind === 'open' ? openingSchema.safeParse(record.body) : undefined;
  return result?.success === true ? result.data : null;
}

/** A transcript ends with a record that closes it, and that with a checkpoint where it is signed. */
function brokenEnd(lines: readonly Line[], opening: Opening | null): Problem[] {
  const records = lines.map((line) => (line.state === 'malformed' ? undefined : line.record));
  const signed = opening?.key != null || records.some((record) => record?.kind === 'checkpoint');
  const closed = records.findLastIndex((record) => record?.kind === 'close');
  const last = lines[lines.length - 1];
  const truncated = (message: string): Problem[] => [
    { kind: 'truncated', line: Math.max(1, lines.length), record: null, message },
  ];
  if (closed < 0) {
    const before = lines[lines.length - 2];
    const seals = last?.state === 'sound' && last.record.kind === 'checkpoint';
    const follows = before?.state === 'sound' && seals && before.record.seq === last.record.seq - 1;
    // A checkpoint behind a gap or a changed record: that the one which closes is missing or changed is reported already.
    return seals && !follows ? [] : truncated('the end is missing');
  }
  const sealed = records.some((record, i) => {
    return record?.kind === 'checkpoint' && (i > closed || record.prev === records[closed]?.hash);
  });
  if (!signed || sealed || last?.state !== 'sound') return [];
  return truncated('the checkpoint behind the last record is missing');
}

function brokenSignatures(
  records: Records,
  opening: Opening | null,
  { isSignature, trusted }: VerifyOptions,
): Problem[] {
  const problems: Problem[] = [];
  if (opening === null) return problems;
  const isTrusted = (key: PublicKey | null) => trusted?.some(({ x }) => x === key?.x) ?? true;
  if (!isTrusted(opening.key)) {
    const message =
      opening.key === null ? 'nobody signs this transcript' : 'it is signed with a key that is not trusted';
    problems.push({ kind: 'foreign-key', line: 1, record: 0, message });
  }
  for (const { record, line } of records.values()) {
    if (record.kind !== 'checkpoint') continue;
    const report = (kind: Problem['kind'], message: string) =>
      problems.push({ kind, line, record: record.seq, message });
    const { records: count, head, key, signature } = record.body;
    const text = signedText(record.episode, record.seq, record.prev);
    if (opening.key === null || (key as PublicKey | undefined)?.x !== opening.key.x) {
      report('foreign-key', 'it is signed with another key than the transcript names');
    } else if (count !== record.seq || head !== record.prev || typeof signature !== 'string') {
      report('signature', 'it is not of the record before');
    } else if (!isSignature(text, signature, opening.key)) {
      report('signature', 'the key has not signed this, nor what stands since the checkpoint before');
    }
  }
  return problems;
}

/** The declaration that the opening names; null where it is not known here. */
function declarationIn(
  opening: Opening,
  protocols: Registry<AnyProtocol> | undefined,
  problems: Problem[],
): Declaration | null {
  const named = opening.protocol;
  if (named === null || protocols === undefined || !protocols.has(named.id)) return null;
  const report = (message: string) => {
    problems.push({ kind: 'nonconforming', line: 1, record: 0, message });
    return null;
  };
  try {
    const declaration = declarationOf(protocols.get(named.id), named.options);
    if (declarationHash(declaration) === named.declaration) return declaration;
    return report(`protocol "${named.id}" is another one here than the one that was spoken`);
  } catch (error) {
    if (error instanceof PolityError) return report(error.message);
    throw error;
  }
}
