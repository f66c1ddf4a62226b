import { z } from 'zod';

const playerLevel = z.int().min(0).max(1000);
const foodLevel = z.int().min(1).max(1000);
const side = z.int().min(3).max(64);

/** What the id of a world says about its parameters. */
export interface ForagingDefaults {
  readonly rows?: number;
  readonly columns?: number;
  readonly players?: number;
  readonly foods?: number;
  readonly sight?: number;
  readonly maxFoodLevel?: number;
  readonly forceCoop?: boolean;
  readonly penalty?: number;
  readonly gridObservation?: boolean;
}

function shape(defaults: ForagingDefaults) {
  return z.strictObject({
    rows: side.default(defaults.rows ?? 8).describe('Rows of the field.'),
    columns: side.default(defaults.columns ?? 8).describe('Columns of the field.'),
    players: z
      .int()
      .min(1)
      .max(64)
      .default(defaults.players ?? 2)
      .describe('How many players there are.'),
    foods: z
      .int()
      .min(1)
      .max(64)
      .default(defaults.foods ?? 2)
      .describe(
        'How many foods are laid out, off the border and apart from each other; fewer where no more find a place.',
      ),
    sight: z
      .int()
      .min(0)
      .nullable()
      .default(defaults.sight ?? null)
      .describe('How far a player sees, in cells along each axis; null is everything.'),
    minPlayerLevel: z
      .union([playerLevel, z.array(playerLevel)])
      .default(1)
      .describe('Lowest level of a player; a list has one for each, dealt out in random order.'),
    maxPlayerLevel: z
      .union([playerLevel, z.array(playerLevel)])
      .default(2)
      .describe('Highest level of a player, likewise.'),
    minFoodLevel: z
      .union([foodLevel, z.array(foodLevel)])
      .default(1)
      .describe('Lowest level of a food; a list has one for each, dealt out in random order.'),
    maxFoodLevel: z
      .union([foodLevel, z.array(foodLevel)])
      .nullable()
      .default(defaults.maxFoodLevel ?? null)
      .describe('Highest level of a food, likewise; null is the sum of the three lowest levels of players.'),
    forceCoop: z
      .boolean()
      .default(defaults.forceCoop ?? true)
      .describe('Every food has its highest level, so that it takes several players to load it.'),
    normaliseReward: z
      .boolean()
      .default(true)
      .describe('Divide rewards so that clearing the field pays 1 in all; otherwise a load pays own level times food.'),
    penalty: z
      .number()
      .default(defaults.penalty ?? 0)
      .describe('What an attempt to load costs when the levels do not suffice; below 0 it pays.'),
    gridObservation: z
      .boolean()
      .default(defaults.gridObservation ?? false)
      .describe('Observe three layers (players, foods, free cells) around the player, instead of lists.'),
    observeLevels: z.boolean().default(true).describe('Whether the levels of players are observed.'),
    maxSteps: z.int().min(1).default(50).describe('Steps after which an episode is cut off.'),
  });
}

export type ForagingParams = z.infer<ReturnType<typeof shape>>;

/** Parameters of level-based foraging, with the defaults that an id names. */
export function foragingParams(defaults: ForagingDefaults): z.ZodType<ForagingParams> {
  return shape(defaults).superRefine((params, context) => {
    for (const { path, message } of problems(params)) context.addIssue({ code: 'custom', path: [path], message });
  });
}

/** The level bounds of each player or food, in the order of the parameters. */
export function eachOf(level: number | readonly number[], count: number): readonly number[] {
  return typeof level === 'number' ? new Array<number>(count).fill(level) : level;
}

/** The highest level that any food can have. */
export function highestFood({ maxFoodLevel, maxPlayerLevel, players, foods }: ForagingParams): number {
  if (maxFoodLevel !== null) return Math.max(...eachOf(maxFoodLevel, foods));
  return sumOfLowest(eachOf(maxPlayerLevel, players));
}

/** The sum of the three lowest levels: what a food can weigh at most where the parameters do not say. */
export function sumOfLowest(levels: ArrayLike<number>): number {
  const sorted = Array.from(levels).sort((a, b) => a - b);
  return sorted.slice(0, 3).reduce((sum, level) => sum + level, 0);
}

function* problems(params: ForagingParams): Generator<{ path: keyof ForagingParams; message: string }> {
  const { rows, columns, players, foods, minPlayerLevel, maxPlayerLevel, minFoodLevel, maxFoodLevel } = params;
  if (players > rows * columns) {
    yield { path: 'players', message: `at most ${rows * columns} players, one for each cell of ${rows} x ${columns}` };
  }
  const places = (rows - 2) * (columns - 2);
  if (foods > places) {
    yield {
      path: 'foods',
      message: `at most ${places} foods, one for each cell of ${rows} x ${columns} off the border`,
    };
  } else if (players + foods > rows * columns) {
    yield { path: 'foods', message: `at most ${rows * columns - players} foods: players and foods in all one a cell` };
  }
  const lists = { minPlayerLevel, maxPlayerLevel, minFoodLevel, maxFoodLevel };
  let fitting = true;
  for (const [path, level] of Object.entries(lists)) {
    const count = path.includes('Player') ? players : foods;
    if (typeof level === 'number' || level === null || level.length === count) continue;
    fitting = false;
    const each = path.includes('Player') ? 'player' : 'food';
    yield { path: path as keyof ForagingParams, message: `one level, or a list of ${count}, one for each ${each}` };
  }
  if (!fitting) return;
  if (!below(eachOf(minPlayerLevel, players), eachOf(maxPlayerLevel, players))) {
    yield { path: 'minPlayerLevel', message: 'a lowest level of at most the highest (`maxPlayerLevel`)' };
  } else if (
    !params.forceCoop &&
    !below(eachOf(minFoodLevel, foods), eachOf(maxFoodLevel ?? highestFood(params), foods))
  ) {
    const highest = maxFoodLevel === null ? 'the sum of the three lowest `maxPlayerLevel`' : '`maxFoodLevel`';
    yield { path: 'minFoodLevel', message: `a lowest level of at most the highest, which is ${highest}` };
  } else if (highestFood(params) < 1) {
    yield { path: 'maxPlayerLevel', message: 'players of whom three together reach level 1' };
  }
  if (params.gridObservation && params.sight === 0) {
    yield { path: 'sight', message: 'at least 1 with `gridObservation`' };
  }
}

function below(low: readonly number[], high: readonly number[]): boolean {
  return low.every((level, i) => level <= high[i]);
}
