import type { OvercookedParams } from './params.ts';

/** What one holds or what lies somewhere; from `soup` on, soups by the row of their ingredients. */
export const nothing = 0;
export const onion = 1;
export const tomato = 2;
export const dish = 3;
export const soup = 4;

/**
 * What soups are worth and how long they cook, by the row of their ingredients in order of arrival: the k-th counts as 1 (onion) or
 * 2 (tomato) times 3^k, so that 0 is an empty pot. Rows with a gap in them never occur.
 *
 * Shapes: all [3^most].
 */
export interface Menu {
  /** Ingredients that a pot takes. */
  readonly most: number;
  readonly size: Uint8Array;
  readonly onions: Uint8Array;
  readonly tomatoes: Uint8Array;
  /** What a soup brings when it is served, bonus included; 0 for what nobody ordered. */
  readonly value: Float64Array;
  /** The highest value that can be reached by adding ingredients; where that is nothing positive, the value as it is. */
  readonly bestValue: Float64Array;
  readonly cookTime: Int32Array;
}

/** Works out the book of recipes. Source: overcooked_ai 1.1.0, overcooked_mdp.py, Recipe and get_optimal_possible_recipe. */
export function menuOf(params: OvercookedParams): Menu {
  const most = params.maxIngredients;
  const rows = 3 ** most;
  const menu: Menu = {
    most,
    size: new Uint8Array(rows),
    onions: new Uint8Array(rows),
    tomatoes: new Uint8Array(rows),
    value: new Float64Array(rows),
    bestValue: new Float64Array(rows),
    cookTime: new Int32Array(rows),
  };
  const ordered = new Set(params.orders.map(sorted));
  const bonus = new Set(params.bonusOrders.map(sorted));
  const special = new Map(Object.entries(params.recipes).map(([letters, recipe]) => [sorted(letters), recipe]));
  for (let row = 0; row < rows; row++) {
    const letters = lettersOf(row);
    menu.size[row] = letters.length;
    menu.onions[row] = [...letters].filter((letter) => letter === 'o').length;
    menu.tomatoes[row] = letters.length - menu.onions[row];
    const recipe = sorted(letters);
    const { value = params.soupValue, cookTime = params.cookTime } = special.get(recipe) ?? {};
    const worth = ordered.has(recipe) ? value : 0;
    menu.value[row] = bonus.has(recipe) ? params.orderBonus * worth : worth;
    menu.cookTime[row] = cookTime;
  }
  for (let row = 0; row < rows; row++) menu.bestValue[row] = bestFrom(row, menu);
  return menu;
}

function bestFrom(row: number, { most, onions, tomatoes, size, value }: Menu): number {
  let best = 0;
  for (let other = 1; other < value.length; other++) {
    if (onions[other] < onions[row] || tomatoes[other] < tomatoes[row] || size[other] > most) continue;
    best = Math.max(best, value[other]);
  }
  return best > 0 ? best : value[row];
}

/** The row of a soup after one more ingredient. */
export function withIngredient(row: number, ingredient: number, size: number): number {
  return row + ingredient * 3 ** size;
}

/**
 * Ingredients of a row, in order of arrival.
 *
 * @example
 * lettersOf(1 + 2 * 3) // 'ot'
 */
export function lettersOf(row: number): string {
  let letters = '';
  for (let left = row; left > 0; left = Math.floor(left / 3)) letters += left % 3 === 1 ? 'o' : 't';
  return letters;
}

/** The row of ingredients given by letters. */
export function rowOf(letters: string): number {
  return [...letters].reduce((row, letter, k) => withIngredient(row, letter === 'o' ? onion : tomato, k), 0);
}

/** The letters of a recipe in alphabetical order, which is its name. */
export function sorted(letters: string): string {
  return [...letters].sort().join('');
}
