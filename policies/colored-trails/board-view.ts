import { type ActorContext, fieldOffset } from '#core';
import { hotIndex, refusal } from '../refusal.ts';

/** A board as a player of Colored Trails sees it. */
export interface BoardView {
  readonly size: number;
  readonly colors: number;
  /** Chips of one colour are a thermometer of so many bits. */
  readonly chipBits: number;
  readonly cellsAt: number;
  readonly placesAt: number;
  readonly chipsAt: number;
  readonly proposalsAt: number;
}

/** Reads the sizes of a board from a role. Throws PolityError (input) for other worlds. */
export function boardView(policy: string, context: ActorContext): BoardView {
  const { observation } = context.role;
  if (context.env.id !== 'colored-trails') {
    throw refusal(policy, context, { got: context.env.id, expected: 'colored-trails' });
  }
  const sizeOf = (name: string) => observation.fields?.find((field) => field.name === name)?.size ?? 0;
  const size = Math.sqrt(sizeOf('places') / 4);
  const colors = sizeOf('cells') / size ** 2;
  return {
    size,
    colors,
    chipBits: sizeOf('chips') / (3 * colors),
    cellsAt: fieldOffset(observation, 'cells'),
    placesAt: fieldOffset(observation, 'places'),
    chipsAt: fieldOffset(observation, 'chips'),
    proposalsAt: fieldOffset(observation, 'proposals'),
  };
}

/** Chips of the player whose hand stands at place `k`. */
export function handAt(observation: Float32Array, { chipsAt, chipBits, colors }: BoardView, k: number): number[] {
  return countsAt(observation, chipsAt + k * colors * chipBits, colors, chipBits);
}

/** What proposer `k` would give and get, as chips that the responder gains. */
export function proposalAt(
  observation: Float32Array,
  { proposalsAt, chipBits, colors }: BoardView,
  k: number,
): number[] {
  const at = proposalsAt + 2 * k * colors * chipBits;
  const gives = countsAt(observation, at, colors, chipBits);
  const gets = countsAt(observation, at + colors * chipBits, colors, chipBits);
  return gives.map((count, color) => count - gets[color]);
}

/** Thermometers: a count lights one bit more. */
function countsAt(observation: Float32Array, at: number, colors: number, bits: number): number[] {
  return Array.from({ length: colors }, (_, color) => {
    let count = -1;
    for (let i = 0; i < bits; i++) count += observation[at + color * bits + i];
    return count;
  });
}

/** The best score that a player can walk to: 10 a chip left, -25 a cell short of the flag. */
export function bestWalk(observation: Float32Array, view: BoardView, player: number, hand: readonly number[]): number {
  const { size, colors, cellsAt, placesAt } = view;
  const cells = size * size;
  const placeOf = (i: number) => hotIndex(observation, { at: placesAt + i * cells, size: cells });
  const flag = placeOf(3);
  const chips = [...hand];
  const walk = (cell: number, left: number, best: number): number => {
    const [row, column] = [Math.floor(cell / size), cell % size];
    const distance = Math.abs(row - Math.floor(flag / size)) + Math.abs(column - (flag % size));
    let found = Math.max(best, 10 * left - 25 * distance);
    if (distance === 0 || 10 * (left - 1) <= found) return found;
    for (const [down, right] of steps) {
      if (row + down < 0 || row + down >= size || column + right < 0 || column + right >= size) continue;
      const next = cell + down * size + right;
      const color = hotIndex(observation, { at: cellsAt + next * colors, size: colors });
      if (chips[color] === 0) continue;
      chips[color]--;
      found = walk(next, left - 1, found);
      chips[color]++;
    }
    return found;
  };
  return walk(
    placeOf(player),
    chips.reduce((sum, count) => sum + count, 0),
    Number.NEGATIVE_INFINITY,
  );
}

const steps = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;
