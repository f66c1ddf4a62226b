import { type Curve, evaluationStretch } from '../curve.ts';
import type { Estimate } from '../estimate.ts';
import { evaluationRows, finalWindow } from '../final-window.ts';
import { countText, intervalText, numberText } from '../number-text.ts';
import type { ReportedRun, RunGroup } from '../run-data.ts';

/** How lines and bands over training are made, for the text above the figures. */
export function bandText(groups: readonly RunGroup[]): string {
  const stretch = evaluationStretch(groups.flatMap(({ runs }) => runs));
  return stretch === 1 ? linesText(groups) : `${linesText(groups)} A point is the mean of ${stretch} evaluations.`;
}

function linesText(groups: readonly RunGroup[]): string {
  const most = Math.max(...groups.map(({ runs }) => runs.length));
  if (most === 1)
    return 'One seed: lines are its values, bands 1.96 standard errors over the episodes of an evaluation.';
  const one = groups.some(({ runs }) => runs.length === 1)
    ? ' Where there is one seed, bands are 1.96 standard errors over episodes.'
    : '';
  return `Thick lines are means over seeds, bands their 95 % t intervals, thin lines single seeds.${one}`;
}

/** How final values and their intervals come about, for the text under tables. */
export function windowText(runs: readonly ReportedRun[]): string {
  const [all, last] = [evaluationRows, finalWindow].map((rowsOf) => [
    ...new Set(runs.map(({ rows }) => rowsOf(rows).length)),
  ]);
  const of = (counts: readonly number[]) =>
    counts.length === 1 ? `${counts[0]}` : `${Math.min(...counts)} to ${Math.max(...counts)}`;
  const window = `Final values are means over the last ${of(last)} of ${of(all)} evaluations (a tenth), never the best ones.`;
  if (runs.length > 1) {
    const few = runs.length < 10 ? ' Fewer than ten seeds: take differences as hints, not as findings.' : '';
    return `${window} Intervals are 95 % t intervals over ${runs.length} seeds.${few}`;
  }
  const spread = Math.max(...last) >= 3 ? 'over those evaluations' : 'over the episodes of an evaluation';
  return `${window} One seed: intervals are 95 % intervals ${spread}, and say nothing about another seed.`;
}

/** A curve in a sentence: where it begins, where it ends, what it is compared with. */
export function curveSummary(title: string, curve: Curve, baselines?: ReadonlyMap<string, Estimate>): string {
  const last = curve.mean.length - 1;
  if (last < 0) return `${title}: no step at which half of the seeds have a value.`;
  const ends =
    last === 0
      ? `${numberText(curve.mean[0])} at ${countText(curve.x[0])} env-steps`
      : `${numberText(curve.mean[0])} at ${countText(curve.x[0])} env-steps, ${numberText(curve.mean[last])} at ${countText(curve.x[last])}`;
  const beside = [...(baselines ?? [])].map(([policy, { mean }]) => `; ${policy} ${numberText(mean)}`).join('');
  return `${title}: ${ends}${beside}.`;
}

/** How an estimate stands to a value that it is compared with. */
export function standing(estimate: Estimate, other: number): 'above' | 'below' | 'open' {
  if (estimate.low !== undefined && estimate.low > other) return 'above';
  if (estimate.high !== undefined && estimate.high < other) return 'below';
  return 'open';
}

/** Mean with its interval in one cell's text. */
export function estimateText(estimate: Estimate): string {
  const interval = intervalText(estimate);
  return interval === '' ? numberText(estimate.mean) : `${numberText(estimate.mean)} (${interval})`;
}
