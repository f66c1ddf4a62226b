import { finiteNumbers } from '#core';
import { apple, waste } from './land.ts';
import type { CommonsState } from './players.ts';

/**
 * Equality (1 - Gini coefficient of apples), sustainability (mean over players of the mean step at which they ate), apples, hits.
 *
 * Source: Perolat et al. (2017), "A multi-agent reinforcement learning model of common-pool resource appropriation", section 3.
 */
export function commonsMetrics({ eaten, eatenAt, ground, fires, hits, cleaned }: CommonsState): Record<string, number> {
  const n = eaten.length;
  let apples = 0;
  let spread = 0;
  let steps = 0;
  let eaters = 0;
  for (let a = 0; a < n; a++) {
    apples += eaten[a];
    for (let b = 0; b < n; b++) spread += Math.abs(eaten[a] - eaten[b]);
    if (eaten[a] === 0) continue;
    steps += eatenAt[a] / eaten[a];
    eaters++;
  }
  const count = (kind: number) => ground.reduce((sum, here) => sum + (here === kind ? 1 : 0), 0);
  return {
    ...finiteNumbers({
      apples,
      applesLeft: count(apple),
      equality: 1 - spread / (2 * n * apples),
      sustainability: steps / eaters,
      fires,
      hits,
      cleaned: cleaned.reduce((sum, cells) => sum + cells, 0),
      wasteLeft: count(waste),
    }),
  };
}
