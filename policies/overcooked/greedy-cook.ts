import { type ActorContext, defineScripted, type Rng } from '#core';
import {
  counters,
  createSight,
  dish,
  dishRacks,
  hatches,
  look,
  nothing,
  onion,
  onionBoxes,
  pots,
  type Sight,
  soup,
  tomato,
  tomatoBoxes,
} from './sight.ts';
import { createWays, markReach, stepTowards, type Ways } from './ways.ts';

interface Setup {
  readonly sight: Sight;
  readonly ways: Ways;
  /** Onions and tomatoes of the orders, best paid first. */
  readonly orders: readonly { readonly onions: number; readonly tomatoes: number }[];
  readonly oldDynamics: boolean;
}

/** Where it was and what it held when it last chose, and how often nothing has come of it. */
interface Memory {
  place: number;
  facing: number;
  holds: number;
  stuck: number;
}

interface Menu {
  readonly orders: readonly string[];
  readonly bonusOrders: readonly string[];
  readonly orderBonus: number;
  readonly soupValue: number;
  readonly recipes: Readonly<Record<string, { readonly value?: number }>>;
  readonly oldDynamics: boolean;
}

const stay = 4;
const interact = 5;

/** Brings what the kitchen lacks to where it is lacking, and hands over on a counter what it cannot bring there itself. */
export const greedyCook = defineScripted<Setup, Memory>({
  id: 'greedy-cook',
  card: {
    title: 'Greedy cook',
    description:
      'Serves soups, else fetches a dish for a pot that cooks, else an ingredient that brings the fullest pot closer to an order, else starts a pot. Goes the shortest way around the other cook, puts what it cannot bring further on a counter that both can reach, and steps aside at random when it is stuck. Plays alone, with a copy of itself or with anybody.',
    source: 'Shortest paths by breadth-first search; rules of overcooked_ai 1.1.0.',
    worlds: ['overcooked'],
  },
  prepare,
  remember: () => ({ place: -1, facing: -1, holds: -1, stuck: 0 }),
  act({ observation, memory, rng }, out, setup) {
    const { sight } = setup;
    look(sight, observation);
    const same = memory.place === sight.place && memory.facing === sight.facing && memory.holds === sight.holds;
    memory.stuck = same ? memory.stuck + 1 : 0;
    memory.place = sight.place;
    memory.facing = sight.facing;
    memory.holds = sight.holds;
    out[0] = memory.stuck > 1 && rng.random() < 0.5 ? rng.integer(0, stay) : choose(setup, rng);
  },
});

function prepare(context: ActorContext): Setup {
  const sight = createSight('greedy-cook', context);
  const { orders, bonusOrders, orderBonus, soupValue, recipes, oldDynamics } = context.env.params as Menu;
  const sorted = (letters: string) => [...letters].sort().join('');
  const bonus = bonusOrders.map(sorted);
  const named = Object.fromEntries(Object.entries(recipes).map(([letters, recipe]) => [sorted(letters), recipe]));
  const worth = (letters: string) =>
    (named[sorted(letters)]?.value ?? soupValue) * (bonus.includes(sorted(letters)) ? orderBonus : 1);
  const count = (letters: string, letter: string) => [...letters].filter((l) => l === letter).length;
  return {
    sight,
    ways: createWays(sight),
    orders: [...orders]
      .sort((a, b) => worth(b) - worth(a))
      .map((letters) => ({ onions: count(letters, 'o'), tomatoes: count(letters, 't') })),
    oldDynamics,
  };
}

function choose(setup: Setup, rng: Rng): number {
  const { sight, ways } = setup;
  markReach(sight.place, ways.mine, sight, ways.queue);
  markReach(sight.other, ways.theirs, sight, ways.queue);
  const isGoal = goalOf(setup);
  if (isGoal === undefined) return stay;
  const { direction, isBeside } = stepTowards(isGoal, ways, sight);
  if (direction < 0) return rng.integer(0, stay + 1);
  return isBeside && sight.facing === direction ? interact : direction;
}

type Goal = (cell: number) => boolean;

/** What to walk to and use next; undefined where there is nothing to do. */
function goalOf(setup: Setup): Goal | undefined {
  const { sight, ways } = setup;
  const { terrain, lying, cooks, done, holds } = sight;
  const { mine, theirs } = ways;
  const some = (goal: Goal): Goal | undefined => {
    for (let cell = 0; cell < terrain.length; cell++) if (mine[cell] === 1 && goal(cell)) return goal;
    return undefined;
  };
  const isFree: Goal = (cell) => terrain[cell] === counters && lying[cell] === nothing;
  const isShared: Goal = (cell) => isFree(cell) && theirs[cell] === 1;
  const touches = (kind: number, reach: Uint8Array) => terrain.some((here, cell) => here === kind && reach[cell] === 1);
  const kind =
    (of: number): Goal =>
    (cell) =>
      terrain[cell] === of;
  const lies =
    (item: number): Goal =>
    (cell) =>
      lying[cell] === item;

  if (holds === soup) return some(kind(hatches)) ?? some(isShared) ?? some(isFree);
  if (holds === dish) {
    const cooking: Goal = (cell) => terrain[cell] === pots && cooks[cell] === 1;
    const ready = some((cell) => terrain[cell] === pots && done[cell] === 1) ?? some(cooking);
    if (ready !== undefined) return ready;
    return touches(pots, mine) && terrain.some((_, cell) => cooking(cell))
      ? undefined
      : handOver(setup, some, isShared, isFree);
  }
  if (holds === onion || holds === tomato) {
    const fitting = some((cell) => terrain[cell] === pots && takes(setup, cell, holds));
    return fitting ?? handOver(setup, some, isShared, isFree);
  }
  if (touches(hatches, mine)) {
    const waiting = some(lies(soup));
    if (waiting !== undefined) return waiting;
  }
  if (!setup.oldDynamics) {
    const full = some((cell) => terrain[cell] === pots && isComplete(setup, cell));
    if (full !== undefined) return full;
  }
  return fetchDish(setup, some, lies, kind, touches) ?? fetchIngredient(setup, some, lies, kind, touches);
}

type Some = (goal: Goal) => Goal | undefined;
type Named = (item: number) => Goal;
type Touches = (kind: number, reach: Uint8Array) => boolean;

/** Puts down what cannot be used from here: where the other cook can take it, else, where pots are in reach, anywhere. */
function handOver({ ways }: Setup, some: Some, isShared: Goal, isFree: Goal): Goal | undefined {
  const alone = !ways.theirs.some((reached, cell) => reached === 1 && ways.mine[cell] === 0);
  return alone ? some(isFree) : (some(isShared) ?? some(isFree));
}

/** One dish for each pot that cooks. */
function fetchDish({ sight, ways }: Setup, some: Some, lies: Named, kind: Named, touches: Touches): Goal | undefined {
  const { terrain, lying, cooks, otherHolds } = sight;
  const usesPots = touches(pots, ways.mine);
  let wanted = 0;
  for (let cell = 0; cell < terrain.length; cell++) if (terrain[cell] === pots && cooks[cell] === 1) wanted++;
  if (otherHolds === dish) wanted--;
  if (usesPots) {
    const near = wanted > 0 ? some(lies(dish)) : undefined;
    if (near !== undefined) return near;
  } else for (let cell = 0; cell < terrain.length; cell++) if (lying[cell] === dish) wanted--;
  return wanted > 0 ? some(kind(dishRacks)) : undefined;
}

function fetchIngredient(setup: Setup, some: Some, lies: Named, kind: Named, touches: Touches): Goal | undefined {
  const { sight, ways } = setup;
  const { terrain, lying } = sight;
  const usesPots = touches(pots, ways.mine);
  let shared = 0;
  for (let cell = 0; cell < terrain.length; cell++) {
    if (terrain[cell] === counters && lying[cell] === nothing && ways.mine[cell] === 1 && ways.theirs[cell] === 1)
      shared++;
  }
  // The last counter between two rooms stays free for what is needed more.
  if (!usesPots && shared < 2) return undefined;
  for (const item of [onion, tomato]) {
    if (!terrain.some((here, cell) => here === pots && takes(setup, cell, item))) continue;
    const near = usesPots ? some(lies(item)) : undefined;
    const box = near ?? some(kind(item === onion ? onionBoxes : tomatoBoxes));
    if (box !== undefined) return box;
  }
  return undefined;
}

/** Whether an ingredient brings a pot closer to an order that it can still become. */
function takes({ sight, orders }: Setup, cell: number, item: number): boolean {
  const { cooks } = sight;
  if (cooks[cell] === 1) return false;
  const onions = sight.onions[cell];
  const tomatoes = sight.tomatoes[cell];
  for (const order of orders) {
    if (onions > order.onions || tomatoes > order.tomatoes) continue;
    if (onions === order.onions && tomatoes === order.tomatoes) return false;
    return item === onion ? onions < order.onions : tomatoes < order.tomatoes;
  }
  return false;
}

/** Whether a pot holds what the best order that it can become asks for, or cannot become any, and waits to be started. */
function isComplete({ sight, orders }: Setup, cell: number): boolean {
  const onions = sight.onions[cell];
  const tomatoes = sight.tomatoes[cell];
  if (sight.cooks[cell] === 1 || onions + tomatoes === 0) return false;
  for (const order of orders) {
    if (onions > order.onions || tomatoes > order.tomatoes) continue;
    return onions === order.onions && tomatoes === order.tomatoes;
  }
  return true;
}
