import { z } from 'zod';
import { Driver, parseWith } from '#core';
import { type OvercookedParams, type OvercookedState, overcooked } from '#envs';
import { eventNames } from '#envs/overcooked/events';
import { kitchenOf } from '#envs/overcooked/kitchen';
import { classicLayouts, type LayoutName } from '#envs/overcooked/layouts';
import { lettersOf, nothing } from '#envs/overcooked/recipes';
import { itemName } from '#envs/overcooked/scene';
import type { ParityAdapter } from '../adapter.ts';
import { Comparison, firstMismatch } from '../difference.ts';
import { RecordedChance } from '../recorded-chance.ts';

const ingredients = z.array(z.enum(['onion', 'tomato'])).min(1);
const item = z.string().nullable();
const recordedState = z.strictObject({
  t: z.int().min(0),
  p: z.array(z.tuple([z.int(), z.int(), z.int(), item])).length(2),
  c: z.array(z.tuple([z.int(), z.int(), item])),
  pots: z.array(z.tuple([z.int(), z.int(), z.string(), z.int()])),
});
const encoding = z.array(z.tuple([z.int(), z.int(), z.int(), z.number()])).nullish();
const pair = z.tuple([z.number(), z.number()]);

const overcookedCase = z.looseObject({
  format: z.literal('polity-parity/1'),
  world: z.literal('overcooked'),
  params: z.strictObject({
    layout: z.string(),
    grid: z.array(z.string()),
    horizon: z.int(),
    oldDynamics: z.boolean(),
    orders: z.array(ingredients),
    bonusOrders: z.array(ingredients),
    orderBonus: z.number(),
    maxIngredients: z.int(),
    recipes: z.array(z.tuple([z.string(), z.number(), z.number()])),
    shaping: z.strictObject({
      PLACEMENT_IN_POT_REW: z.number(),
      DISH_PICKUP_REWARD: z.number(),
      SOUP_PICKUP_REWARD: z.number(),
    }),
  }),
  agents: z.array(z.string()).length(2),
  tolerance: z.number().min(0),
  reset: z.looseObject({ state: recordedState, encoding, encoding1: encoding }),
  steps: z.array(
    z.looseObject({
      actions: z.array(z.int().min(0).max(5)).length(2),
      rewards: z.array(z.number()).length(1),
      sparse: pair.optional(),
      shaped: pair,
      events: z.array(z.tuple([z.string(), z.int().min(0).max(1)])).optional(),
      state: recordedState,
      encoding,
      encoding1: encoding,
      truncated: z.boolean().optional(),
    }),
  ),
});

type OvercookedCase = z.infer<typeof overcookedCase>;

/** overcooked_ai's `OvercookedGridworld` and its `OvercookedEnv`'s horizon, replayed from the recorded start by the recorded actions. */
export const overcookedAdapter: ParityAdapter = {
  format: 'polity-parity/1',
  recorded: ['overcooked'],
  replay(given, file) {
    const recorded = parseWith(overcookedCase, given, file);
    const params = parseWith(overcooked.params, paramsOf(recorded), `${file} › params`);
    const driver = new Driver(overcooked, params, {
      autoreset: 'disabled',
      observeAll: true,
      // Nothing is drawn in this world: a draw would find nothing here.
      rng: () => new RecordedChance(),
    });
    const comparison = new Comparison();
    const { tolerance, agents } = recorded;
    const compareLooks = (step: number, moment: OvercookedCase['reset']) => {
      const state = driver.stateOf(0);
      comparison.note(step, null, 'state', firstMismatch(moment.state, stateOf(state, params), tolerance));
      for (const [p, expected] of [moment.encoding, moment.encoding1].entries()) {
        if (expected == null) continue;
        const got = nonzero(driver.observationOf(0, p), params);
        comparison.note(step, agents[p], 'encoding', firstMismatch(expected, got, tolerance));
      }
    };
    driver.reset();
    compareLooks(0, recorded.reset);
    for (const [t, step] of recorded.steps.entries()) {
      if (comparison.first !== null) return { world: overcooked.id, steps: t, difference: comparison.first };
      driver.actions.set(step.actions);
      driver.step();
      const state = driver.stateOf(0);
      const compare = (field: string, agent: string | null, expected: unknown, got: unknown) =>
        comparison.note(t + 1, agent, field, firstMismatch(expected, got, tolerance));
      agents.forEach((agent, p) => {
        compare('reward', agent, step.rewards[0], driver.rewards[p]);
      });
      compare('sparse', null, step.sparse ?? [0, 0], state.sparse);
      compare('shaped', null, step.shaped, state.shaped);
      compare('events', null, step.events ?? [], eventsOf(state));
      compareLooks(t + 1, step);
      compare('over', null, step.truncated === true, driver.isOver(0));
    }
    return { world: overcooked.id, steps: recorded.steps.length, difference: comparison.first };
  },
};

/** A pot takes what the longest recipe has: upstream goes by that, whatever the record calls its own limit. */
function paramsOf({ params, reset }: OvercookedCase): object {
  const letters = (names: readonly string[]) => names.map((name) => name[0]).join('');
  const { PLACEMENT_IN_POT_REW, DISH_PICKUP_REWARD, SOUP_PICKUP_REWARD } = params.shaping;
  const known = classicLayouts[params.layout as LayoutName];
  const isClassic = known !== undefined && String(known) === String(params.grid);
  return {
    ...(isClassic ? { layout: params.layout } : { grid: params.grid }),
    horizon: params.horizon,
    oldDynamics: params.oldDynamics,
    orders: params.orders.map(letters),
    bonusOrders: params.bonusOrders.map(letters),
    orderBonus: params.orderBonus,
    maxIngredients: params.recipes.reduce((most, [name]) => Math.max(most, name.length), 0) || params.maxIngredients,
    recipes: Object.fromEntries(params.recipes.map(([name, value, cookTime]) => [name, { value, cookTime }])),
    shaping: {
      potPlacement: PLACEMENT_IN_POT_REW,
      dishPickup: DISH_PICKUP_REWARD,
      soupPickup: SOUP_PICKUP_REWARD,
    },
    start: isStandard(reset.state, params.grid) ? null : startOf(reset.state),
  };
}

function isStandard({ t, p, c, pots }: OvercookedCase['reset']['state'], grid: readonly string[]): boolean {
  const atStart = p.every(([x, y, facing, held], i) => grid[y]?.[x] === String(i + 1) && facing === 0 && held === null);
  return t === 0 && atStart && c.length === 0 && pots.every(([, , inside]) => inside === '');
}

function startOf({ t, p, c, pots }: OvercookedCase['reset']['state']): object {
  return { step: t, players: p, counters: c, pots };
}

function stateOf(state: OvercookedState, params: OvercookedParams): OvercookedCase['reset']['state'] {
  const { width, pots } = kitchenOf(params);
  const place = (cell: number): [number, number] => [cell % width, Math.floor(cell / width)];
  return {
    t: state.step,
    p: Array.from(state.places, (cell, p) => [...place(cell), state.facing[p], itemName(state.held[p])]),
    c: Array.from(state.counters.keys())
      .filter((cell) => state.counters[cell] !== nothing)
      .map((cell) => [...place(cell), itemName(state.counters[cell])]),
    pots: pots.map((cell, i) => [...place(cell), lettersOf(state.potRow[i]), state.potTick[i]]),
  };
}

function nonzero(observation: Float32Array, params: OvercookedParams): number[][] {
  const { height, cells } = kitchenOf(params);
  const layers = observation.length / cells.length;
  const entries: number[][] = [];
  observation.forEach((value, i) => {
    if (value === 0) return;
    const cell = Math.floor(i / layers);
    entries.push([Math.floor(cell / height), cell % height, i % layers, value]);
  });
  return entries;
}

/** Upstream lists events by kind, then by player. */
function eventsOf({ events }: OvercookedState): [string, number][] {
  return eventNames.flatMap((name, k) =>
    [0, 1].filter((p) => (events[p] & (1 << k)) !== 0).map((p): [string, number] => [name, p]),
  );
}
