import { type ChildProcess, fork } from 'node:child_process';
import { PolityError } from '#core';
import { unpackError } from './packed-error.ts';
import type { ProcessEvent, ProcessStart } from './train-process.ts';
import type { PreparedRun, RunResult } from './train-run.ts';
import type { TrainingDisplay } from './training-display.ts';

/** Always the compiled file, also when this one runs from source. */
const compiled = new URL(import.meta.resolve('#compiled/src/cli/train-process'));

export type JobOutcome =
  | { readonly run: PreparedRun; readonly result: RunResult }
  | { readonly run: PreparedRun; readonly error: Error };

/**
 * Trains runs side by side, each in a process of its own, at most `jobs` at a time. A run that fails does not stop the
 * others; asked to stop, all of them write their checkpoint and end.
 */
export async function trainInProcesses(
  runs: readonly PreparedRun[],
  jobs: number,
  display: TrainingDisplay,
  stopped: AbortSignal,
): Promise<readonly JobOutcome[]> {
  const waiting = [...runs.keys()];
  const outcomes: JobOutcome[] = [];
  const worker = async () => {
    for (let i = waiting.shift(); i !== undefined && !stopped.aborted; i = waiting.shift()) {
      outcomes[i] = await trainInProcess(runs[i], display, stopped);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, runs.length) }, worker));
  // Runs that were never begun, because somebody asked to stop, have no outcome.
  return outcomes.filter((outcome) => outcome !== undefined);
}

function trainInProcess(run: PreparedRun, display: TrainingDisplay, stopped: AbortSignal): Promise<JobOutcome> {
  const start: ProcessStart = { config: run.config, options: run.options };
  const child = fork(compiled, [], { execArgv: [], serialization: 'advanced', env: processEnv() });
  const stop = () => tellToStop(child);
  stopped.addEventListener('abort', stop);
  return new Promise<JobOutcome>((resolve) => {
    let outcome: JobOutcome | undefined;
    child.on('message', (event: ProcessEvent) => {
      switch (event.kind) {
        case 'progress':
          display.progress(run.folder.path, event.progress);
          break;
        case 'evaluation':
          display.evaluation(run.folder.path, event.envSteps, event.return);
          break;
        case 'done':
          outcome = { run, result: event.result };
          break;
        case 'failed':
          outcome = { run, error: unpackError(event.error) };
      }
    });
    child.on('error', (error) => {
      outcome ??= { run, error };
    });
    child.on('exit', (code, signal) => {
      stopped.removeEventListener('abort', stop);
      display.end(run.folder.path);
      resolve(outcome ?? { run, error: died(run, signal ?? `exit code ${code}`) });
    });
    child.send(start);
  });
}

function tellToStop(child: ChildProcess): void {
  if (child.connected) child.send('stop');
}

/** The command that `run.json` names is the one that a person typed, not that of the process. */
function processEnv(): NodeJS.ProcessEnv {
  return { ...process.env, POLITY_COMMAND: ['polity', ...process.argv.slice(2)].join(' ') };
}

function died(run: PreparedRun, how: string): PolityError {
  return new PolityError({
    code: 'failure',
    where: run.folder.path,
    message: `its process ended without a result (${how})`,
    remedy: 'Go on from the last checkpoint with --resume',
  });
}
