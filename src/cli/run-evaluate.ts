import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type EpisodeRecord, PolityError } from '#core';
import { intervalText, meanText, numberText } from '#report/number-text';
import type { EvaluationResult } from '#train';
import { colours } from './colours.ts';
import { evaluate } from './library/evaluate.ts';
import { writeWhole } from './run-folder.ts';
import { tableText } from './terminal-table.ts';
import { readSigner, writeTranscripts } from './transcript-files.ts';

export interface EvaluateOptions {
  /** Absent: the world that the trained policies among them were trained in. */
  readonly env?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  readonly episodes: number;
  readonly seed: number | string;
  readonly greedy: boolean;
  /** Folder for the episodes of each line-up. */
  readonly replays?: string | undefined;
  /** Folder for a transcript of each episode, and the key that signs them. */
  readonly transcripts?: string | undefined;
  readonly key?: string | undefined;
  readonly json: boolean;
}

/** Plays and prints; returns the exit code. Throws: PolityError (input) for anything that does not exist or fit. */
export async function runEvaluate(policies: readonly string[], options: EvaluateOptions): Promise<number> {
  const { env, params, replays, transcripts, key, json, episodes, seed, greedy } = options;
  requireNew('--replays', replays);
  requireNew('--transcripts', transcripts);
  if (key !== undefined && transcripts === undefined) {
    const remedy = 'Add --transcripts FOLDER, or leave it out';
    throw new PolityError({ code: 'usage', where: '--key', message: 'there are no transcripts to sign', remedy });
  }
  const signer = key === undefined ? undefined : readSigner(key);
  const kept: (readonly EpisodeRecord[])[] = [];
  const result = await evaluate(policies, {
    env,
    params,
    episodes,
    seed,
    greedy,
    accounts: transcripts !== undefined,
    onRecords: (lineUp, records) => {
      if (replays !== undefined || transcripts !== undefined) kept[lineUp] = records;
    },
  });
  if (replays !== undefined) writeReplays(replays, kept);
  if (transcripts !== undefined) writeTranscripts(transcripts, kept, signer);
  if (json) console.log(JSON.stringify(result));
  else print(result);
  return 0;
}

function requireNew(option: string, folder: string | undefined): void {
  if (folder === undefined || !existsSync(folder)) return;
  const remedy = 'Name a folder that does not exist yet';
  throw new PolityError({ code: 'input', where: `${option} ${folder}`, message: 'exists already', remedy });
}

function writeReplays(folder: string, lineUps: readonly (readonly EpisodeRecord[])[]): void {
  mkdirSync(folder, { recursive: true });
  for (const [i, records] of lineUps.entries()) {
    const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    writeWhole(join(folder, `line-up-${i + 1}.jsonl`), text);
  }
}

function print({ env, episodes, seed, seatings }: EvaluationResult): void {
  console.log(`${colours.bold(env)}, ${episodes} episodes a line-up, seed ${seed}`);
  for (const { seats, metrics } of seatings) {
    console.log(
      Object.entries(seats)
        .map(([seat, policy]) => `${seat} ${colours.bold(policy)}`)
        .join('  '),
    );
    const rows = Object.entries(metrics).map(([name, { mean, standardError, interval }]) => {
      const bounds = interval === null ? {} : { low: interval[0], high: interval[1] };
      const error = standardError === null ? '' : numberText(standardError);
      return [name, meanText({ mean, ...bounds }), error, intervalText(bounds)];
    });
    console.log(tableText(['metric', 'mean', 'standard error', '95 % interval'], rows, [1, 2, 3]));
  }
}
