import { mean } from '#math';
import { normalPoint } from '../../estimate.ts';
import { evaluationRows, finalMean } from '../../final-window.ts';
import { standardErrorOf } from '../../metric-name.ts';
import { numberText } from '../../number-text.ts';
import { beginning, type PolicyLog } from '../policy-log.ts';
import type { Rule } from '../rule.ts';
import { percentText, stepText } from '../step-text.ts';

const collapsed = 0.05;

export const entropyCollapse: Rule = {
  id: 'entropy-collapse',
  title: 'The policy stopped exploring early',
  threshold: `Entropy below ${100 * collapsed} % of its start (of two actions, one has a probability above 0.99) from before the middle of the run on, and no rise of the return since. If nothing better exists, this is how success looks; else it settled too soon.`,
  source:
    'Mnih et al. (2016), section 4: entropy in the objective against premature convergence. The share is an own choice.',
  turns: [
    { key: 'learner.entropyWeight', advice: 'raise it, or let it fall slowly: a formula in `progress`' },
    { key: 'learner.learningRate', advice: 'lower it' },
  ],
  look(log) {
    const entropy = log.column('policy/entropy');
    const { steps, values } = entropy;
    // Entropies of densities have no floor: below zero says nothing.
    if (values.length < 10 || values.some((value) => value < -1e-6)) return undefined;
    const start = beginning(entropy);
    const at = values.findLastIndex((value) => value >= collapsed * start) + 1;
    if (at >= values.length || steps[at] > log.lastStep / 2 || roseSince(log, steps[at])) return undefined;
    const end = values[values.length - 1];
    const evidence = `Entropy fell from ${numberText(start)} to ${numberText(values[at])} (${percentText(values[at] / start)}) by ${stepText(steps[at], log)} and ended at ${numberText(end)}.`;
    return { evidence, weight: 1 - steps[at] / log.lastStep };
  },
};

/** Whether the return at the end is above that of the evaluations around `step`, by more than their errors. */
function roseSince({ run }: PolicyLog, step: number): boolean {
  const key = 'episode/return';
  const rows = evaluationRows(run.rows).filter((row) => Number.isFinite(row[key]));
  const then = rows.findLast(({ envSteps }) => envSteps <= step);
  const end = finalMean(run, key);
  if (then === undefined || end === undefined) return false;
  const errors = rows.map((row) => row[standardErrorOf(key)]).filter(Number.isFinite);
  return end - then[key] > (errors.length === 0 ? 0 : Math.SQRT2 * normalPoint * mean(errors));
}
