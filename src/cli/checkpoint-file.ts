import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import v8 from 'node:v8';
import { PolityError } from '#core';
import type { Checkpoint } from '#train';

const digestBytes = 32;
const format: Checkpoint['format'] = 'polity-checkpoint/1';

/** Writes a checkpoint beside the present one, makes it durable, and puts it in its place; the one before stays as `previous`. */
export function writeCheckpoint(folder: string, checkpoint: Checkpoint): void {
  const body = v8.serialize(checkpoint);
  mkdirSync(folder, { recursive: true });
  const latest = join(folder, 'latest');
  const beside = join(folder, 'next');
  const file = openSync(beside, 'w');
  writeSync(file, createHash('sha256').update(body).digest());
  writeSync(file, body);
  fsyncSync(file);
  closeSync(file);
  if (existsSync(latest)) renameSync(latest, join(folder, 'previous'));
  renameSync(beside, latest);
}

/**
 * The newest whole checkpoint of a run.
 *
 * Throws: PolityError (input) when there is none, or none of them is whole.
 */
export function readCheckpoint(folder: string): Checkpoint {
  const present = ['latest', 'previous'].map((name) => join(folder, name)).filter((path) => existsSync(path));
  for (const path of present) {
    const bytes = readFileSync(path);
    const body = bytes.subarray(digestBytes);
    const whole = createHash('sha256').update(body).digest().equals(bytes.subarray(0, digestBytes));
    if (!whole) {
      console.error(`${path}: torn, looking for the one before`);
      continue;
    }
    const checkpoint = v8.deserialize(body) as Checkpoint;
    if (checkpoint.format === format) return checkpoint;
    console.error(
      `${path}: written by another version (${checkpoint.format}, not ${format}), looking for the one before`,
    );
  }
  throw new PolityError({
    code: 'input',
    where: folder,
    message: present.length === 0 ? 'no checkpoint' : 'no whole checkpoint',
    remedy: 'Start again with --overwrite',
  });
}
