import type { Rng } from '#core';
import type { Floor } from './floor.ts';
import type { RwareParams } from './params.ts';
import type { RwareState } from './start.ts';
import { afterLeft, afterRight, left, right, toggle } from './traffic.ts';

/** Turns, and picks up or puts down shelves. Putting back a shelf that was delivered earns the second half of twoStage. */
export function turnAndToggle(
  state: RwareState,
  actions: Float64Array,
  stride: number,
  rewards: Float64Array,
  { reward }: RwareParams,
  { highway }: Floor,
): void {
  const { places, directions, carrying, delivered, shelfAt } = state;
  for (let a = 0; a < places.length; a++) {
    const action = actions[a * stride];
    if (action === left) directions[a] = afterLeft[directions[a]];
    else if (action === right) directions[a] = afterRight[directions[a]];
    else if (action === toggle) {
      if (carrying[a] === 0) carrying[a] = shelfAt[places[a]];
      else if (highway[places[a]] === 0) {
        carrying[a] = 0;
        if (delivered[a] === 1 && reward === 'twoStage') rewards[a] += 0.5;
        delivered[a] = 0;
      }
    }
  }
}

/**
 * Pays for requested shelves that are on a goal, goal by goal, and requests another for each: any shelf that was not requested at that
 * moment. Returns how many were delivered.
 *
 * Source: rware 2.0.0, warehouse.py, step. Where every shelf is requested upstream breaks; here the request stays.
 */
export function deliver(
  state: RwareState,
  rewards: Float64Array,
  { reward }: RwareParams,
  { goals }: Floor,
  rng: Rng,
): number {
  const { agentAt, shelfAt, shelves, requests, requested, delivered } = state;
  let deliveries = 0;
  for (let g = 0; g < goals.length; g++) {
    const shelf = shelfAt[goals[g]];
    if (shelf === 0 || requested[shelf] === 0) continue;
    deliveries++;
    const others = shelves.length - 1 - requests.length;
    if (others > 0) {
      const next = unrequested(requested, rng.integer(0, others));
      requests[requests.indexOf(shelf)] = next;
      requested[shelf] = 0;
      requested[next] = 1;
    }
    if (reward === 'global') {
      for (let a = 0; a < rewards.length; a++) rewards[a] += 1;
      continue;
    }
    const carrier = agentAt[goals[g]] - 1;
    rewards[carrier] += reward === 'twoStage' ? 0.5 : 1;
    if (reward === 'twoStage') delivered[carrier] = 1;
  }
  return deliveries;
}

/** The `index`th shelf, by number, that is not requested. */
function unrequested(requested: Uint8Array, index: number): number {
  let shelf = 1;
  for (let left = index; ; shelf++) {
    if (requested[shelf] === 1) continue;
    if (left === 0) return shelf;
    left--;
  }
}
