import { floor, type Sight } from './sight.ts';

/** Scratch of a search. Shapes: queue, first [cells]; reachable by self and by the other [cells]. */
export interface Ways {
  readonly queue: Int32Array;
  readonly first: Int8Array;
  /** 1 where a cell can be reached, or touched from one that can, by self and by the other, if nobody were in the way. */
  readonly mine: Uint8Array;
  readonly theirs: Uint8Array;
}

export function createWays({ terrain }: Sight): Ways {
  const cells = terrain.length;
  return {
    queue: new Int32Array(cells),
    first: new Int8Array(cells),
    mine: new Uint8Array(cells),
    theirs: new Uint8Array(cells),
  };
}

/** The cell beside another: north, south, east, west. A cook never stands at the border, so there always is one. */
export function beside(cell: number, direction: number, height: number): number {
  if (direction === 0) return cell - 1;
  if (direction === 1) return cell + 1;
  return direction === 2 ? cell + height : cell - height;
}

/** Marks what can be reached and touched from a cell. */
export function markReach(from: number, reach: Uint8Array, { terrain, height }: Sight, queue: Int32Array): void {
  reach.fill(0);
  reach[from] = 1;
  queue[0] = from;
  for (let head = 0, length = 1; head < length; head++) {
    for (let direction = 0; direction < 4; direction++) {
      const next = beside(queue[head], direction, height);
      if (reach[next] === 1) continue;
      reach[next] = 1;
      if (terrain[next] === floor) queue[length++] = next;
    }
  }
}

/**
 * The direction of the first step towards the nearest cell that `isGoal` names, or, when it is already beside, of the goal itself;
 * -1 where there is no way around the other cook.
 */
export function stepTowards(
  isGoal: (cell: number) => boolean,
  { queue, first }: Ways,
  { place, other, terrain, height }: Sight,
): { readonly direction: number; readonly isBeside: boolean } {
  first.fill(-1);
  first[place] = 4;
  queue[0] = place;
  for (let head = 0, length = 1; head < length; head++) {
    const here = queue[head];
    for (let direction = 0; direction < 4; direction++) {
      const next = beside(here, direction, height);
      if (first[next] >= 0) continue;
      if (terrain[next] !== floor) {
        if (!isGoal(next)) continue;
        return { direction: here === place ? direction : first[here], isBeside: here === place };
      }
      if (next === other) continue;
      first[next] = here === place ? direction : first[here];
      queue[length++] = next;
    }
  }
  return { direction: -1, isBeside: false };
}
