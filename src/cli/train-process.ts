import type { ExperimentConfig, TrainingProgress } from '#train';
import { catalogue } from './catalogue.ts';
import { type PackedError, packError } from './packed-error.ts';
import { prepareRun, type RunOptions, type RunResult, trainRun } from './train-run.ts';

/** What a training process is started with. */
export interface ProcessStart {
  readonly config: ExperimentConfig;
  readonly options: RunOptions;
}

/** What a training process tells whoever started it. */
export type ProcessEvent =
  | { readonly kind: 'progress'; readonly progress: TrainingProgress }
  | { readonly kind: 'evaluation'; readonly envSteps: number; readonly return?: number }
  | { readonly kind: 'done'; readonly result: RunResult }
  | { readonly kind: 'failed'; readonly error: PackedError };

let stop = false;
const tell = (event: ProcessEvent) => new Promise<void>((resolve) => process.send?.(event, () => resolve()));

// Ctrl-C reaches every process of a terminal; whoever started this one decides, and says so in a message.
process.on('SIGINT', () => {
  stop = true;
});
process.on('disconnect', () => {
  stop = true;
});
process.on('message', async (message: ProcessStart | 'stop') => {
  if (message === 'stop') {
    stop = true;
    return;
  }
  try {
    const result = await trainRun(prepareRun(message.config, catalogue, message.options), catalogue, {
      onRow(row) {
        if (row.kind !== 'eval') return;
        const value = row['episode/return'];
        tell({ kind: 'evaluation', envSteps: row.envSteps, ...(value === undefined ? {} : { return: value }) });
      },
      onProgress: (progress) => tell({ kind: 'progress', progress }),
      shouldStop: () => stop,
    });
    await tell({ kind: 'done', result });
  } catch (error) {
    await tell({ kind: 'failed', error: packError(error) });
  }
  process.disconnect();
});
