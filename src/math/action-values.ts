import { PolityError } from '#core';
import type { Numbers, Writable } from './numbers.ts';

/**
 * The choice of highest value among the legal ones of `size` from `offset` on (the first one among equals).
 *
 * Shapes: values, mask [.., size, ..]; mask may be null.
 * Throws: PolityError (contract) when none of them is legal.
 *
 * @example
 * bestChoice([9, 9, 1, 5, 3], [1, 1, 1, 0, 1], 2, 3) // 2
 */
export function bestChoice(values: Numbers, mask: Numbers | null, offset: number, size: number): number {
  let best = -1;
  for (let i = 0; i < size; i++) {
    if (mask !== null && mask[offset + i] === 0) continue;
    if (best < 0 || values[offset + i] > values[offset + best]) best = i;
  }
  if (best >= 0) return best;
  throw new PolityError({
    code: 'contract',
    where: `action values › choices ${offset} to ${offset + size - 1}`,
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
  for (let at = 0; at < rows * actions; at += actions) {
    out[at / actions] = values[at + bestChoice(values, mask, at, actions)];
  }
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
  for (let at = 0; at < rows * actions; at += actions) {
    out[at / actions] = target[at + bestChoice(online, mask, at, actions)];
  }
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
