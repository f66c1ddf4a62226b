import { PolityError } from '#core';
import type { Numbers, Writable } from './numbers.ts';

/**
 * The action of highest value among the legal ones of a row (the first one among equals).
 *
 * Shapes: values [B, N], mask [B, N] or null.
 * Throws: PolityError (contract) when no action of the row is legal.
 *
 * @example
 * bestAction([1, 5, 3], [1, 0, 1], 0, 3) // 2
 */
export function bestAction(values: Numbers, mask: Numbers | null, row: number, actions: number): number {
  const at = row * actions;
  let best = -1;
  for (let i = 0; i < actions; i++) {
    if (mask !== null && mask[at + i] === 0) continue;
    if (best < 0 || values[at + i] > values[at + best]) best = i;
  }
  if (best >= 0) return best;
  throw new PolityError({
    code: 'contract',
    where: `action values › row ${row}`,
    message: 'no best action',
    got: 'a mask that allows nothing',
    expected: 'at least one legal action',
  });
}

/**
 * The highest value of every row among its legal actions, max over a of Q(s, a).
 *
 * Shapes: values [B, N], mask [B, N] or null -> out [B].
 * Throws: PolityError (contract) when a row has no legal action.
 * Source: Watkins (1989), "Learning from delayed rewards": the bootstrap of Q-learning and DQN.
 */
export function bestValues(values: Numbers, mask: Numbers | null, rows: number, actions: number, out: Writable): void {
  for (let row = 0; row < rows; row++) out[row] = values[row * actions + bestAction(values, mask, row, actions)];
}

/**
 * The value that the target network gives to the action that the online network would choose, in every row.
 *
 * Shapes: online, target [B, N], mask [B, N] or null -> out [B].
 * Throws: PolityError (contract) when a row has no legal action.
 * Source: van Hasselt, Guez and Silver (2016), "Deep reinforcement learning with double Q-learning", eq. 4.
 *
 * @example
 * const out = [0];
 * doubleValues([1, 2], [7, 5], null, 1, 2, out);
 * out // [5]
 */
export function doubleValues(
  online: Numbers,
  target: Numbers,
  mask: Numbers | null,
  rows: number,
  actions: number,
  out: Writable,
): void {
  for (let row = 0; row < rows; row++) out[row] = target[row * actions + bestAction(online, mask, row, actions)];
}

/**
 * One-step targets, r + gamma V(s'), without the second term where the game itself ended; where only the clock ended the
 * episode, V of the final observation stays.
 *
 * Shapes: rewards, terminated, nextValues [B] -> targets [B].
 * Source: Sutton and Barto (2018), eq. 6.8.
 */
export function oneStepTargets(
  rewards: Numbers,
  terminated: Numbers,
  nextValues: Numbers,
  gamma: number,
  rows: number,
  targets: Writable,
): void {
  for (let row = 0; row < rows; row++) {
    targets[row] = terminated[row] ? rewards[row] : rewards[row] + gamma * nextValues[row];
  }
}

/**
 * Q(s, a) of the action taken, in every row.
 *
 * Shapes: values [B, N], taken [B] -> out [B].
 */
export function takenValues(values: Numbers, taken: Numbers, rows: number, actions: number, out: Writable): void {
  for (let row = 0; row < rows; row++) out[row] = values[row * actions + taken[row]];
}

/**
 * Hands gradients of the taken actions' values back to the rows they came from.
 *
 * Shapes: grads [B], taken [B] -> adds to gradValues [B, N].
 */
export function addTakenGrads(
  grads: Numbers,
  taken: Numbers,
  rows: number,
  actions: number,
  gradValues: Writable,
): void {
  for (let row = 0; row < rows; row++) gradValues[row * actions + taken[row]] += grads[row];
}
