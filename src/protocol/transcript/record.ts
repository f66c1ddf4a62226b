import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './sha256.ts';

/** Half of a pair of keys, as JSON Web Key (RFC 8037). */
export const publicKeySchema = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/, 'a base64url text of 43 letters'),
});

export type PublicKey = z.infer<typeof publicKeySchema>;

/** What the first record says. */
export const openingSchema = z.strictObject({
  format: z.literal('polity-transcript/1'),
  /** The protocol that was spoken; null where agents acted without one. */
  protocol: z
    .strictObject({
      id: z.string(),
      options: z.unknown(),
      declaration: z.string().describe('Hash of the declaration.'),
      /** The conversations, one held after the other; then steps are not ticks, and what is said names its tick. */
      conversations: z.array(z.string()).min(1).optional(),
      /** Role of the protocol that agents of each role take, where it is called otherwise. */
      roles: z.record(z.string(), z.string()).optional(),
    })
    .nullable(),
  /** The conversation, or the first one. */
  conversationId: z.string(),
  agents: z.array(z.string()).min(1),
  /** The world and the start of its randomness, for playing it again; null without a world. */
  world: z
    .strictObject({
      env: z.string(),
      params: z.unknown(),
      seed: z.string(),
      timeLimitSteps: z.int().min(1).nullable(),
    })
    .nullable(),
  /** Who signs; null for a transcript that nobody signs. */
  key: publicKeySchema.nullable(),
});

export type Opening = z.infer<typeof openingSchema>;

/** Why an agent acted as it did: enough to hold it to account, and to check by playing again. */
export const decisionSchema = z.strictObject({
  /** SHA-256 of the observation's 32-bit floats, little-endian. */
  observation: z.string(),
  /** The policy: the SHA-256 of its network (topology and weights), or its id. */
  policy: z.string(),
  /** SHA-256 of the mask, a byte a choice; null where there was none. */
  mask: z.string().nullable(),
  /** Rules that closed something in the mask. */
  rules: z.array(z.string()).default([]),
  action: z.array(z.number()),
  /** Probability with which it was chosen, where the policy has one. */
  probability: z.number().min(0).max(1).nullable().default(null),
  /** Draws that the policy's stream had made before. */
  counter: z.int().min(0).nullable().default(null),
  /** Messages that it took account of, where it says so. */
  cites: z.array(z.string()).default([]),
});

export type Decision = z.infer<typeof decisionSchema>;

export const recordKinds = ['open', 'message', 'refused', 'decision', 'commitment', 'checkpoint', 'close'] as const;

export type RecordKind = (typeof recordKinds)[number];

const hash = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');

/** A line of a transcript. `hash` is SHA-256 of the canonical JSON of all the rest; `prev` is the hash of the record before. */
export const recordSchema = z.strictObject({
  seq: z.int().min(0),
  episode: z.string(),
  /** Tick or step. */
  t: z.int().min(0),
  actor: z.string(),
  kind: z.enum(recordKinds),
  body: z.record(z.string(), z.unknown()),
  prev: hash,
  hash,
});

export type TranscriptRecord = z.infer<typeof recordSchema>;

/** What the first record names as the one before. */
export const beginning = '0'.repeat(64);

/** The hash of a record. */
export function hashRecord({
  hash: _,
  ...record
}: Omit<TranscriptRecord, 'hash'> & { readonly hash?: string }): string {
  return sha256(canonicalJson(record));
}

/** The text that a checkpoint signs: that the chain of this episode stands at `head` after so many records. */
export function signedText(episode: string, records: number, head: string): string {
  return `polity-transcript/1\n${episode}\n${records}\n${head}\n`;
}
