import { type Metric, metrics } from '#metrics';
import type { Shelf } from './shelf.ts';

/** What is measured of episodes. */
export const metricShelf: Shelf<Metric> = {
  items: metrics,
  columns: ['metric', 'unit', 'range', 'title'],
  title: ({ title }) => title,
  row: (metric) => [metric.id, metric.unit, rangeText(metric), metric.title],

  // JSON has no infinity: an open end is null.
  card: ({ id, title, description, unit, range, better, source }) => ({
    id,
    title,
    description,
    unit,
    range: range.map((end) => (Number.isFinite(end) ? end : null)),
    better: better ?? null,
    source,
  }),

  sections: (metric) => [
    { kind: 'text', text: metric.description },
    {
      kind: 'facts',
      facts: [
        ['unit', metric.unit],
        ['range', rangeText(metric)],
        ...(metric.better === undefined ? [] : [['better', metric.better] as const]),
        ['source', metric.source],
      ],
    },
  ],
};

function rangeText({ range: [low, high] }: Metric): string {
  if (Number.isFinite(low) && Number.isFinite(high)) return `${low}..${high}`;
  if (Number.isFinite(low)) return `at least ${low}`;
  return Number.isFinite(high) ? `at most ${high}` : 'any number';
}
