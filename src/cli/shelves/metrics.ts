import { createRegistry } from '#core';
import { evaluationMetrics, languageMeasures, type Metric, metrics } from '#metrics';
import { opponentModelAccuracy } from '#train/opponent-model-accuracy';
import type { Shelf } from './shelf.ts';

type Described = Omit<Metric, 'measure'>;

/** What is measured of episodes: always, by evaluations alone, and of all that was said in them. */
export const metricShelf: Shelf<Described> = {
  items: createRegistry<Described>('metric', [
    ...metrics.items,
    ...evaluationMetrics.items,
    opponentModelAccuracy,
    ...languageMeasures,
  ]),
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

function rangeText({ range: [low, high] }: Described): string {
  if (Number.isFinite(low) && Number.isFinite(high)) return `${low}..${high}`;
  if (Number.isFinite(low)) return `at least ${low}`;
  return Number.isFinite(high) ? `at most ${high}` : 'any number';
}
