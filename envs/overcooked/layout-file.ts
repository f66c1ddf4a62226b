import { z } from 'zod';
import { parseWith } from '#core';
import { type OvercookedParams, overcookedParams } from './params.ts';
import { readPythonLiteral } from './python-literal.ts';
import { sorted } from './recipes.ts';

const place = z.tuple([z.int(), z.int()]);
const order = z.looseObject({ ingredients: z.array(z.enum(['onion', 'tomato'])).min(1) });
const orders = z.array(order).nullish();
const thing = z.looseObject({
  name: z.enum(['onion', 'tomato', 'dish', 'soup']),
  position: place,
  _ingredients: z.array(z.looseObject({ name: z.enum(['onion', 'tomato']) })).optional(),
  cooking_tick: z.int().optional(),
  _cooking_tick: z.int().optional(),
});
const numbers = z.array(z.number()).optional();

/** What upstream's layout files hold. Source: overcooked_ai 1.1.0, data/layouts, OvercookedGridworld and Recipe.configure. */
const layoutFile = z.strictObject({
  grid: z.string(),
  layout_name: z.string().optional(),
  start_all_orders: orders,
  start_bonus_orders: orders,
  order_bonus: z.number().optional(),
  max_num_ingredients: z.int().optional(),
  num_items_for_soup: z.int().optional().describe('Read by nobody upstream either.'),
  delivery_reward: z.number().nullish(),
  cook_time: z.number().nullish(),
  recipe_values: numbers,
  recipe_times: numbers,
  onion_value: z.number().nullish(),
  tomato_value: z.number().nullish(),
  onion_time: z.number().nullish(),
  tomato_time: z.number().nullish(),
  old_dynamics: z.boolean().optional(),
  rew_shaping_params: z
    .looseObject({
      PLACEMENT_IN_POT_REW: z.number(),
      DISH_PICKUP_REWARD: z.number(),
      SOUP_PICKUP_REWARD: z.number(),
    })
    .nullish(),
  start_state: z
    .looseObject({
      players: z.array(z.looseObject({ position: place, orientation: place, held_object: thing.nullish() })),
      objects: z.array(thing),
      timestep: z.int().optional(),
    })
    .optional(),
});

type LayoutFile = z.infer<typeof layoutFile>;

/**
 * Reads the text of a `.layout` file of upstream's, or a bare map, into parameters.
 *
 * Throws: PolityError (input) for text that is neither, and for what the world refuses.
 *
 * @example
 * readOvercookedLayout('XPX\nO1D\nX2X\nXSX').grid // ['XPX', 'O1D', 'X2X', 'XSX']
 */
export function readOvercookedLayout(text: string, where = 'layout'): OvercookedParams {
  if (!text.trimStart().startsWith('{')) {
    return parseWith(overcookedParams, { grid: rowsOf(text.replace(/^\s*\n|\n\s*$/g, '')) }, where);
  }
  const file = parseWith(layoutFile, readPythonLiteral(text, where), where);
  const most = file.max_num_ingredients ?? 3;
  const all = allRecipes(most);
  const ordered = (file.start_all_orders ?? []).map(lettersOf);
  const { rew_shaping_params: shaping, start_state: start } = file;
  const given = {
    grid: rowsOf(file.grid),
    maxIngredients: most,
    orders: ordered.length === 0 ? all : ordered,
    bonusOrders: (file.start_bonus_orders ?? []).map(lettersOf),
    orderBonus: file.order_bonus,
    oldDynamics: file.old_dynamics,
    recipes: Object.fromEntries(
      all.map((letters) => [
        letters,
        { value: worthOf(letters, file, ordered), cookTime: timeOf(letters, file, ordered) },
      ]),
    ),
    shaping:
      shaping == null
        ? undefined
        : {
            potPlacement: shaping.PLACEMENT_IN_POT_REW,
            dishPickup: shaping.DISH_PICKUP_REWARD,
            soupPickup: shaping.SOUP_PICKUP_REWARD,
          },
    start: start === undefined ? null : startOf(start, file),
  };
  return parseWith(overcookedParams, given, where);
}

function rowsOf(grid: string): string[] {
  return grid.split('\n').map((row) => row.trim());
}

function lettersOf({ ingredients }: z.infer<typeof order>): string {
  return ingredients.map((name) => name[0]).join('');
}

function allRecipes(most: number): string[] {
  return Array.from({ length: most }, (_, i) => i + 1).flatMap((size) =>
    Array.from({ length: size + 1 }, (_, tomatoes) => 'o'.repeat(size - tomatoes) + 't'.repeat(tomatoes)),
  );
}

/** Upstream takes a 0 for nothing said, except in lists. */
function worthOf(letters: string, file: LayoutFile, ordered: readonly string[]): number {
  if (file.delivery_reward) return file.delivery_reward;
  return listed(letters, file.recipe_values, ordered) ?? (summed(letters, file.onion_value, file.tomato_value) || 20);
}

function timeOf(letters: string, file: LayoutFile, ordered: readonly string[]): number {
  if (file.cook_time) return file.cook_time;
  return listed(letters, file.recipe_times, ordered) ?? (summed(letters, file.onion_time, file.tomato_time) || 20);
}

function listed(letters: string, list: readonly number[] | undefined, ordered: readonly string[]): number | undefined {
  return list?.[ordered.findIndex((recipe) => sorted(recipe) === letters)];
}

function summed(letters: string, onion: number | null | undefined, tomato: number | null | undefined): number {
  if (!onion || !tomato) return 0;
  return [...letters].reduce((sum, letter) => sum + (letter === 'o' ? onion : tomato), 0);
}

const facings = ['0,-1', '0,1', '1,0', '-1,0'];

function startOf(
  { players, objects, timestep = 0 }: NonNullable<LayoutFile['start_state']>,
  { grid }: LayoutFile,
): object {
  const rows = rowsOf(grid);
  const item = (object: z.infer<typeof thing> | null | undefined) => {
    if (object == null) return null;
    return object.name === 'soup' ? `soup:${inside(object)}` : object.name;
  };
  const isPot = ({ position: [x, y] }: z.infer<typeof thing>) => rows[y]?.[x] === 'P';
  return {
    step: timestep,
    players: players.map(({ position, orientation, held_object }) => [
      ...position,
      facings.indexOf(String(orientation)),
      item(held_object),
    ]),
    counters: objects.filter((object) => !isPot(object)).map((object) => [...object.position, item(object)]),
    pots: objects
      .filter(isPot)
      .map((object) => [...object.position, inside(object), object.cooking_tick ?? object._cooking_tick ?? -1]),
  };
}

function inside({ _ingredients = [] }: z.infer<typeof thing>): string {
  return _ingredients.map(({ name }) => name[0]).join('');
}
