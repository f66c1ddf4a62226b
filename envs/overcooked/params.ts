import { z } from 'zod';
import { PolityError } from '#core';
import { counter, free, type Kitchen, pot, readGrid } from './kitchen.ts';
import { classicLayouts, layoutNames } from './layouts.ts';
import { sorted } from './recipes.ts';

const recipe = z.string().regex(/^[ot]+$/, 'letters o (onion) and t (tomato), at least one');
const cell = z.int().min(0);
const thing = z
  .string()
  .regex(/^(onion|tomato|dish|soup:[ot]+)$/, 'onion, tomato, dish or soup: with its ingredients, such as soup:ooo')
  .nullable();

const player = z.tuple([cell, cell, z.int().min(0).max(3), thing]);

const start = z.strictObject({
  step: z.int().min(0).default(0).describe('Steps that count as played already.'),
  players: z.tuple([player, player]).describe('Both players as [x, y, facing, held].'),
  counters: z
    .array(z.tuple([cell, cell, thing]))
    .default([])
    .describe('What lies on counters, as [x, y, item].'),
  pots: z
    .array(z.tuple([cell, cell, z.string().regex(/^[ot]*$/, 'letters o and t'), z.int().min(-1)]))
    .default([])
    .describe('What is in pots, as [x, y, ingredients, tick]; tick -1 while it does not cook.'),
});

const shape = z.strictObject({
  layout: z.enum(layoutNames).default('cramped_room').describe('Which of the five classic kitchens.'),
  grid: z
    .array(z.string())
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'A kitchen of one’s own instead, one string a row: X counter, O onions, T tomatoes, D dishes, P pot, S serving place, 1 and 2 the players.',
    ),
  oldDynamics: z
    .boolean()
    .default(false)
    .describe(
      'Pots with three ingredients start to cook by themselves; otherwise an empty-handed interact starts them.',
    ),
  orders: z
    .array(recipe)
    .min(1)
    .default(['ooo'])
    .describe('Soups that are paid for: o for each onion, t for each tomato.'),
  bonusOrders: z.array(recipe).default([]).describe('Those of them that pay orderBonus times their value.'),
  orderBonus: z.number().default(2).describe('How many times a bonus order pays.'),
  maxIngredients: z.int().min(1).max(6).default(3).describe('Ingredients that a pot takes.'),
  soupValue: z.number().default(20).describe('What an ordered soup brings, where recipes do not say otherwise.'),
  cookTime: z.int().min(1).default(20).describe('Steps that a soup cooks, where recipes do not say otherwise.'),
  recipes: z
    .record(
      z.string(),
      z.strictObject({
        value: z.number().optional().describe('What the soup brings.'),
        cookTime: z.int().min(1).optional().describe('Steps that it cooks.'),
      }),
    )
    .default({})
    .describe('Value and cooking time of single recipes, by their letters.'),
  shaping: z
    .strictObject({
      potPlacement: z.number().default(3).describe('For an ingredient put into a pot.'),
      dishPickup: z.number().default(3).describe('For a dish taken from the dispenser while one is needed.'),
      soupPickup: z.number().default(5).describe('For a soup taken out of a pot.'),
    })
    .default({ potPlacement: 3, dishPickup: 3, soupPickup: 5 })
    .describe('Shaped rewards, paid to the player who earns them, times shapingWeight.'),
  shapingWeight: z.number().min(0).default(0).describe('How much of the shaped rewards is paid; 0 is soups alone.'),
  horizon: z.int().min(1).default(400).describe('Steps after which an episode is cut off.'),
  observation: z
    .enum(['lossless', 'features'])
    .default('lossless')
    .describe('26 layers over the kitchen [width, height, 26], or a vector of features.'),
  featurePots: z.int().min(0).max(8).default(2).describe('How many of the closest pots the feature vector describes.'),
  start: start
    .nullable()
    .default(null)
    .describe(
      'A start other than the standard one: players and counters as [x, y, ...], facing 0 north, 1 south, 2 east, 3 west; pots with ingredients and cooking tick, -1 not cooking.',
    ),
});

export type OvercookedParams = z.infer<typeof shape>;

export const overcookedParams = shape.superRefine((params, context) => {
  const problem = problemOf(params);
  if (problem === undefined) return;
  const { path, message } = problem;
  context.addIssue({ code: 'custom', path: [path], message, input: params[path] });
});

interface Problem {
  readonly path: keyof OvercookedParams;
  readonly message: string;
}

function problemOf(params: OvercookedParams): Problem | undefined {
  const { orders, bonusOrders, recipes, maxIngredients, oldDynamics, horizon } = params;
  let kitchen: Omit<Kitchen, 'menu'>;
  try {
    kitchen = readGrid(params.grid ?? classicLayouts[params.layout], 'grid');
  } catch (error) {
    if (!(error instanceof PolityError)) throw error;
    return { path: 'grid', message: `${error.detail.expected}; found ${error.detail.got}` };
  }
  const names = orders.map(sorted);
  const tooLong = [...orders, ...bonusOrders].find((letters) => letters.length > maxIngredients);
  if (tooLong !== undefined) return { path: 'orders', message: `at most ${maxIngredients} ingredients in ${tooLong}` };
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) return { path: 'orders', message: `each recipe once, and ${twice} is there twice` };
  const stranger = bonusOrders.find((letters) => !names.includes(sorted(letters)));
  if (stranger !== undefined) return { path: 'bonusOrders', message: `some of the orders, and ${stranger} is none` };
  if (oldDynamics && names.some((name) => name.length !== 3)) {
    return { path: 'orders', message: 'soups of three ingredients, which is what oldDynamics cooks' };
  }
  const unknown = Object.keys(recipes).find((letters) => !recipe.safeParse(letters).success);
  if (unknown !== undefined) return { path: 'recipes', message: `recipes by letters o and t; found "${unknown}"` };
  if (params.start === null) return undefined;
  if (params.start.step >= horizon) return { path: 'start', message: `a step before the horizon, ${horizon}` };
  return startProblem(params.start, kitchen, maxIngredients);
}

function startProblem(
  { players, counters, pots }: NonNullable<OvercookedParams['start']>,
  { width, height, cells }: Omit<Kitchen, 'menu'>,
  most: number,
): Problem | undefined {
  const kindAt = (x: number, y: number) => (x < width && y < height ? cells[y * width + x] : -1);
  const wrong = (message: string): Problem => ({ path: 'start', message });
  const taken = new Set<string>();
  for (const [list, kind, name] of [
    [players, free, 'players on cells to walk on'],
    [counters, counter, 'things on counters'],
    [pots, pot, 'soups in pots'],
  ] as const) {
    for (const [x, y] of list) {
      if (kindAt(x, y) !== kind) return wrong(`${name}, and (${x}, ${y}) is none`);
      if (taken.has(`${x} ${y}`)) return wrong(`one thing in a cell, and (${x}, ${y}) has two`);
      taken.add(`${x} ${y}`);
    }
  }
  const held = [...players.map(([, , , item]) => item), ...counters.map(([, , item]) => item)];
  const soups = held.flatMap((item) => (item?.startsWith('soup:') ? [item.slice('soup:'.length)] : []));
  if ([...soups, ...pots.map(([, , letters]) => letters)].some((letters) => letters.length > most)) {
    return wrong(`soups of at most ${most} ingredients`);
  }
  if (pots.some(([, , letters, tick]) => tick >= 0 && letters === ''))
    return wrong('nothing that cooks in an empty pot');
  return undefined;
}
