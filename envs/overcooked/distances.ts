import { onceFor } from '#core/once-for';
import { free, type Kitchen } from './kitchen.ts';

/** More steps than any way has. */
export const unreachable = 0x7fff;

/** Shortest ways of a player alone, by place and facing. A node is a place and a facing; turning on the spot takes a step. */
export interface Distances {
  /** The first of a cell’s four nodes; -1 where nobody walks. */
  readonly nodeAt: Int32Array;
  /** Steps from a node until a pot is faced from beside it. */
  toPot(node: number, pot: number): number;
  /** The nearest cell of a kind (a dispenser, a serving place), first in the order of the map; -1 where none can be reached. */
  closest(node: number, kind: number): number;
}

const kinds = 7;

/** Distances in a kitchen, worked out once. */
export const distancesOf = onceFor(workOut);

function workOut(kitchen: Kitchen): Distances {
  const { cells, pots, offsets } = kitchen;
  const nodeAt = new Int32Array(cells.length).fill(-1);
  let nodes = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] !== free) continue;
    nodeAt[cell] = nodes;
    nodes += 4;
  }
  const cellOf = new Int32Array(nodes);
  for (let cell = 0; cell < cells.length; cell++)
    if (nodeAt[cell] >= 0) cellOf.fill(cell, nodeAt[cell], nodeAt[cell] + 4);
  const next = (node: number, direction: number) => {
    const ahead = nodeAt[cellOf[node] + offsets[direction]];
    return (ahead < 0 ? nodeAt[cellOf[node]] : ahead) + direction;
  };
  const potAway = new Int16Array(nodes * pots.length).fill(unreachable);
  const nearest = new Int32Array(nodes * kinds).fill(-1);
  const away = new Int16Array(nodes);
  const queue = new Int32Array(nodes);
  for (let from = 0; from < nodes; from++) {
    away.fill(unreachable);
    away[from] = 0;
    queue[0] = from;
    for (let head = 0, length = 1; head < length; head++) {
      for (let direction = 0; direction < 4; direction++) {
        const to = next(queue[head], direction);
        if (away[to] < unreachable) continue;
        away[to] = away[queue[head]] + 1;
        queue[length++] = to;
      }
    }
    const best = new Int16Array(kinds).fill(unreachable);
    for (let cell = 0; cell < cells.length; cell++) {
      if (cells[cell] === free) continue;
      const steps = facingSteps(cell, away, nodeAt, kitchen);
      const pot = kitchen.potAt[cell];
      if (pot >= 0) potAway[from * pots.length + pot] = steps;
      if (steps >= best[cells[cell]]) continue;
      best[cells[cell]] = steps;
      nearest[from * kinds + cells[cell]] = cell;
    }
  }
  return {
    nodeAt,
    toPot: (node, pot) => potAway[node * pots.length + pot],
    closest: (node, kind) => nearest[node * kinds + kind],
  };
}

/** Fewest steps until some place beside a cell is reached, facing it. */
function facingSteps(cell: number, away: Int16Array, nodeAt: Int32Array, { offsets, cells, width }: Kitchen): number {
  let least = unreachable;
  for (let direction = 0; direction < 4; direction++) {
    const beside = cell - offsets[direction];
    const wraps = direction >= 2 && Math.floor(beside / width) !== Math.floor(cell / width);
    if (beside < 0 || beside >= cells.length || wraps || nodeAt[beside] < 0) continue;
    least = Math.min(least, away[nodeAt[beside] + direction]);
  }
  return least;
}
