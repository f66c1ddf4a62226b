import { onceFor } from '#core/once-for';
import { cellAhead, type Floor } from './floor.ts';
import { floorFor, type RwareParams } from './params.ts';
import type { RwareState } from './start.ts';

/** What loads are worth: one that nobody asked for up to the first, none from the second, a requested one from the last to 1. */
const unwanted = 0.15;
const unloaded = 0.25;
const sensing = 0.25;
const requestedLoad = 0.5;

/**
 * How far a robot has come in its round of fetching, delivering and putting back, between 0 and 1:
 *
 *     0.15 nearness(free place)             with a shelf that is not requested
 *     0.25 + 0.25 nearness(requested shelf) with none; 0.25 as long as it senses no requested shelf
 *     0.5  + 0.5  nearness(goal)            with a requested shelf
 *
 * Nearness falls from 1 where the thing is to 0 as far off as anything on the floor (for shelves, beyond what is sensed). Ways of
 * loaded robots keep to the highways. A delivery ends the round: what it pays makes up for the potential that is lost.
 */
export function potentialOf(state: RwareState, agent: number, params: RwareParams): number {
  const { places, carrying, requested } = state;
  const here = places[agent];
  if (carrying[agent] === 0) return unloaded + sensing * nearnessOfRequest(state, here, params);
  const { toGoal, toHome, farthest } = waysFor(params);
  if (requested[carrying[agent]] === 1) return requestedLoad + (1 - requestedLoad) * (1 - toGoal[here] / farthest);
  const { homes, highway } = floorFor(params);
  const { shelfAt } = state;
  if (highway[here] === 0) return unwanted;
  let nearest = farthest;
  for (let h = 0; h < homes.length; h++) {
    if (shelfAt[homes[h]] === 0) nearest = Math.min(nearest, toHome[h * highway.length + here]);
  }
  return unwanted * (1 - nearest / farthest);
}

/**
 * Adds F = discount * phi(s') - phi(s) to every robot's reward in two parts, which leaves the best policies what they were: the
 * second before the step, the first after it. The potential of where an episode terminates is 0.
 *
 * Source: Ng, Harada and Russell (1999), "Policy invariance under reward transformations", equation 2; Grzes (2017), "Reward
 * shaping in episodic reinforcement learning", on terminal states.
 */
export function addPotentials(state: RwareState, rewards: Float64Array, factor: number, params: RwareParams): void {
  if (factor === 0) return;
  for (let a = 0; a < rewards.length; a++) rewards[a] += factor * potentialOf(state, a, params);
}

function nearnessOfRequest({ shelfAt, requested, carrying, agentAt }: RwareState, here: number, params: RwareParams) {
  const { width, height } = floorFor(params);
  const { sensorRange } = params;
  const x = here % width;
  const y = (here - x) / width;
  const beyond = 2 * sensorRange + 1;
  let nearest = beyond;
  for (let row = Math.max(0, y - sensorRange); row <= Math.min(height - 1, y + sensorRange); row++) {
    for (let column = Math.max(0, x - sensorRange); column <= Math.min(width - 1, x + sensorRange); column++) {
      const cell = row * width + column;
      const shelf = shelfAt[cell];
      if (shelf === 0 || requested[shelf] === 0) continue;
      const robot = agentAt[cell];
      if (robot !== 0 && carrying[robot - 1] === shelf) continue;
      nearest = Math.min(nearest, Math.abs(row - y) + Math.abs(column - x));
    }
  }
  return 1 - nearest / beyond;
}

/** Steps that a loaded robot is away. Shapes: toGoal [cells]; toHome [homes, cells]. `farthest` stands for what cannot be reached. */
interface Ways {
  readonly toGoal: Uint16Array;
  readonly toHome: Uint16Array;
  readonly farthest: number;
}

const waysFor = onceFor((params: RwareParams): Ways => {
  const floor = floorFor(params);
  const cells = floor.highway.length;
  const toGoal = stepsTo(floor.goals, floor);
  const toHome = new Uint16Array(floor.homes.length * cells);
  floor.homes.forEach((home, h) => {
    toHome.set(stepsTo([home], floor), h * cells);
  });
  let farthest = 1;
  for (const table of [toGoal, toHome]) {
    for (const steps of table) if (steps !== unreached) farthest = Math.max(farthest, steps + 1);
  }
  for (const table of [toGoal, toHome]) {
    for (let i = 0; i < table.length; i++) if (table[i] === unreached) table[i] = farthest;
  }
  return { toGoal, toHome, farthest };
});

const unreached = 0xffff;

/** Breadth-first from targets over highways; places for shelves are reached, but nothing goes on from there. */
function stepsTo(targets: readonly number[], floor: Floor): Uint16Array {
  const steps = new Uint16Array(floor.highway.length).fill(unreached);
  const queue = [...targets];
  for (const target of targets) steps[target] = 0;
  for (let at = 0; at < queue.length; at++) {
    const cell = queue[at];
    if (steps[cell] > 0 && floor.highway[cell] === 0) continue;
    for (let direction = 0; direction < 4; direction++) {
      const next = cellAhead(cell, direction, floor);
      if (steps[next] !== unreached) continue;
      steps[next] = steps[cell] + 1;
      queue.push(next);
    }
  }
  return steps;
}
