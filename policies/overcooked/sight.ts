import { type ActorContext, flatSize } from '#core';
import { refusal } from '../refusal.ts';

/** What an entry of the lossless encoding is about, by layer. Source: overcooked_ai 1.1.0, lossless_state_encoding. */
const layer = {
  self: 0,
  other: 1,
  facing: 2,
  pot: 10,
  terrain: 10,
  terrainKinds: 6,
  onionsInPot: 16,
  tomatoesInPot: 17,
  onionsInSoup: 18,
  tomatoesInSoup: 19,
  timeLeft: 20,
  soupDone: 21,
  dishes: 22,
  onions: 23,
  tomatoes: 24,
} as const;

const layers = 26;

/** Kinds of terrain, as layers number them from the pots on; `floor` is none of them. */
export const floor = -1;
export const pots = 0;
export const counters = 1;
export const onionBoxes = 2;
export const tomatoBoxes = 3;
export const dishRacks = 4;
export const hatches = 5;

export const nothing = 0;
export const onion = 1;
export const tomato = 2;
export const dish = 3;
export const soup = 4;

/** The kitchen as a cook sees it. Cells are numbered x * height + y. Shapes: [cells]. */
export interface Sight {
  readonly width: number;
  readonly height: number;
  /** Terrain of each cell. */
  readonly terrain: Int8Array;
  /** What lies on each counter. */
  readonly lying: Uint8Array;
  /** Ingredients in each pot. */
  readonly onions: Uint8Array;
  readonly tomatoes: Uint8Array;
  /** Whether each pot cooks, or is done. */
  readonly cooks: Uint8Array;
  readonly done: Uint8Array;
  /** Own cell, what the player faces (0 north, 1 south, 2 east, 3 west), what both hold. */
  place: number;
  other: number;
  facing: number;
  holds: number;
  otherHolds: number;
}

/** Throws: PolityError (input) where the role does not see the kitchen as layers. */
export function createSight(policy: string, context: ActorContext): Sight {
  const { shape } = context.role.observation;
  if (context.env.id !== 'overcooked' || shape.length !== 3 || shape[2] !== layers) {
    throw refusal(policy, context, {
      got: context.env.id === 'overcooked' ? 'a vector of features' : context.env.id,
      expected: 'overcooked, observed as layers [width, height, 26]',
      remedy: 'Seat it in overcooked with observation: lossless',
    });
  }
  const cells = flatSize(context.role.observation) / layers;
  return {
    width: shape[0],
    height: shape[1],
    terrain: new Int8Array(cells),
    lying: new Uint8Array(cells),
    onions: new Uint8Array(cells),
    tomatoes: new Uint8Array(cells),
    cooks: new Uint8Array(cells),
    done: new Uint8Array(cells),
    place: 0,
    other: 0,
    facing: 0,
    holds: nothing,
    otherHolds: nothing,
  };
}

/** Reads an observation. */
export function look(sight: Sight, observation: Float32Array): void {
  const { terrain, lying, onions, tomatoes, cooks, done } = sight;
  for (let cell = 0; cell < terrain.length; cell++) {
    const at = cell * layers;
    terrain[cell] = floor;
    for (let k = 0; k < layer.terrainKinds; k++) if (observation[at + layer.terrain + k] > 0) terrain[cell] = k;
    const item = itemAt(observation, at);
    lying[cell] = terrain[cell] === counters ? item : nothing;
    onions[cell] = observation[at + layer.onionsInPot] + observation[at + layer.onionsInSoup];
    tomatoes[cell] = observation[at + layer.tomatoesInPot] + observation[at + layer.tomatoesInSoup];
    done[cell] = observation[at + layer.soupDone];
    cooks[cell] = observation[at + layer.timeLeft] > 0 || done[cell] > 0 ? 1 : 0;
    if (observation[at + layer.self] > 0) {
      sight.place = cell;
      sight.holds = item;
      for (let k = 0; k < 4; k++) if (observation[at + layer.facing + k] > 0) sight.facing = k;
    }
    if (observation[at + layer.other] > 0) {
      sight.other = cell;
      sight.otherHolds = item;
    }
  }
}

function itemAt(observation: Float32Array, at: number): number {
  if (observation[at + layer.pot] > 0) return nothing;
  if (observation[at + layer.soupDone] > 0) return soup;
  if (observation[at + layer.dishes] > 0) return dish;
  if (observation[at + layer.onions] > 0) return onion;
  return observation[at + layer.tomatoes] > 0 ? tomato : nothing;
}
