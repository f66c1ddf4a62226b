import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type EpisodeRecord, PolityError, parseWith } from '#core';
import { worlds } from '#envs';
import { type PublicKey, publicKeySchema, type Signer, writeEpisode } from '#protocol';
import { writeWhole } from './run-folder.ts';

const keyPairSchema = publicKeySchema.extend({
  d: z.string().regex(/^[\w-]{43}$/, 'a base64url text of 43 letters'),
});

/**
 * Makes a pair of keys: the private one in `file`, which only its owner may read, the public one beside it.
 *
 * Throws: PolityError (input) where one of the files is there already.
 */
export function writeNewKey(file: string): { readonly key: PublicKey; readonly publicFile: string } {
  const publicFile = file.replace(/(\.json)?$/, '.pub.json');
  for (const path of [file, publicFile]) {
    if (!existsSync(path)) continue;
    const remedy = 'Keys are never overwritten: give another name';
    throw new PolityError({ code: 'input', where: path, message: 'is there already', remedy });
  }
  const pair = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const { kty, crv, x, d } = keyPairSchema.parse({ kty: pair.kty, crv: pair.crv, x: pair.x, d: pair.d });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ kty, crv, x, d })}\n`, { mode: 0o600, flag: 'wx' });
  writeFileSync(publicFile, `${JSON.stringify({ kty, crv, x })}\n`, { flag: 'wx' });
  return { key: { kty, crv, x }, publicFile };
}

/** Reads a public key, also out of a file that holds the private one. Throws: PolityError (input). */
export function readPublicKey(file: string): PublicKey {
  const { d: _, ...key } = parseWith(publicKeySchema.extend({ d: z.string().optional() }), readJson(file), file);
  return key;
}

/** Who signs with the private key in a file. Throws: PolityError (input). */
export function readSigner(file: string): Signer {
  const pair = parseWith(keyPairSchema, readJson(file), file);
  const privateKey = asKey(() => createPrivateKey({ key: pair as JsonWebKey, format: 'jwk' }), file);
  const { kty, crv, x } = pair;
  return {
    key: { kty, crv, x },
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url'),
  };
}

/** A signer with a key of its own that is written nowhere. */
export function createSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    key: publicKeySchema.parse(publicKey.export({ format: 'jwk' })),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url'),
  };
}

/** Whether a signature of a text is of a key. */
export function isSignature(text: string, signature: string, key: PublicKey): boolean {
  try {
    const publicKey = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    return verify(null, Buffer.from(text, 'utf8'), publicKey, Buffer.from(signature, 'base64url'));
  } catch {
    // Not a point of the curve: nothing was ever signed with such a key.
    return false;
  }
}

/** A short name of a key for people: the first digits of the SHA-256 of its thumbprint (RFC 7638). */
export function keyName({ crv, kty, x }: PublicKey): string {
  const thumbprint = JSON.stringify({ crv, kty, x });
  return createHash('sha256').update(thumbprint).digest('hex').slice(0, 16);
}

/** The lines of a transcript. Throws: PolityError (input) where it cannot be read, or holds nothing. */
export function readTranscript(file: string): readonly string[] {
  const remedy = 'Check the path; `polity evaluate --transcripts FOLDER` writes transcripts';
  const lines = readText(file, remedy).split('\n');
  // Every line ends with a line break, the last too.
  if (lines[lines.length - 1] === '') lines.pop();
  if (lines.length > 0) return lines;
  throw new PolityError({ code: 'input', where: file, message: 'is empty', expected: 'a transcript' });
}

/** Writes the episodes of each line-up as transcripts, a file each, signed where there is somebody to sign. */
export function writeTranscripts(
  folder: string,
  lineUps: readonly (readonly EpisodeRecord[])[],
  signer: Signer | undefined,
): void {
  mkdirSync(folder, { recursive: true });
  for (const [i, records] of lineUps.entries()) {
    for (const [j, record] of records.entries()) {
      const name = `line-up-${i + 1}-episode-${j + 1}`;
      const lines: string[] = [];
      const options = { episode: name, write: (line: string) => lines.push(line) };
      writeEpisode(record, worlds.get(record.env), signer === undefined ? options : { ...options, signer });
      writeWhole(join(folder, `${name}.jsonl`), `${lines.join('\n')}\n`);
    }
  }
}

function readJson(file: string): unknown {
  const text = readText(file, 'Check the path; `polity keys new` makes a pair of keys');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PolityError({ code: 'input', where: file, message: 'is not JSON' }, { cause: error });
  }
}

function readText(file: string, remedy: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new PolityError({ code: 'input', where: file, message: 'cannot be read', remedy }, { cause: error });
  }
}

function asKey(make: () => KeyObject, file: string): KeyObject {
  try {
    return make();
  } catch (error) {
    const message = `is no Ed25519 key (${(error as Error).message})`;
    throw new PolityError({ code: 'input', where: file, message }, { cause: error });
  }
}
