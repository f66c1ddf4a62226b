import { z } from 'zod';
import { foraging } from '#envs';
import { seededAdapter } from '../seeded-adapter.ts';

const level = z.union([z.int(), z.array(z.int())]);

/** lbforaging's `ForagingEnv`, fresh for each episode. */
export const foragingAdapter = seededAdapter({
  recorded: 'level-based-foraging',
  env: foraging,
  upstream: z.strictObject({
    players: z.int(),
    min_player_level: level,
    max_player_level: level,
    min_food_level: level,
    max_food_level: level.nullable(),
    field_size: z.tuple([z.int(), z.int()]),
    max_num_food: z.int(),
    sight: z.int(),
    max_episode_steps: z.int(),
    force_coop: z.boolean(),
    normalize_reward: z.boolean().default(true),
    grid_observation: z.boolean().default(false),
    observe_agent_levels: z.boolean().default(true),
    penalty: z.number().default(0),
  }),
  params: (upstream) => ({
    rows: upstream.field_size[0],
    columns: upstream.field_size[1],
    players: upstream.players,
    foods: upstream.max_num_food,
    sight: upstream.sight,
    minPlayerLevel: upstream.min_player_level,
    maxPlayerLevel: upstream.max_player_level,
    minFoodLevel: upstream.min_food_level,
    maxFoodLevel: upstream.max_food_level,
    forceCoop: upstream.force_coop,
    normaliseReward: upstream.normalize_reward,
    penalty: upstream.penalty,
    gridObservation: upstream.grid_observation,
    observeLevels: upstream.observe_agent_levels,
    maxSteps: upstream.max_episode_steps,
  }),
  state: ({ players, playerLevels, foods, levels, spawned }, { columns }) => ({
    players: Array.from(players, (cell, p) => [...place(cell, columns), playerLevels[p]]),
    foods: Array.from({ length: spawned }, (_, f) => [...place(foods[f], columns), levels[f]]).filter(
      ([, , left]) => left > 0,
    ),
  }),
  inject(state, recorded, { columns }) {
    const { players, foods } = recorded as { players?: number[][]; foods?: number[][] };
    players?.forEach(([row, column, own], p) => {
      state.players[p] = row * columns + column;
      state.playerLevels[p] = own;
    });
    if (foods === undefined) return;
    state.field.fill(0);
    for (const [row, column, own] of foods) state.field[row * columns + column] = own;
    for (let f = 0; f < state.spawned; f++) state.levels[f] = state.field[state.foods[f]];
    state.left = foods.length;
  },
});

function place(cell: number, columns: number): [row: number, column: number] {
  return [Math.floor(cell / columns), cell % columns];
}
