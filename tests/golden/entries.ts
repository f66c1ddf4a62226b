import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Fields = { readonly [key: string]: Json };

/** One entry of a golden file: what was called, with what, and what came out. */
export interface GoldenEntry {
  /** Name of the file without its ending. */
  readonly file: string;
  readonly index: number;
  readonly package: string;
  readonly call: string;
  readonly inputs: Fields;
  readonly outputs: Json;
  /** Everything in the entry, for files whose entries have fields of their own instead of inputs and outputs. */
  readonly fields: Fields;
}

export interface GoldenFile {
  readonly name: string;
  /** Everything in the file but its entries. */
  readonly header: Fields;
  readonly entries: readonly GoldenEntry[];
}

export const ownFolder = fileURLToPath(new URL('./data', import.meta.url));

/** The folder that the entries come from: ours, or the one that the environment variable names. */
export const goldenFolder = process.env.POLITY_GOLDEN_DIR ?? ownFolder;

/** Reads every golden file of a folder, in the order of their names. */
export function readGoldenFiles(folder: string): GoldenFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => readGoldenFile(join(folder, name), name.slice(0, -'.json'.length)));
}

function readGoldenFile(path: string, name: string): GoldenFile {
  const { entries, ...header } = JSON.parse(readFileSync(path, 'utf8')) as Fields & { entries: readonly Fields[] };
  return {
    name,
    header,
    entries: entries.map((fields, index) => ({
      file: name,
      index,
      package: String(fields.package ?? header.package ?? ''),
      call: String(fields.call),
      inputs: (fields.inputs ?? fields) as Fields,
      outputs: fields.outputs ?? fields,
      fields,
    })),
  };
}
