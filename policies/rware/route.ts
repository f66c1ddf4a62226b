import type { FloorPlan } from './floor-plan.ts';

/** Scratch of a search over the floor. Shapes: all [cells]. */
export interface Route {
  readonly queue: Int32Array;
  /** Direction of the first step on the way to a cell; -1 where it was not reached, 4 at the start. */
  readonly first: Int8Array;
  readonly distance: Int32Array;
}

/** Directions as the warehouse numbers them. */
const up = 0;
const down = 1;
const left = 2;
const right = 3;

export function createRoute({ places }: FloorPlan): Route {
  const cells = places.length;
  return { queue: new Int32Array(cells), first: new Int8Array(cells), distance: new Int32Array(cells) };
}

/** Finds shortest ways from a cell to all others that are not blocked, by breadth-first search. Shapes: blocked [cells]. */
export function findWays(route: Route, from: number, blocked: Uint8Array, { width, height }: FloorPlan): void {
  const { queue, first, distance } = route;
  first.fill(-1);
  first[from] = 4;
  distance[from] = 0;
  queue[0] = from;
  for (let head = 0, length = 1; head < length; head++) {
    const cell = queue[head];
    const x = cell % width;
    for (let direction = up; direction <= right; direction++) {
      const next = neighbour(cell, x, direction, width, height);
      if (next < 0 || first[next] >= 0 || blocked[next] === 1) continue;
      first[next] = cell === from ? direction : first[cell];
      distance[next] = distance[cell] + 1;
      queue[length++] = next;
    }
  }
}

function neighbour(cell: number, x: number, direction: number, width: number, height: number): number {
  if (direction === up) return cell - width;
  if (direction === down) return cell < (height - 1) * width ? cell + width : -1;
  if (direction === left) return x > 0 ? cell - 1 : -1;
  return x < width - 1 ? cell + 1 : -1;
}
