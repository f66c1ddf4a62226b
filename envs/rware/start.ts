import { type Rng, shuffle } from '#core';
import { floorFor, queueSize, type RwareParams } from './params.ts';

/**
 * Shapes: n robots, Q requests, S shelves. Robots and shelves are numbered from 1 where 0 means none: agentAt, shelfAt [cells] and
 * carrying [n]; robot i of everything else is entry i. places, directions, carrying, delivered [n]; shelves [S + 1], cell of each;
 * requests [Q], shelf ids; requested [S + 1]; messages [n, bits]; wanted, moving, chain, exit [n] are scratch of a step.
 */
export interface RwareState {
  readonly places: Int32Array;
  readonly directions: Int32Array;
  readonly carrying: Int32Array;
  readonly delivered: Uint8Array;
  readonly messages: Uint8Array;
  readonly agentAt: Int32Array;
  readonly shelfAt: Int32Array;
  readonly shelves: Int32Array;
  readonly requests: Int32Array;
  readonly requested: Uint8Array;
  readonly wanted: Int32Array;
  readonly moving: Uint8Array;
  readonly chain: Int32Array;
  readonly exit: Int32Array;
  deliveries: number;
  idleSteps: number;
  steps: number;
}

/** Robots anywhere, facing anywhere; shelves at home; requests for some of them. Source: rware 2.0.0, warehouse.py, reset. */
export function startUp(params: RwareParams, rng: Rng): RwareState {
  const { width, height, homes } = floorFor(params);
  const { agents, messageBits } = params;
  const cells = width * height;
  const queue = queueSize(params);
  const state: RwareState = {
    places: new Int32Array(agents),
    directions: new Int32Array(agents),
    carrying: new Int32Array(agents),
    delivered: new Uint8Array(agents),
    messages: new Uint8Array(agents * messageBits),
    agentAt: new Int32Array(cells),
    shelfAt: new Int32Array(cells),
    shelves: new Int32Array(homes.length + 1),
    requests: new Int32Array(queue),
    requested: new Uint8Array(homes.length + 1),
    wanted: new Int32Array(agents),
    moving: new Uint8Array(agents),
    chain: new Int32Array(agents),
    exit: new Int32Array(agents),
    deliveries: 0,
    idleSteps: 0,
    steps: 0,
  };
  drawDistinct(cells, state.places, rng);
  for (let a = 0; a < agents; a++) state.directions[a] = rng.integer(0, 4);
  drawDistinct(homes.length, state.requests, rng);
  for (let q = 0; q < queue; q++) state.requests[q]++;
  state.shelves.set(homes, 1);
  lookUp(state);
  return state;
}

/** Works out which robot and which shelf is in each cell, and which shelves are requested, from their places and the requests. */
export function lookUp({ agentAt, shelfAt, requested, places, shelves, requests }: RwareState): void {
  agentAt.fill(0);
  shelfAt.fill(0);
  requested.fill(0);
  for (let a = 0; a < places.length; a++) agentAt[places[a]] = a + 1;
  for (let s = 1; s < shelves.length; s++) shelfAt[shelves[s]] = s;
  for (let q = 0; q < requests.length; q++) requested[requests[q]] = 1;
}

/**
 * Fills `out` with different numbers of 0..n-1, in random order.
 *
 * Source: Bentley and Floyd (1987), "A sample of brilliance", then a shuffle (Durstenfeld 1964): what numpy 2.4.6 does in
 * `choice(n, size, replace=False)` up to 10 000 numbers, draw for draw.
 */
function drawDistinct(n: number, out: Int32Array, rng: Rng): void {
  const size = out.length;
  for (let i = 0; i < size; i++) {
    const last = n - size + i;
    const drawn = rng.integer(0, last + 1);
    out[i] = out.subarray(0, i).includes(drawn) ? last : drawn;
  }
  shuffle(out, size, rng);
}
