import { defineScripted, type Rng } from '#core';
import { type ForagingView, foragingView } from './view.ts';

interface Setup extends ForagingView {
  /** Scratch of the search, a number a cell: blocked 1; first move that leads there, 0 before it is reached. */
  readonly blocked: Uint8Array;
  readonly first: Uint8Array;
  readonly queue: Int32Array;
}

const none = 0;
const load = 5;
/** How often it does something else, so that two players who are in each other’s way do not stay so. */
const hesitation = 0.1;

/** Goes to a food that it can load, alone or with those it sees, and loads when enough players stand there. */
export const greedyForager = defineScripted<Setup, null>({
  id: 'greedy-forager',
  card: {
    title: 'Greedy forager',
    description:
      'Goes for the nearest food that it can load alone; else for the food that all the players it sees can load together and are closest to in sum, which all who see the same agree on. Walks a shortest path around foods and players, waits beside the food for the others, and wanders where it sees nothing to load.',
    source:
      'After the heuristic agents H1 and H2 of Albrecht and Ramamoorthy (2013); shortest paths by breadth-first search.',
    worlds: ['foraging', 'foraging-strict'],
  },
  prepare(context) {
    const view = foragingView('greedy-forager', context);
    const cells = view.rows * view.columns;
    return { ...view, blocked: new Uint8Array(cells), first: new Uint8Array(cells), queue: new Int32Array(cells) };
  },
  remember: () => null,
  act({ observation, mask, rng }, out, setup) {
    const food = chooseFood(observation, setup);
    if (food < 0 || rng.random() < hesitation) out[0] = wander(mask, rng);
    else if (distance(observation, setup.self, food) === 1) out[0] = enough(observation, food, setup) ? load : none;
    else out[0] = stepTowards(observation, mask, food, setup);
  },
});

/** Offset of the food to go for; -1 where none can be loaded by those who are seen. */
function chooseFood(observation: Float32Array, { foods, self, others, levels }: Setup): number {
  let strength = levels ? observation[self + 2] : Number.POSITIVE_INFINITY;
  const own = levels ? strength : 0;
  for (const other of others) if (observation[other] >= 0 && levels) strength += observation[other + 2];
  let best = -1;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const food of foods) {
    const level = observation[food + 2];
    if (level === 0 || level > strength) continue;
    const alone = level <= own;
    let cost = distance(observation, self, food);
    if (!alone) {
      for (const other of others) if (observation[other] >= 0) cost += distance(observation, other, food);
      cost += 1000;
    }
    if (cost >= bestCost) continue;
    best = food;
    bestCost = cost;
  }
  return best;
}

/** Whether the players beside a food can load it, as far as levels are seen. */
function enough(observation: Float32Array, food: number, { self, others, levels }: Setup): boolean {
  if (!levels) return true;
  let strength = observation[self + 2];
  for (const other of others) {
    if (observation[other] >= 0 && distance(observation, other, food) === 1) strength += observation[other + 2];
  }
  return strength >= observation[food + 2];
}

/** The first move of a shortest path to a free cell beside a food; none where there is no path. */
function stepTowards(observation: Float32Array, mask: Uint8Array, food: number, setup: Setup): number {
  const { foods, self, others, rows, columns, blocked, first, queue } = setup;
  const cellOf = (at: number) => observation[at] * columns + observation[at + 1];
  blocked.fill(0);
  first.fill(0);
  for (const at of foods) if (observation[at + 2] > 0) blocked[cellOf(at)] = 1;
  for (const at of others) if (observation[at] >= 0) blocked[cellOf(at)] = 1;
  const start = cellOf(self);
  const target = cellOf(food);
  blocked[start] = 1;
  let length = 0;
  queue[length++] = start;
  for (let head = 0; head < length; head++) {
    const cell = queue[head];
    const column = cell % columns;
    const apart = Math.abs(cell - target);
    if (
      cell !== start &&
      (apart === columns || (apart === 1 && Math.floor(cell / columns) === Math.floor(target / columns)))
    ) {
      return first[cell];
    }
    for (let move = 1; move <= 4; move++) {
      if (cell === start && mask[move] === 0) continue;
      const inside =
        move === 1
          ? cell >= columns
          : move === 2
            ? cell < (rows - 1) * columns
            : move === 3
              ? column > 0
              : column < columns - 1;
      if (!inside) continue;
      const next = cell + (move === 1 ? -columns : move === 2 ? columns : move === 3 ? -1 : 1);
      if (blocked[next] === 1) continue;
      blocked[next] = 1;
      first[next] = cell === start ? move : first[cell];
      queue[length++] = next;
    }
  }
  return none;
}

/** A legal move, each equally often; none where there is none. */
function wander(mask: Uint8Array, rng: Rng): number {
  const legal = mask[1] + mask[2] + mask[3] + mask[4];
  let left = legal === 0 ? -1 : rng.integer(0, legal);
  for (let move = 1; move <= 4; move++) {
    if (mask[move] === 0) continue;
    if (left === 0) return move;
    left--;
  }
  return none;
}

function distance(observation: Float32Array, a: number, b: number): number {
  return Math.abs(observation[a] - observation[b]) + Math.abs(observation[a + 1] - observation[b + 1]);
}
