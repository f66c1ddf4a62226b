import { z } from 'zod';
import { PolityError, parseWith, suggest } from '#core';
import { answersFor } from './adapter.ts';
import { parityAdapters } from './adapters/index.ts';
import type { Difference } from './difference.ts';
import { numpyDrawsFormat, replayNumpyDraws } from './numpy-draws.ts';

/** One line of the `parity` document. */
export interface ReplayedCase {
  readonly file: string;
  readonly world: string;
  readonly ok: boolean;
  readonly steps: number;
  readonly difference: Difference | null;
}

/** The JSON document of `polity parity`. */
export interface ParityDocument {
  readonly cases: readonly ReplayedCase[];
  readonly passed: number;
  readonly failed: number;
}

const head = z.looseObject({ format: z.string(), world: z.string().optional() });

/**
 * Replays a recorded episode (or a record of numpy's draws) in our world and says where the two first differ.
 *
 * Throws: PolityError (input) when the record is malformed, of an unknown format, or of a world or setting that we do not have.
 */
export function replayCase(recorded: unknown, file: string): ReplayedCase {
  const { format, world } = parseWith(head, recorded, file);
  if (format === numpyDrawsFormat) return asLine(file, replayNumpyDraws(recorded, file));
  const ofFormat = parityAdapters.filter((adapter) => adapter.format === format);
  if (ofFormat.length === 0) {
    const formats = [...new Set(parityAdapters.map((adapter) => adapter.format)), numpyDrawsFormat];
    throw unknown(`${file} › format`, 'unknown format', format, suggest(format, formats));
  }
  const adapter = ofFormat.find((candidate) => answersFor(candidate, world ?? ''));
  if (adapter !== undefined) return asLine(file, adapter.replay(recorded, file));
  const known = ofFormat.flatMap((candidate) => candidate.recorded);
  throw unknown(
    `${file} › world`,
    'no world of ours stands for this one',
    world ?? 'nothing',
    suggest(world ?? '', known),
  );
}

/** The line of a case that was refused before its first step: what was got and expected where. */
export function refusedCase(file: string, { detail }: PolityError): ReplayedCase {
  const { where, message, expected, got } = detail;
  const field = where.startsWith(file) ? where.slice(file.length).replace(/^ › /, '') : where;
  const difference = { step: 0, agent: null, field: field || 'file', expected: expected ?? message, got: got ?? null };
  return { file, world: '', ok: false, steps: 0, difference };
}

/** A seed that a double cannot hold: it stays a text, and becomes a big integer. */
const longSeed = /("seed":\s*)(\d{16,})(?=\s*[,}])/g;

/** Reads the text of a case file. Throws: PolityError (input) when it is not JSON. */
export function parseCase(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(longSeed, '$1"$2"'));
  } catch (error) {
    const message = `not JSON (${error instanceof Error ? error.message : String(error)})`;
    throw new PolityError({ code: 'input', where: file, message, expected: 'a recorded episode' }, { cause: error });
  }
}

/** Counts what passed and what failed. */
export function parityDocument(cases: readonly ReplayedCase[]): ParityDocument {
  const passed = cases.filter(({ ok }) => ok).length;
  return { cases, passed, failed: cases.length - passed };
}

function asLine(file: string, verdict: Omit<ReplayedCase, 'file' | 'ok'>): ReplayedCase {
  const { world, steps, difference } = verdict;
  return { file, world, ok: difference === null, steps, difference };
}

function unknown(where: string, message: string, got: string, remedy: string): PolityError {
  return new PolityError({ code: 'input', where, message, got: `"${got}"`, remedy });
}
