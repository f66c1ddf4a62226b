import type { ActorContext } from '#core';
import { refusal } from '../refusal.ts';

/** Planes of a view. */
export const wallPlane = 0;
export const applePlane = 1;
export const playerPlane = 2;
export const wastePlane = 4;

/** A view of the commons, turned so that the player looks up, and scratch for a search in it. Shapes: queue, first [cells]. */
export interface CommonsView {
  readonly side: number;
  readonly planes: number;
  readonly middle: number;
  readonly queue: Int32Array;
  /** The move that begins the way to a cell: 0 left, 1 right, 2 forward, 3 back; -1 where there is none, 4 at the start. */
  readonly first: Int8Array;
}

/** Throws: PolityError (input) where the role does not see planes of the commons. */
export function commonsView(policy: string, context: ActorContext): CommonsView {
  const { shape } = context.role.observation;
  const { id } = context.env;
  if (!['commons-harvest', 'clean-up'].includes(id) || shape.length !== 3) {
    throw refusal(policy, context, { got: id, expected: 'commons-harvest or clean-up' });
  }
  const cells = shape[0] * shape[1];
  return {
    side: shape[0],
    planes: shape[2],
    middle: (cells - 1) / 2,
    queue: new Int32Array(cells),
    first: new Int8Array(cells),
  };
}

export function shows(observation: Float32Array, { planes }: CommonsView, cell: number, plane: number): boolean {
  return observation[cell * planes + plane] > 0.5;
}

/** The cell beside another in the view: left, right, ahead, behind; -1 beyond it. */
export function besideInView(cell: number, move: number, side: number): number {
  const column = cell % side;
  if (move === 0) return column > 0 ? cell - 1 : -1;
  if (move === 1) return column < side - 1 ? cell + 1 : -1;
  if (move === 2) return cell - side;
  const behind = cell + side;
  return behind < side * side ? behind : -1;
}

/** The first move of the shortest way to a cell that `isGoal` names, past walls and players; -1 where there is none in sight. */
export function moveTowards(isGoal: (cell: number) => boolean, observation: Float32Array, view: CommonsView): number {
  const { side, middle, queue, first } = view;
  first.fill(-1);
  first[middle] = 4;
  queue[0] = middle;
  for (let head = 0, length = 1; head < length; head++) {
    const here = queue[head];
    if (here !== middle && isGoal(here)) return first[here];
    for (let move = 0; move < 4; move++) {
      const next = besideInView(here, move, side);
      if (next < 0 || first[next] >= 0) continue;
      if (shows(observation, view, next, wallPlane) || shows(observation, view, next, playerPlane)) continue;
      first[next] = here === middle ? move : first[here];
      queue[length++] = next;
    }
  }
  return -1;
}

/** How many of the cells around one show a plane. */
export function countAround(observation: Float32Array, view: CommonsView, cell: number, plane: number): number {
  const { side } = view;
  const column = cell % side;
  const row = (cell - column) / side;
  let count = 0;
  for (let y = Math.max(0, row - 1); y <= Math.min(side - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(side - 1, column + 1); x++) {
      const other = y * side + x;
      if (other !== cell && shows(observation, view, other, plane)) count++;
    }
  }
  return count;
}
