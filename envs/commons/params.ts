import { z } from 'zod';
import { PolityError } from '#core';
import { readLand } from './land.ts';

/** Parameters that both commons have. */
export const commonsFields = {
  agents: z.int().min(1).max(64).default(5).describe('Players; each begins on a place of its own.'),
  map: z
    .array(z.string())
    .min(1)
    .nullable()
    .default(null)
    .describe('A map of one’s own, one string a row; null is the map of the game.'),
  view: z.int().min(1).max(15).default(7).describe('Cells that a player sees in every direction.'),
  beamLength: z.int().min(1).max(32).default(5).describe('Cells that a beam reaches; it is three wide.'),
  fireCost: z.number().min(0).default(1).describe('What it costs to fire.'),
  hitPenalty: z.number().min(0).default(50).describe('What it costs to be hit.'),
  reward: z
    .enum(['individual', 'collective'])
    .default('individual')
    .describe('Everybody gets its own reward, or the sum of all.'),
  horizon: z.int().min(1).default(1000).describe('Steps after which an episode is cut off.'),
};

export interface CommonsParams {
  readonly agents: number;
  readonly map: string[] | null;
  readonly view: number;
  readonly beamLength: number;
  readonly fireCost: number;
  readonly hitPenalty: number;
  readonly reward: 'individual' | 'collective';
  readonly horizon: number;
}

/** Refuses maps that cannot be read and more players than places to begin. */
export function checkCommons(
  { map, agents }: CommonsParams,
  ownMap: readonly string[],
  allowed: string,
  context: z.core.$RefinementCtx,
): void {
  try {
    const { starts } = readLand(map ?? ownMap, allowed, 'map');
    if (agents <= starts.length) return;
    const message = `at most ${starts.length} players, one for each P of the map`;
    context.addIssue({ code: 'custom', path: ['agents'], message, input: agents });
  } catch (error) {
    if (!(error instanceof PolityError)) throw error;
    const message = `${error.detail.expected}; found ${error.detail.got}`;
    context.addIssue({ code: 'custom', path: ['map'], message, input: map });
  }
}
