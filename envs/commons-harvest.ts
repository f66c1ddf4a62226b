import { z } from 'zod';
import type { Rng } from '#core';
import { commonsWorld } from './commons/commons-world.ts';
import { apple, type Land } from './commons/land.ts';
import { harvestMap } from './commons/maps.ts';
import { commonsMetrics } from './commons/measures.ts';
import { checkCommons, commonsFields } from './commons/params.ts';
import type { CommonsState } from './commons/players.ts';
import { harvestPlanes } from './commons/sight.ts';

const signs = '@ PA';

const shape = z
  .strictObject({
    ...commonsFields,
    regrowth: z
      .array(z.number().min(0).max(1))
      .length(4)
      .default([0, 0.005, 0.02, 0.05])
      .describe('Chance that an apple grows again in a step, with 0, 1, 2 and at least 3 apples around its place.'),
  })
  .superRefine((params, context) => checkCommons(params, harvestMap, signs, context));

export type CommonsHarvestParams = z.infer<typeof shape>;

/** Apples grow again where others are near; by the chances before anything grows. */
function regrow(
  { ground, playerAt }: CommonsState,
  { orchard, width }: Land,
  regrowth: readonly number[],
  rng: Rng,
): void {
  const sprout = 0x80;
  for (let i = 0; i < orchard.length; i++) {
    const cell = orchard[i];
    if (ground[cell] === apple || playerAt[cell] !== 0) continue;
    let near = 0;
    for (let row = -width; row <= width; row += width) {
      for (let column = -1; column <= 1; column++) if (ground[cell + row + column] === apple) near++;
    }
    const chance = regrowth[Math.min(near, 3)];
    if (chance > 0 && rng.random() < chance) ground[cell] |= sprout;
  }
  for (let i = 0; i < orchard.length; i++) if (ground[orchard[i]] >= sprout) ground[orchard[i]] = apple;
}

/** Apples that grow again only where others are left. */
export const commonsHarvest = commonsWorld<CommonsHarvestParams>({
  id: 'commons-harvest',
  params: shape,
  card: {
    title: 'Commons harvest',
    description:
      'Players eat apples in an orchard. An apple grows again the sooner, the more apples are around its place, and never where none is: who takes the last of a patch ends it for all. Players can fire at each other, which costs both. Each sees planes of the cells around it, turned its way.',
    source:
      'Perolat et al. (2017); map, rates and order of a step as in eugenevinitsky/sequential_social_dilemma_games 0207821, harvest.py. Who moves where several want to is decided afresh: there, players can come to share a cell.',
    licence: 'Rules and map are facts; the repository is MIT.',
    tests: 'Restraint: a tragedy of the commons, which fire can police.',
    rewardScale: {
      agent: '1 an apple, -1 for firing, -50 for being hit.',
      team: 'The sum; apples less what fire costs.',
    },
    horizon: '1000 steps (`horizon`), a truncation.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -3562.0693, standardError: 12.9814 },
      roles: { agent: { mean: -712.4139, standardError: 2.5963 } },
    },
    baseline: {
      policies: { agent: 'conditional-harvester' },
      episodes: 1000,
      seed: 0,
      team: { mean: 1114.202, standardError: 1.8461 },
      roles: { agent: { mean: 222.8404, standardError: 0.3692 } },
    },
    knownAnswer:
      'Five of the scripted conditional-harvester, who leave the last apples of a patch, eat about 1100 together and the orchard stands; the same players eating whatever they see have eaten it up after about 170.',
  },

  map: harvestMap,
  signs,
  planes: harvestPlanes,
  beams: ['fire'],
  grow: (state, land, params, rng) => regrow(state, land, params.regrowth, rng),

  metrics(state) {
    const { cleaned: _cleaned, wasteLeft: _wasteLeft, ...rest } = commonsMetrics(state);
    return rest;
  },

  legend: '* you, looking up; @ wall, A apple, P another player',
  choices: 'Go left, right, forward or back, stay, turn right or left, or fire. Apples grow again only near others.',
});
