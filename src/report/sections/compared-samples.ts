import { median } from '#math';
import { countText } from '../number-text.ts';
import { type Cell, type Section, section } from '../page-model.ts';
import { seriesName } from '../palette.ts';
import type { RunGroup } from '../run-data.ts';
import { samplesToFinal } from '../samples-to-final.ts';
import { metricTitle } from './comparing.ts';

/** Share of the final value that counts as learned. */
const share = 0.95;

/** How many env-steps each group took to 95 % of what it came to. */
export function comparedSamples(groups: readonly RunGroup[], metrics: readonly string[]): readonly Section[] {
  const rows = metrics.flatMap((metric): (readonly Cell[])[] => {
    const cells = groups.map(({ runs }): Cell => {
      const samples = runs.flatMap((run) => samplesToFinal(run, metric, share) ?? []);
      if (samples.length === 0) return '';
      const ends = samples.length === 1 ? '' : `${countText(Math.min(...samples))}..${countText(Math.max(...samples))}`;
      return { text: countText(median(samples)), note: ends };
    });
    return cells.every((cell) => cell === '') ? [] : [[{ text: metricTitle(metric), note: metric }, ...cells]];
  });
  if (rows.length === 0) return [];
  return section('samples', 'Samples to 95 % of the final value', [
    {
      kind: 'text',
      text: 'Env-steps of the first evaluation at 95 % of a run’s own final value: median over seeds, least and most below. Empty where the final value is not above zero. 0: it was there before anything was learned.',
    },
    {
      kind: 'table',
      table: {
        caption: 'Env-steps to 95 % of the final value, by group',
        columns: [
          { label: 'Metric', numeric: false },
          ...groups.map(({ name }, i) => ({ label: name, numeric: true, swatch: seriesName(i) })),
        ],
        rows,
      },
    },
  ]);
}
