import { cellAhead, type Floor } from './floor.ts';
import type { RwareState } from './start.ts';

export const actionNames = ['wait', 'forward', 'left', 'right', 'toggle'] as const;

export const forward = 1;
export const left = 2;
export const right = 3;
export const toggle = 4;

/** Direction after a turn to the left or to the right, by direction before: up, down, left, right. */
export const afterLeft = [2, 3, 1, 0] as const;
export const afterRight = [3, 2, 0, 1] as const;

/**
 * Notes the cell that each robot wants to be in. One that carries a shelf towards a cell where another shelf stands (or is under a
 * robot that carries nothing) wants to stay.
 *
 * Shapes: actions [n, stride], the move first.
 */
export function noteWishes(state: RwareState, actions: Float64Array, stride: number, floor: Floor): void {
  const { places, directions, carrying, agentAt, shelfAt, wanted } = state;
  for (let a = 0; a < places.length; a++) {
    const here = places[a];
    wanted[a] = here;
    if (actions[a * stride] !== forward) continue;
    const ahead = cellAhead(here, directions[a], floor);
    const other = agentAt[ahead];
    const standing = shelfAt[ahead] !== 0 && !(other !== 0 && carrying[other - 1] !== 0);
    if (carrying[a] === 0 || ahead === here || !standing) wanted[a] = ahead;
  }
}

/**
 * Decides who moves. Robots that want each other's cells form chains. A chain moves when it ends in a free cell and is the longest
 * that does (of equally long ones that whose last robot has the lowest number); so does a ring of three or more. Who is in the way of
 * nobody but stands, or wants to change places with its neighbour, keeps everybody behind it where they are.
 *
 * Source: rware 2.0.0, warehouse.py, step, where equally long chains are decided by the order of a hash table.
 */
export function decideMoves({ places, agentAt, wanted, moving, chain, exit }: RwareState): void {
  const count = places.length;
  moving.fill(0);
  for (let a = 0; a < count; a++) {
    chain[a] = 0;
    exit[a] = -1;
    if (wanted[a] === places[a]) continue;
    let at = a;
    for (let length = 1; length <= count; length++) {
      const next = agentAt[wanted[at]] - 1;
      if (next < 0) {
        chain[a] = length;
        exit[a] = wanted[at];
        break;
      }
      if (next === at) break;
      at = next;
      if (at !== a) continue;
      if (length > 2) moving[a] = 1;
      break;
    }
  }
  for (let a = 0; a < count; a++) {
    if (chain[a] === 0 || isBeaten(a, chain, exit)) continue;
    let at = a;
    while (at >= 0) {
      moving[at] = 1;
      at = agentAt[wanted[at]] - 1;
    }
  }
}

/** Whether another chain to the same free cell goes before that which ends with robot a. */
function isBeaten(a: number, chain: Int32Array, exit: Int32Array): boolean {
  for (let other = 0; other < chain.length; other++) {
    if (other === a || exit[other] !== exit[a]) continue;
    if (chain[other] > chain[a] || (chain[other] === chain[a] && other < a)) return true;
  }
  return false;
}

/** Moves those who may, with the shelves that they carry. */
export function moveRobots({ places, carrying, agentAt, shelfAt, shelves, wanted, moving }: RwareState): void {
  for (let a = 0; a < places.length; a++) {
    if (moving[a] === 0) continue;
    agentAt[places[a]] = 0;
    if (carrying[a] !== 0) shelfAt[places[a]] = 0;
  }
  for (let a = 0; a < places.length; a++) {
    if (moving[a] === 0) continue;
    places[a] = wanted[a];
    agentAt[wanted[a]] = a + 1;
    if (carrying[a] === 0) continue;
    shelfAt[wanted[a]] = carrying[a];
    shelves[carrying[a]] = wanted[a];
  }
}
