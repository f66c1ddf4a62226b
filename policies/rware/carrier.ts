import { type ActorContext, defineScripted, type Rng } from '#core';
import { findField, refusal } from '../refusal.ts';
import { type FloorParams, type FloorPlan, floorPlan } from './floor-plan.ts';
import { createRoute, findWays, type Route } from './route.ts';

interface Setup {
  readonly plan: FloorPlan;
  readonly route: Route;
  readonly blocked: Uint8Array;
  readonly range: number;
  /** Numbers that a sensed cell takes. */
  readonly cellSize: number;
  readonly messageBits: number;
}

/** What a robot remembers of the floor. Plain lists, so that a checkpoint can hold them. */
interface Memory {
  /** 1 where a shelf stands as far as it knows. Shapes: [cells]. */
  readonly shelves: number[];
  /** 1 where it saw a requested shelf. */
  readonly requested: number[];
  /** When it last saw a cell. */
  readonly seen: number[];
  step: number;
  /** Where it was when it last went forward, or -1. */
  left: number;
  /** Steps that it still goes anywhere, after being stuck. */
  astray: number;
}

const [wait, forward, turnLeft, turnRight, toggle] = [0, 1, 2, 3, 4];
/** How often it waits when a robot is near, so that two that mirror each other do not do so for ever. */
const hesitation = 0.1;
/** Turns from a direction (up, down, left, right) to another: 0 none, 1 to the right, 2 about, 3 to the left. */
const clockwise = [0, 2, 3, 1] as const;

/** Looks for requested shelves, carries them to the nearest goal by shortest ways, and puts them back on the nearest free place. */
export const carrier = defineScripted<Setup, Memory>({
  id: 'carrier',
  card: {
    title: 'Shortest-path carrier',
    description:
      'Knows the plan of the warehouse and remembers what it has sensed. Walks to the shelves that it has not seen for longest until it finds a requested one, carries it to the nearest goal, and puts it back on the nearest free place. Walks around robots that it senses, hesitates now and then beside them, and goes astray for a few steps when it is stuck.',
    source: 'Shortest paths by breadth-first search; rules of rware 2.0.0.',
    worlds: ['rware', 'rware-mended'],
  },
  prepare,
  remember: ({ plan }) => ({
    shelves: [...plan.places],
    requested: plan.places.map(() => 0),
    seen: plan.places.map(() => -1),
    step: 0,
    left: -1,
    astray: 0,
  }),
  act({ observation, memory, rng }, out, setup) {
    for (let bit = 0; bit < setup.messageBits; bit++) out[1 + bit] = 0;
    const here = look(observation, memory, setup);
    const stuck = memory.left === here && rng.random() < 0.5;
    if (stuck) memory.astray = 1 + rng.integer(0, 3);
    memory.step++;
    memory.left = -1;
    if (memory.astray > 0) {
      memory.astray--;
      out[0] = rng.integer(forward, turnRight + 1);
    } else if (setup.blocked.includes(1) && rng.random() < hesitation) out[0] = wait;
    else out[0] = work(observation, here, memory, setup, rng);
    if (out[0] === forward) memory.left = here;
  },
});

function prepare(context: ActorContext): Setup {
  const { role, env } = context;
  const range =
    (Math.sqrt(role.observation.fields?.filter(({ name }) => name.startsWith('sensor')).length ?? 0) - 1) / 2;
  const location = findField(role.observation, 'location');
  const params = env.params as FloorParams & { normalisedCoordinates?: boolean; messageBits?: number };
  if (location === undefined || range < 0 || params.normalisedCoordinates === true) {
    throw refusal('carrier', context, {
      got:
        params.normalisedCoordinates === true
          ? 'normalised coordinates'
          : 'an observation without location and sensors',
      expected: 'the fields location (in cells), carrying, direction, onHighway, sensor0, ...',
      remedy: 'Seat it in rware with flattened observations and without normalisedCoordinates',
    });
  }
  const plan = floorPlan(params);
  const messageBits = params.messageBits ?? 0;
  const blocked = new Uint8Array(plan.places.length);
  return { plan, route: createRoute(plan), blocked, range, cellSize: 7 + messageBits, messageBits };
}

/** Notes what is sensed, and blocks the cells of other robots. Returns the own cell. */
function look(observation: Float32Array, memory: Memory, { plan, range, cellSize, blocked }: Setup): number {
  const { width, height } = plan;
  const [x, y] = [observation[0], observation[1]];
  blocked.fill(0);
  let at = 8;
  for (let down = -range; down <= range; down++) {
    for (let right = -range; right <= range; right++, at += cellSize) {
      if (x + right < 0 || x + right >= width || y + down < 0 || y + down >= height) continue;
      const cell = (y + down) * width + x + right;
      const self = down === 0 && right === 0;
      if (observation[at] === 1 && !self) blocked[cell] = 1;
      const carried = self && observation[2] === 1;
      memory.shelves[cell] = carried ? 0 : observation[at + cellSize - 2];
      memory.requested[cell] = carried ? 0 : observation[at + cellSize - 1];
      memory.seen[cell] = memory.step;
    }
  }
  return y * width + x;
}

function work(observation: Float32Array, here: number, memory: Memory, setup: Setup, rng: Rng): number {
  const { plan, route, blocked, range, cellSize } = setup;
  const centre = 8 + cellSize * (2 * range * (range + 1));
  const underRequest = observation[centre + cellSize - 1] === 1;
  const carrying = observation[2] === 1;
  if (!carrying && underRequest) return toggle;
  if (carrying && !underRequest && plan.places[here] === 1) return toggle;
  if (carrying) for (let cell = 0; cell < blocked.length; cell++) if (memory.shelves[cell] === 1) blocked[cell] = 1;
  findWays(route, here, blocked, plan);
  const goal = carrying
    ? nearest(route, (cell) =>
        underRequest ? plan.goals.includes(cell) : plan.places[cell] === 1 && memory.shelves[cell] === 0,
      )
    : search(route, memory, plan);
  if (goal < 0) return rng.integer(wait, turnRight + 1);
  if (goal === here) return wait;
  const quarters = (clockwise[route.first[goal]] - clockwise[heading(observation)] + 4) % 4;
  return quarters === 0 ? forward : quarters === 3 ? turnLeft : turnRight;
}

/** The nearest requested shelf that it knows of; else the place for shelves that it saw longest ago, less the way there. */
function search(route: Route, memory: Memory, plan: FloorPlan): number {
  const known = nearest(route, (cell) => memory.requested[cell] === 1);
  if (known >= 0) return known;
  let best = -1;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let cell = 0; cell < plan.places.length; cell++) {
    if (plan.places[cell] === 0 || route.first[cell] < 0) continue;
    const cost = memory.seen[cell] + route.distance[cell];
    if (cost >= bestCost) continue;
    best = cell;
    bestCost = cost;
  }
  return best;
}

function nearest(route: Route, wanted: (cell: number) => boolean): number {
  let best = -1;
  for (let cell = 0; cell < route.first.length; cell++) {
    if (route.first[cell] < 0 || (best >= 0 && route.distance[cell] >= route.distance[best]) || !wanted(cell)) continue;
    best = cell;
  }
  return best;
}

/** The own direction, from its one-hot. */
function heading(observation: Float32Array): number {
  let direction = 0;
  while (direction < 3 && observation[3 + direction] !== 1) direction++;
  return direction;
}
