import { z } from 'zod';
import type { Rng } from '#core';
import { commonsWorld } from './commons/commons-world.ts';
import { apple, type Land, waste } from './commons/land.ts';
import { cleanUpMap } from './commons/maps.ts';
import { commonsMetrics } from './commons/measures.ts';
import { checkCommons, commonsFields } from './commons/params.ts';
import type { CommonsState } from './commons/players.ts';
import { cleanUpPlanes } from './commons/sight.ts';

const signs = '@ PBHRS';
const chance = (value: number) => z.number().min(0).max(1).default(value);

const shape = z
  .strictObject({
    ...commonsFields,
    appleChance: chance(0.05).describe(
      'Chance that an apple grows on a free place in a step while the river is clean.',
    ),
    wasteChance: chance(0.5).describe(
      'Chance with which each clean cell of the river is tried until one is fouled, in a step.',
    ),
    depletion: chance(0.4).describe(
      'Share of waste in the river from which on nothing grows, and no more waste comes.',
    ),
    restoration: chance(0).describe('Share of waste up to which apples grow as fast as they can.'),
  })
  .superRefine((params, context) => {
    checkCommons(params, cleanUpMap, signs, context);
    if (params.restoration < params.depletion) return;
    const message = `less than depletion, ${params.depletion}`;
    context.addIssue({ code: 'custom', path: ['restoration'], message, input: params.restoration });
  });

export type CleanUpParams = z.infer<typeof shape>;

/** Apples grow by how clean the river is; a clean cell of it is fouled. */
function grow({ ground, playerAt }: CommonsState, { orchard, bed }: Land, params: CleanUpParams, rng: Rng): void {
  const { appleChance, wasteChance, depletion, restoration } = params;
  let fouled = 0;
  for (let i = 0; i < bed.length; i++) if (ground[bed[i]] === waste) fouled++;
  const density = bed.length === 0 ? 0 : fouled / bed.length;
  if (density >= depletion) return;
  const share = density <= restoration ? 1 : 1 - (density - restoration) / (depletion - restoration);
  for (let i = 0; i < orchard.length; i++) {
    const cell = orchard[i];
    if (ground[cell] !== apple && playerAt[cell] === 0 && rng.random() < share * appleChance) ground[cell] = apple;
  }
  const cleanCells = bed.length - fouled;
  // Cells tried one after the other in random order: the first success is any of them alike.
  if (cleanCells === 0 || rng.random() >= 1 - (1 - wasteChance) ** cleanCells) return;
  let left = rng.integer(0, cleanCells);
  for (let i = 0; ; i++) {
    if (ground[bed[i]] === waste) continue;
    if (left === 0) {
      ground[bed[i]] = waste;
      return;
    }
    left--;
  }
}

/** A river that somebody has to clean so that apples grow for all. */
export const cleanUp = commonsWorld<CleanUpParams>({
  id: 'clean-up',
  params: shape,
  card: {
    title: 'Clean up',
    description:
      'Waste gathers in a river; apples grow in an orchard on the other side, the faster, the cleaner the river is, and not at all at first. Cleaning pays nothing to whoever does it. Players can fire at each other, which costs both. Each sees planes of the cells around it, turned its way.',
    source:
      'Hughes et al. (2018), "Inequity aversion improves cooperation in intertemporal social dilemmas"; map, rates and order of a step as in eugenevinitsky/sequential_social_dilemma_games 0207821, cleanup.py. Who moves where several want to is decided afresh: there, players can come to share a cell.',
    licence: 'Rules and map are facts; the repository is MIT.',
    tests: 'Providing a public good: somebody has to work for what all enjoy.',
    rewardScale: {
      agent: '1 an apple, -1 for firing, -50 for being hit; cleaning is free.',
      team: 'The sum; apples less what fire costs.',
    },
    horizon: '1000 steps (`horizon`), a truncation.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -4643.2868, standardError: 11.7331 },
      roles: { agent: { mean: -928.6574, standardError: 2.3466 } },
    },
    baseline: {
      policies: { agent: 'conditional-harvester' },
      episodes: 200,
      seed: 0,
      team: { mean: 489.735, standardError: 5.4646 },
      roles: { agent: { mean: 97.947, standardError: 1.0929 } },
    },
    knownAnswer:
      'Nothing grows, and nobody gets anything, unless somebody cleans; five of the scripted conditional-harvester eat about 490 together.',
  },

  map: cleanUpMap,
  signs,
  planes: cleanUpPlanes,
  beams: ['fire', 'clean'],
  grow,
  metrics: commonsMetrics,
  legend: '* you, looking up; @ wall, A apple, H waste, R river, S stream, P another player',
  choices:
    'Go left, right, forward or back, stay, turn right or left, fire, or clean. Apples grow while the river is clean.',
});
