import { PolityError, parseWith } from '#core';
import { canonicalJson } from './canonical-json.ts';
import {
  beginning,
  type Decision,
  decisionSchema,
  hashRecord,
  type Opening,
  openingSchema,
  type PublicKey,
  type RecordKind,
  signedText,
} from './record.ts';

/** Who signs checkpoints. The doors make one from a key; below them there is no cryptography. */
export interface Signer {
  readonly key: PublicKey;
  /** The Ed25519 signature of a text as UTF-8, in base64url. */
  sign(text: string): string;
}

export interface TranscriptOptions {
  readonly episode: string;
  readonly opening: Omit<Opening, 'format' | 'key'>;
  readonly signer?: Signer;
  /** Records between checkpoints. Default 100. */
  readonly everyRecords?: number;
  /** Takes each line, without its line break. */
  readonly write: (line: string) => void;
}

/** Writes what happens as records that each hash the one before, with a signed checkpoint now and then and at the end. */
export class TranscriptWriter {
  readonly #options: TranscriptOptions;
  #next = 0;
  #head = beginning;
  #sinceCheckpoint = 0;
  #closed = false;

  /** Throws: PolityError (input) for an opening that is not complete. */
  constructor(options: TranscriptOptions) {
    this.#options = options;
    const opening = { ...options.opening, format: 'polity-transcript/1', key: options.signer?.key ?? null };
    this.#put('open', 0, 'polity', parseWith(openingSchema, opening, 'transcript › opening'));
  }

  /** Hash of the last record. */
  get head(): string {
    return this.#head;
  }

  /** Something that was said and understood, refused, or became of a commitment. */
  record(kind: 'message' | 'refused' | 'commitment', t: number, actor: string, body: object): void {
    this.#put(kind, t, actor, body);
  }

  /** An action, and what it was chosen from. Throws: PolityError (input) where a part is missing. */
  decide(t: number, actor: string, decision: Partial<Decision>): void {
    this.#put('decision', t, actor, parseWith(decisionSchema, decision, `transcript › decision of ${actor}`));
  }

  /** Ends the transcript: nothing can follow. */
  close(t: number, body: object = {}): void {
    this.#put('close', t, 'polity', body);
    if (this.#sinceCheckpoint > 0) this.#checkpoint(t);
    this.#closed = true;
  }

  #put(kind: RecordKind, t: number, actor: string, body: object): void {
    if (this.#closed) throw new PolityError({ code: 'contract', where: 'transcript', message: 'it is closed' });
    const { episode, write, everyRecords = 100 } = this.#options;
    const record = { seq: this.#next, episode, t, actor, kind, body: { ...body }, prev: this.#head };
    this.#head = hashRecord(record);
    this.#next++;
    write(canonicalJson({ ...record, hash: this.#head }));
    if (kind === 'checkpoint') return;
    this.#sinceCheckpoint++;
    if (this.#sinceCheckpoint >= everyRecords && kind !== 'close') this.#checkpoint(t);
  }

  #checkpoint(t: number): void {
    const { signer, episode } = this.#options;
    if (signer === undefined) return;
    const signature = signer.sign(signedText(episode, this.#next, this.#head));
    this.#sinceCheckpoint = 0;
    this.#put('checkpoint', t, 'polity', { records: this.#next, head: this.#head, key: signer.key, signature });
  }
}
