import { z } from 'zod';
import { mostNeighbours } from './neighbours.ts';

/** Parameters that particle worlds share. */
export const maxCycles = z.int().min(1).default(25).describe('Steps after which an episode is cut off.');

export const continuous = z
  .boolean()
  .default(false)
  .describe(
    'Numbers between 0 and 1 as actions (five pushes, and one a word), instead of one of five moves and one word.',
  );

export const localRatio = z
  .number()
  .min(0)
  .max(1)
  .default(0.5)
  .describe('Weight of an agent’s own reward; the rest is the mean reward of all.');

const neighbours = z.int().min(1).max(mostNeighbours).nullable().default(null);

export const agentNeighbours = neighbours.describe(
  'Observe only this many other agents, nearest first; null is all, by number.',
);

export const landmarkNeighbours = neighbours.describe(
  'Observe only this many landmarks, nearest first; null is all, by number.',
);
