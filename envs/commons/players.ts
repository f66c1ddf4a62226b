import { type Rng, shuffle } from '#core';
import { apple, bare, type Land, river, wall, waste } from './land.ts';
import type { CommonsParams } from './params.ts';

export const moveNames = ['left', 'right', 'forward', 'back', 'stay', 'turn right', 'turn left'] as const;

const stay = 4;
const turnRight = 5;
const turnLeft = 6;
export const fire = 7;
export const clean = 8;

/** What a beam left on a cell in the last step. */
export const fireBeam = 1;
export const cleanBeam = 2;

/** Shapes: n players: places (cells), facing (0 up, 1 right, 2 down, 3 left), wanted, order, eaten, eatenAt, cleaned [n]; ground, beams, playerAt [cells]. */
export interface CommonsState {
  readonly places: Int32Array;
  readonly facing: Uint8Array;
  readonly ground: Uint8Array;
  readonly beams: Uint8Array;
  /** Number of the player in a cell, from 1 on; 0 where there is none. */
  readonly playerAt: Uint8Array;
  readonly wanted: Int32Array;
  readonly order: Int32Array;
  /** Apples eaten, and the sum of the steps at which they were. */
  readonly eaten: Int32Array;
  readonly eatenAt: Float64Array;
  readonly cleaned: Int32Array;
  fires: number;
  hits: number;
  step: number;
}

/** Players on different places to begin, facing anywhere. */
export function settle({ agents }: CommonsParams, land: Land, rng: Rng): CommonsState {
  const cells = land.ground.length;
  const starts = Int32Array.from(land.starts);
  shuffle(starts, starts.length, rng);
  const state: CommonsState = {
    places: starts.slice(0, agents),
    facing: new Uint8Array(agents),
    ground: Uint8Array.from(land.ground),
    beams: new Uint8Array(cells),
    playerAt: new Uint8Array(cells),
    wanted: new Int32Array(agents),
    order: new Int32Array(agents),
    eaten: new Int32Array(agents),
    eatenAt: new Float64Array(agents),
    cleaned: new Int32Array(agents),
    fires: 0,
    hits: 0,
    step: 0,
  };
  for (let a = 0; a < agents; a++) {
    state.facing[a] = rng.integer(0, 4);
    state.order[a] = a;
    state.playerAt[state.places[a]] = a + 1;
  }
  return state;
}

/** What to add to a cell to go up, right, down, left. */
export function offsetOf(direction: number, width: number): number {
  if (direction === 0) return -width;
  if (direction === 1) return 1;
  return direction === 2 ? width : -1;
}

/** Quarter turns to the right from where one faces to where a move goes: left, right, forward, back. */
const quarters = [3, 1, 0, 2] as const;

/**
 * Turns and moves everybody. A cell that several want goes to one of them, drawn at random; nobody goes where somebody stays, and two
 * do not change places. Queues move as one, and so do rings.
 */
export function movePlayers(state: CommonsState, actions: Float64Array, { width }: Land, rng: Rng): void {
  const { places, facing, ground, playerAt, wanted, order } = state;
  const count = places.length;
  shuffle(order, order.length, rng);
  for (let a = 0; a < count; a++) {
    const action = actions[a];
    wanted[a] = places[a];
    if (action === turnRight) facing[a] = (facing[a] + 1) % 4;
    else if (action === turnLeft) facing[a] = (facing[a] + 3) % 4;
    else if (action < stay) {
      const ahead = places[a] + offsetOf((facing[a] + quarters[action]) % 4, width);
      if (ground[ahead] !== wall) wanted[a] = ahead;
    }
  }
  for (let i = 1; i < count; i++) {
    for (let j = 0; j < i; j++) {
      if (wanted[order[i]] === wanted[order[j]] && wanted[order[j]] !== places[order[j]])
        wanted[order[i]] = places[order[i]];
    }
  }
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (let a = 0; a < count; a++) {
      const other = playerAt[wanted[a]] - 1;
      if (wanted[a] === places[a] || other < 0) continue;
      if (wanted[other] !== places[other] && wanted[other] !== places[a]) continue;
      wanted[a] = places[a];
      isSettled = false;
    }
  }
  for (let a = 0; a < count; a++) playerAt[places[a]] = 0;
  for (let a = 0; a < count; a++) {
    places[a] = wanted[a];
    playerAt[places[a]] = a + 1;
  }
}

/** Whoever stands on an apple eats it. */
export function eat(state: CommonsState, rewards: Float64Array): void {
  const { places, ground, eaten, eatenAt } = state;
  for (let a = 0; a < places.length; a++) {
    if (ground[places[a]] !== apple) continue;
    ground[places[a]] = bare;
    rewards[a] += 1;
    eaten[a]++;
    eatenAt[a] += state.step;
  }
}

/**
 * Fires and cleans, in random order: a beam straight ahead and one on either side of it that begins beside the player. Beams stop at
 * walls and at players; cleaning beams turn the first waste that they meet into river and stop there.
 */
export function useBeams(
  state: CommonsState,
  actions: Float64Array,
  rewards: Float64Array,
  { width }: Land,
  { beamLength, fireCost, hitPenalty }: CommonsParams,
  rng: Rng,
): void {
  const { places, facing, order, beams } = state;
  beams.fill(0);
  shuffle(order, order.length, rng);
  for (let i = 0; i < order.length; i++) {
    const a = order[i];
    if (actions[a] < fire) continue;
    const kind = actions[a] === fire ? fireBeam : cleanBeam;
    if (kind === fireBeam) {
      rewards[a] -= fireCost;
      state.fires++;
    }
    const ahead = offsetOf(facing[a], width);
    const aside = offsetOf((facing[a] + 1) % 4, width);
    castBeam(state, rewards, a, places[a] + ahead, ahead, beamLength, kind, hitPenalty);
    castBeam(state, rewards, a, places[a] + aside, ahead, beamLength, kind, hitPenalty);
    castBeam(state, rewards, a, places[a] - aside, ahead, beamLength, kind, hitPenalty);
  }
}

function castBeam(
  state: CommonsState,
  rewards: Float64Array,
  from: number,
  start: number,
  ahead: number,
  length: number,
  kind: number,
  hitPenalty: number,
): void {
  const { ground, beams, playerAt, cleaned } = state;
  let cell = start;
  for (let i = 0; i < length && ground[cell] !== wall; i++, cell += ahead) {
    beams[cell] = kind;
    const isWaste = kind === cleanBeam && ground[cell] === waste;
    if (isWaste) {
      ground[cell] = river;
      cleaned[from]++;
    }
    const hit = playerAt[cell] - 1;
    if (hit >= 0 && kind === fireBeam) {
      rewards[hit] -= hitPenalty;
      state.hits++;
    }
    if (hit >= 0 || isWaste) return;
  }
}

/** Gives everybody the sum, where rewards are collective. */
export function shareRewards(rewards: Float64Array, reward: CommonsParams['reward']): void {
  if (reward === 'individual') return;
  let sum = 0;
  for (let a = 0; a < rewards.length; a++) sum += rewards[a];
  rewards.fill(sum);
}
