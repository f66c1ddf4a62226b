import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { type EpisodeRecord, type MetricRow, PolityError, type RunInfo } from '#core';
import type { ExperimentConfig } from '#train';
import { version } from './version.ts';

/** A run as read back from its folder. */
export interface LoadedRun {
  readonly folder: string;
  readonly config: ExperimentConfig;
  readonly info: RunInfo;
  readonly rows: readonly MetricRow[];
  /** Episodes that the last evaluation kept. */
  readonly episodes: readonly EpisodeRecord[];
}

/** Where a run's files go. One object a run; nothing is written before `begin` or `resume`. */
export class RunFolder {
  readonly path: string;
  readonly checkpoints: string;
  readonly #log: string;
  #info: RunInfo | null = null;

  constructor(out: string, config: ExperimentConfig) {
    const { name, variant, seed } = config;
    this.path = join(out, variant === null ? name : `${name}.${variant}`, `seed-${seed}`);
    this.checkpoints = join(this.path, 'checkpoints');
    this.#log = join(this.path, 'metrics.jsonl');
  }

  /** Throws: PolityError (input) when the folder exists and is not to be replaced. */
  requireFree(overwrite: boolean): void {
    if (!existsSync(this.path) || overwrite) return;
    const remedy = 'Use --resume to go on, --overwrite to replace it, or another --out';
    throw new PolityError({ code: 'input', where: this.path, message: 'exists already', remedy });
  }

  /** Makes the folder anew. Throws: PolityError (io) where it cannot be written. */
  begin(config: ExperimentConfig, engine: RunInfo['engine']): void {
    try {
      rmSync(this.path, { recursive: true, force: true });
      mkdirSync(this.path, { recursive: true });
      writeWhole(join(this.path, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
      writeFileSync(this.#log, '');
    } catch (error) {
      const message = `cannot be written (${error instanceof Error ? error.message : error})`;
      const remedy = 'Choose another folder with --out, or free this one';
      throw new PolityError({ code: 'input', where: this.path, message, remedy }, { cause: error });
    }
    this.#start(new Date().toISOString(), engine);
  }

  /** Goes on in the folder: rows logged after the checkpoint are cut off. */
  resume(rows: number, engine: RunInfo['engine']): void {
    const text = readFileSync(this.#log, 'utf8');
    let end = 0;
    for (let row = 0; row < rows; row++) end = text.indexOf('\n', end) + 1;
    truncateSync(this.#log, Buffer.byteLength(text.slice(0, end)));
    const { started } = readJson<RunInfo>(join(this.path, 'run.json'));
    this.#start(started, engine);
  }

  appendRow(row: MetricRow): void {
    appendFileSync(this.#log, `${JSON.stringify(row)}\n`);
  }

  /** Makes the log durable, so that a checkpoint never speaks of rows that a power cut takes. */
  syncLog(): void {
    const file = openSync(this.#log, 'r');
    fsyncSync(file);
    closeSync(file);
  }

  writeReplays(records: readonly EpisodeRecord[]): void {
    if (records.length === 0) return;
    mkdirSync(join(this.path, 'replays'), { recursive: true });
    writeWhole(
      join(this.path, 'replays', 'last.jsonl'),
      records.map((record) => `${JSON.stringify(record)}\n`).join(''),
    );
  }

  /** Says how the run ended; everything else stays as it was when it began. */
  finish(status: RunInfo['status'], error?: string): void {
    if (this.#info === null) return;
    const failed = error === undefined ? {} : { error };
    this.#writeInfo({ ...this.#info, finished: new Date().toISOString(), status, ...failed });
  }

  #start(started: string, engine: RunInfo['engine']): void {
    this.#writeInfo({
      format: 'polity-run/1',
      polity: version(),
      commit: commit(),
      host: {
        cpu: os.cpus()[0]?.model ?? 'unknown',
        cores: os.availableParallelism(),
        platform: `${os.platform()} ${os.arch()}`,
      },
      node: process.version,
      engine,
      command: process.env.POLITY_COMMAND ?? ['polity', ...process.argv.slice(2)].join(' '),
      started,
      finished: null,
      status: 'running',
    });
  }

  #writeInfo(info: RunInfo): void {
    this.#info = info;
    writeWhole(join(this.path, 'run.json'), `${JSON.stringify(info, null, 2)}\n`);
  }
}

/**
 * Reads a run back.
 *
 * Throws: PolityError (input) for a folder that is not a run, and for files that are torn.
 */
export function loadRun(folder: string): LoadedRun {
  if (!existsSync(join(folder, 'config.json'))) {
    const message = existsSync(folder) ? 'not a run (no config.json in it)' : 'no such folder';
    const remedy = 'Name a run folder, such as results/<name>/seed-1';
    throw new PolityError({ code: 'input', where: folder, message, remedy });
  }
  const replays = join(folder, 'replays');
  const files = existsSync(replays)
    ? readdirSync(replays)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
    : [];
  return {
    folder,
    config: readJson(join(folder, 'config.json')),
    info: readJson(join(folder, 'run.json')),
    rows: readLines(join(folder, 'metrics.jsonl')),
    episodes: files.flatMap((name) => readLines<EpisodeRecord>(join(replays, name))),
  };
}

/** The run folders at or below a folder, sorted: a run itself, an experiment's seeds, or all of `results`. */
export function findRuns(folder: string): readonly string[] {
  if (existsSync(join(folder, 'config.json'))) return [folder];
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => findRuns(join(folder, entry.name)))
    .sort();
}

/** Writes a file beside its place and then puts it there, so that nobody ever reads half of it. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const beside = `${path}.next`;
  writeFileSync(beside, content);
  renameSync(beside, path);
}

/** Throws: PolityError (input) for a file that is missing or not JSON. */
export function readJson<T>(path: string): T {
  return parseJson(readText(path), path);
}

function readLines<T>(path: string): T[] {
  const lines = readText(path).split('\n');
  // A last line without its end was being written when the run stopped.
  return lines.slice(0, -1).map((line, i) => parseJson<T>(line, `${path} › line ${i + 1}`));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PolityError({ code: 'input', where: path, message: 'cannot be read' }, { cause: error });
  }
}

function parseJson<T>(text: string, where: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    const message = `not JSON (${error instanceof Error ? error.message : error})`;
    const remedy = 'The file is torn: train again, or take it from a copy';
    throw new PolityError({ code: 'input', where, message, remedy }, { cause: error });
  }
}

/** The commit of the working folder, where it is a git checkout. */
function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
