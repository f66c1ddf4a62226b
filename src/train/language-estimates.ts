import type { EpisodeRecord } from '#core';
import { studentQuantile } from '#math';
import { measureLanguages } from '#metrics';
import type { Measured } from './evaluate.ts';

/** Parts that the episodes are dealt into for the standard error. */
const mostParts = 10;

/**
 * What the languages of some episodes measure, over all of them at once. Such a number is no mean over episodes: its standard error
 * comes from leaving out one part of the episodes after the other.
 *
 * Source: delete-a-group jackknife, Kott (2001); interval by Student's t with one degree of freedom fewer than there are parts.
 */
export function languageEstimates(episodes: readonly EpisodeRecord[]): Readonly<Record<string, Measured>> {
  const whole = measureLanguages(episodes);
  if (whole.size === 0) return {};
  const count = Math.min(mostParts, episodes.length);
  const without = Array.from({ length: count }, (_, part) =>
    measureLanguages(episodes.filter((__, k) => k % count !== part)),
  );
  return Object.fromEntries(
    [...whole].map(([name, mean]) => {
      const left = without.flatMap((measures) => measures.get(name) ?? []);
      if (left.length < 2 || left.length < count) return [name, { mean, standardError: null, interval: null }];
      const centre = left.reduce((sum, value) => sum + value, 0) / count;
      const squares = left.reduce((sum, value) => sum + (value - centre) ** 2, 0);
      const standardError = Math.sqrt(((count - 1) / count) * squares);
      const half = studentQuantile(0.975, count - 1) * standardError;
      return [name, { mean, standardError, interval: [mean - half, mean + half] as const }];
    }),
  );
}
