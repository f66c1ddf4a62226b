import { PolityError } from '#core';

/**
 * Scores of one algorithm: a row a run (seed), a column a task. Scores of several tasks should be on one scale, for example
 * normalised between random play (0) and a reference (1).
 *
 * Shapes: [run][task], every run with the same tasks.
 */
export type ScoreMatrix = readonly (readonly number[])[];

/**
 * Refuses a matrix that is empty, ragged or holds something that is not a finite number.
 *
 * Throws: PolityError (contract) that names the run and task.
 */
export function requireScores(scores: ScoreMatrix, where: string): void {
  const tasks = scores[0]?.length ?? 0;
  if (tasks === 0) throw refused(where, 'no scores', `${scores.length} runs`, 'at least one run with one task');
  scores.forEach((row, run) => {
    if (row.length !== tasks) {
      throw refused(where, `run ${run} has other tasks than run 0`, `${row.length} tasks`, `${tasks}`);
    }
    row.forEach((score, task) => {
      if (!Number.isFinite(score)) {
        throw refused(where, `run ${run}, task ${task} has no score`, String(score), 'a finite number');
      }
    });
  });
}

function refused(where: string, message: string, got: string, expected: string): PolityError {
  return new PolityError({ code: 'contract', where, message, got, expected });
}
