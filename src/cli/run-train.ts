import os from 'node:os';
import { dirname } from 'node:path';
import { PolityError } from '#core';
import type { ExperimentConfig } from '#train';
import { catalogue } from './catalogue.ts';
import { finalDocument, printFinalTable } from './final-table.ts';
import { printDiagnosis } from './print-diagnosis.ts';
import { loadRun } from './run-folder.ts';
import { type JobOutcome, trainInProcesses } from './train-jobs.ts';
import { megabytes, type PreparedRun, prepareRun, trainRun } from './train-run.ts';
import { createTrainingDisplay, type TrainingDisplay } from './training-display.ts';
import { writePages } from './training-pages.ts';

export interface TrainOptions {
  readonly out: string;
  readonly overwrite: boolean;
  readonly resume: boolean;
  /** Worker threads of a run; absent: the cores there are, divided among the runs that go on at a time. */
  readonly threads?: number | undefined;
  /** Runs side by side; absent: as many as there are cores. */
  readonly jobs?: number | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

const interrupted = 130;

/**
 * Trains resolved experiments (one for each variant and seed), prints the table of what they came to, and returns the exit code.
 *
 * Throws: PolityError (input) before anything is written when a folder is in the way; the error of a single run that failed.
 */
export async function runTrain(configs: readonly ExperimentConfig[], options: TrainOptions): Promise<number> {
  const cores = os.availableParallelism();
  const jobs = Math.min(options.jobs ?? cores, configs.length);
  const threads = options.threads ?? Math.max(1, Math.floor(cores / jobs));
  const { out, overwrite, resume } = options;
  const runs = configs.map((config) => prepareRun(config, catalogue, { out, overwrite, resume, threads }));
  const remembered = Math.max(...runs.map(({ replayBytes }) => replayBytes));
  if (remembered > 0 && !options.quiet) console.error(`replay of a run: ${megabytes(remembered)}`);
  const display = createTrainingDisplay({ ...options, stream: process.stderr });
  const outcomes = await withInterrupt(async (stopped) => {
    try {
      return runs.length === 1
        ? [await trainHere(runs[0], display, stopped)]
        : await trainInProcesses(runs, jobs, display, stopped);
    } finally {
      display.close();
    }
  });
  return conclude(runs, outcomes, options);
}

async function trainHere(run: PreparedRun, display: TrainingDisplay, stopped: AbortSignal): Promise<JobOutcome> {
  const name = run.folder.path;
  const result = await trainRun(run, catalogue, {
    onRow: (row) => {
      if (row.kind === 'eval') display.evaluation(name, row.envSteps, row['episode/return']);
    },
    onProgress: (progress) => display.progress(name, progress),
    shouldStop: () => stopped.aborted,
  });
  display.end(name);
  return { run, result };
}

/** The first Ctrl-C asks for a checkpoint and the end; the second ends at once. */
async function withInterrupt<T>(work: (stopped: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const onInterrupt = () => {
    if (controller.signal.aborted) process.exit(interrupted);
    console.error('Stopping after this update, with a checkpoint. Ctrl-C again ends at once.');
    controller.abort();
  };
  process.on('SIGINT', onInterrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

async function conclude(
  runs: readonly PreparedRun[],
  outcomes: readonly JobOutcome[],
  { json, quiet, verbose }: TrainOptions,
): Promise<number> {
  const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []));
  const failed = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome] : []));
  if (failed.length > 0 && outcomes.length === 1) throw failed[0].error;
  for (const { run, error } of failed) {
    console.error(`${run.folder.path}: ${error.message}`);
    if (process.env.POLITY_DEBUG === '1') console.error(error);
  }
  const stopped =
    results.length + failed.length < runs.length || results.some(({ status }) => status === 'interrupted');
  const groups = [...new Set(results.map(({ folder }) => dirname(folder)))].map((parent) =>
    results.filter(({ folder }) => dirname(folder) === parent).map(({ folder }) => loadRun(folder)),
  );
  const { reports, comparison } = writePages(groups);
  if (json) console.log(JSON.stringify({ runs: results, final: groups.map(finalDocument), reports, comparison }));
  else {
    for (const group of groups) printFinalTable(group, verbose);
    for (const { folder, status, envSteps } of results) console.log(`${status} after ${envSteps} env-steps: ${folder}`);
    for (const report of reports) console.log(`report: ${report}`);
    if (comparison !== null) console.log(`comparison: ${comparison}`);
    if (stopped) console.log('Go on with --resume.');
  }
  if (!quiet) for (const group of groups) printDiagnosis(group, false);
  if (failed.length > 0)
    return failed.every(({ error }) => error instanceof PolityError && error.detail.code === 'input') ? 2 : 1;
  return stopped ? interrupted : 0;
}
