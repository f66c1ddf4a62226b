import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { type MetricRow, PolityError } from '#core';

/** Always the compiled command, also when this file runs from source. */
const command = fileURLToPath(import.meta.resolve('#compiled/src/cli/main'));

/** A training that ran in a process of its own, as a user would have started it. */
export interface MeasuredTraining {
  /** Rows of its updates, the first few left out: compilers are at work in them. */
  readonly rows: readonly MetricRow[];
  /** Seconds from the start of the process to the end of the first update. */
  readonly startSeconds: number;
}

/** Updates at the beginning that say nothing about the speed of a long run. */
const warmUp = 5;

/**
 * Runs `polity train` on an experiment.
 *
 * Throws: PolityError (failure) with what the process said when it fails.
 */
export async function measureTraining(experiment: object, threads: number): Promise<MeasuredTraining> {
  const folder = mkdtempSync(join(tmpdir(), 'polity-bench-'));
  try {
    const file = join(folder, 'bench.yaml');
    writeFileSync(file, stringify({ name: 'bench', ...experiment }));
    const startSeconds = await run([
      'train',
      file,
      '--out',
      folder,
      '--threads',
      String(threads),
      '--verbose',
      '--json',
    ]);
    const log = readFileSync(join(folder, 'bench', 'seed-1', 'metrics.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    const rows = log.map((line) => JSON.parse(line) as MetricRow).filter(({ kind }) => kind === 'train');
    return { rows: rows.slice(Math.min(warmUp, rows.length - 1)), startSeconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Env-steps a second over the measured updates: steps taken over seconds spent in updates. */
export function speedOf({ rows }: MeasuredTraining): number {
  return rows.length / rows.reduce((sum, row) => sum + 1 / (row['time/envStepsPerSecond'] as number), 0);
}

/** Share of the updates' time that went to `part`, in percent. */
export function shareOf({ rows }: MeasuredTraining, part: 'act' | 'step' | 'learn' | 'wait'): number {
  const seconds = (name: string) => rows.reduce((sum, row) => sum + row[`time/${name}Seconds`], 0);
  return (100 * seconds(part)) / (seconds('act') + seconds('step') + seconds('learn'));
}

function run(args: readonly string[]): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  let first: number | undefined;
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    said += text;
    if (first === undefined && /update 1,/.test(said)) first = (performance.now() - begun) / 1000;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0 && first !== undefined) resolve(first);
      else reject(failed(code, said));
    });
  });
}

function failed(code: number | null, said: string): PolityError {
  const message = `a training that was to be measured ended with exit code ${code}`;
  return new PolityError({
    code: 'failure',
    where: 'polity bench',
    message,
    got: said.trim().split('\n').at(-1) ?? '',
  });
}
