import type { Locate } from '#core';
import { createSchedule } from '#math';
import type { Catalogue } from '../catalogue.ts';
import type { ExperimentConfig } from '../config.ts';

/** Reads every formula among the learner's options. Throws: PolityError (input) for one that cannot be read or computed. */
export async function checkFormulas(config: ExperimentConfig, locate: Locate, catalogue: Catalogue): Promise<void> {
  const { algorithm, ...options } = config.learner;
  for (const key of catalogue.algorithms.get(algorithm).schedules) {
    await createSchedule(options[key] as number | string, locate(['learner', key]));
  }
}
