import type { MetricRow } from '#core';
import { createSimdEngine } from '#engine';
import { soloTeam } from '#learn';
import { type Catalogue, type Checkpoint, createProgram, type ExperimentConfig, runTraining, soloCrew } from '#train';

/** What a training left: its rows, and its checkpoints as they were when they were written. */
export interface KeptRun {
  readonly rows: readonly MetricRow[];
  readonly kept: readonly Checkpoint[];
}

/** Trains on one thread with kernels that give the same bits everywhere. */
export async function run(config: ExperimentConfig, catalogue: Catalogue, from?: Checkpoint): Promise<KeptRun> {
  const engine = createSimdEngine({ kernels: 'portable' });
  const program = await createProgram(config, catalogue, engine, soloTeam(config.rollout.shards));
  const rows: MetricRow[] = [];
  const kept: Checkpoint[] = [];
  const onCheckpoint = (checkpoint: Checkpoint) => {
    kept.push(structuredClone(checkpoint));
  };
  await runTraining(config, catalogue, soloCrew(program), { onRow: (row) => rows.push(row), onCheckpoint }, from);
  return { rows, kept };
}

/** Rows as text, without what depends on the clock. */
export function untimed(rows: readonly MetricRow[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).filter(([key]) => !key.startsWith('time/'))));
}
