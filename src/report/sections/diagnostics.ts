import { type Curve, mostPoints, trainingCurve, trainingStretch } from '../curve.ts';
import type { DescribedFigure } from '../figure.ts';
import { curveFigure } from '../figures/curve-figure.ts';
import { captionOf, isMeasurement, lookOf, parseMetricName, rangeOf } from '../metric-name.ts';
import { type Section, section } from '../page-model.ts';
import { seriesName } from '../palette.ts';
import type { ReportedRun, RunGroup } from '../run-data.ts';
import { nothingFound } from './diagnosis.ts';
import { curveSummary } from './wording.ts';

const speed = 'time/envStepsPerSecond';

/** How the updates went: losses, the policy's statistics, returns while exploring, speed. */
export function diagnostics({ runs }: RunGroup): readonly Section[] {
  const figures = diagnosticKeys(runs).map((key) => diagnosticFigure(runs, key));
  if (figures.length === 0) return [];
  const stretch = trainingStretch(runs);
  const thinned =
    stretch === 1 ? '' : ` Long logs are averaged over ${stretch} updates a point (at most ${mostPoints} points).`;
  const seeds = runs.length === 1 ? '' : ' Lines are means over seeds, bands their 95 % t intervals.';
  return section('diagnostics', 'Is it learning well?', [
    { kind: 'text', text: `What every update reported about itself.${nothingFound(runs)}${seeds}${thinned}` },
    { kind: 'figures', width: 'third', figures },
  ]);
}

function diagnosticKeys(runs: readonly ReportedRun[]): readonly string[] {
  const keys = new Set<string>();
  for (const row of runs.flatMap(({ rows }) => rows.filter(({ kind }) => kind === 'train'))) {
    for (const key of Object.keys(row)) if (isDiagnostic(key) && Number.isFinite(row[key as 'a/b'])) keys.add(key);
  }
  const rank = (key: string) => (key === 'episode/return' ? 0 : key.startsWith('policy/') ? 1 : key === speed ? 3 : 2);
  return [...keys].sort((a, b) => rank(a) - rank(b));
}

/** Behaviour has its own section; here belongs what concerns the update itself. */
function isDiagnostic(key: string): boolean {
  return key === 'episode/return' || key === speed || (isMeasurement(key) && /^(loss|policy|learner)\//.test(key));
}

function diagnosticFigure(runs: readonly ReportedRun[], key: string): DescribedFigure {
  const curve: Curve = trainingCurve(runs, key)!;
  const { title, caption, unit } = words(key);
  return {
    title,
    caption,
    summary: curveSummary(title, curve),
    figure: curveFigure([{ name: title, colour: seriesName(2), curve }], {
      height: 200,
      title: unit,
      seeds: false,
      range: rangeOf(key),
    }),
  };
}

function words(key: string): { title: string; caption: string; unit: string } {
  if (key === 'episode/return') {
    const caption =
      'Of the episodes that were learned from: with exploration, and against training opponents where there are some.';
    return { title: 'Return while training', caption, unit: 'return' };
  }
  const { id, member } = parseMetricName(key);
  const look = lookOf(id);
  return { title: member === '' ? look.title : `${look.title}: ${member}`, caption: captionOf(look), unit: look.unit };
}
