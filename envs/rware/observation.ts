import { type BoxSpace, box, type Field, fieldBox } from '#core';
import type { Floor } from './floor.ts';
import { floorFor, type ImageLayer, type RwareParams } from './params.ts';
import type { RwareState } from './start.ts';

const features: readonly Field[] = [
  { name: 'direction', size: 4 },
  { name: 'onHighway', size: 1 },
  { name: 'carrying', size: 1 },
];

/** What a robot observes under the parameters' kind of observation. */
export function observationSpace(params: RwareParams): BoxSpace {
  const side = 2 * params.sensorRange + 1;
  const cells = side * side;
  if (params.observation === 'flattened') {
    const { width, height } = floorFor(params);
    const own: Field[] = [
      { name: 'location', size: 2 },
      { name: 'carrying', size: 1 },
      { name: 'direction', size: 4 },
      { name: 'onHighway', size: 1 },
    ];
    const sensed = Array.from({ length: cells }, (_, i) => ({ name: `sensor${i}`, size: 7 + params.messageBits }));
    const high = new Array<number>(8 + cells * (7 + params.messageBits)).fill(1);
    if (!params.normalisedCoordinates) high.fill(Math.max(width, height), 0, 2);
    return fieldBox([...own, ...sensed], 0, high);
  }
  const layers = params.imageLayers.map((name): Field => ({ name, size: cells }));
  const high = params.imageLayers.flatMap((name) => new Array<number>(cells).fill(name === 'agentDirection' ? 4 : 1));
  if (params.observation === 'image') return box([layers.length, side, side], 0, high, named(layers));
  return fieldBox([...features, ...named(layers)], 0, [...new Array<number>(6).fill(1), ...high]);
}

/** The same layer may be asked for twice: fields get different names. */
function named(layers: readonly Field[]): Field[] {
  return layers.map(({ name, size }, i) => {
    const before = layers.slice(0, i).filter((layer) => layer.name === name).length;
    return { name: `layer/${name}${before === 0 ? '' : before}`, size };
  });
}

/**
 * Own place, load, direction and ground, then each cell around, row by row: robot, its direction (up where there is none), its message,
 * shelf, request. Beyond the border everything looks empty.
 *
 * Source: rware 2.0.0, warehouse.py, _get_default_obs with FLATTENED observations.
 */
export function writeFlattened(state: RwareState, agent: number, out: Float32Array, params: RwareParams): void {
  const { places, directions, carrying, messages, agentAt, shelfAt, requested } = state;
  const floor = floorFor(params);
  const { width, height } = floor;
  const { sensorRange, messageBits } = params;
  const here = places[agent];
  const x = here % width;
  const y = (here - x) / width;
  out.fill(0);
  out[0] = params.normalisedCoordinates ? x / (width - 1) : x;
  out[1] = params.normalisedCoordinates ? y / (height - 1) : y;
  out[2] = carrying[agent] === 0 ? 0 : 1;
  out[3 + directions[agent]] = 1;
  out[7] = floor.highway[here];
  const size = 7 + messageBits;
  let at = 8;
  for (let down = -sensorRange; down <= sensorRange; down++) {
    const row = y + down;
    const rowInside = row >= 0 && row < height;
    for (let right = -sensorRange; right <= sensorRange; right++, at += size) {
      const column = x + right;
      if (!rowInside || column < 0 || column >= width) {
        out[at + 1] = 1;
        continue;
      }
      const cell = row * width + column;
      const other = agentAt[cell];
      if (other === 0) out[at + 1] = 1;
      else {
        out[at] = 1;
        out[at + 1 + directions[other - 1]] = 1;
        for (let bit = 0; bit < messageBits; bit++) out[at + 5 + bit] = messages[(other - 1) * messageBits + bit];
      }
      const shelf = shelfAt[cell];
      if (shelf === 0) continue;
      out[at + 5 + messageBits] = 1;
      out[at + 6 + messageBits] = requested[shelf];
    }
  }
}

/**
 * Layers around a robot, turned so that it looks up if asked to, after its own state if asked to; zero beyond the border.
 *
 * Upstream writes the layers of directions and loads with x and y exchanged; `mended` does not.
 *
 * Source: rware 2.0.0, warehouse.py, _make_img_obs.
 */
export function writeImage(
  state: RwareState,
  agent: number,
  out: Float32Array,
  params: RwareParams,
  mended: boolean,
): void {
  const floor = floorFor(params);
  const { width, height, highway } = floor;
  const here = state.places[agent];
  const direction = state.directions[agent];
  let at = 0;
  if (params.observation === 'imageAndFeatures') {
    out.fill(0, 0, 4);
    out[direction] = 1;
    out[4] = highway[here];
    out[5] = state.carrying[agent] === 0 ? 0 : 1;
    at = 6;
  }
  const { imageLayers: layers, sensorRange: range } = params;
  const last = 2 * range;
  const area = (last + 1) * (last + 1);
  const left = (here % width) - range;
  const top = (here - (here % width)) / width - range;
  const turned = params.imageDirectional ? direction : 0;
  for (let i = 0; i <= last; i++) {
    for (let j = 0; j <= last; j++, at++) {
      // The cell of the upright image that comes to (i, j) when it is turned.
      const y = top + (turned === 0 ? i : turned === 1 ? last - i : turned === 2 ? last - j : j);
      const x = left + (turned === 0 ? j : turned === 1 ? last - j : turned === 2 ? i : last - i);
      const inside = x >= 0 && x < width && y >= 0 && y < height;
      for (let l = 0; l < layers.length; l++) {
        out[at + l * area] = inside ? layerValue(layers[l], state, x, y, floor, mended) : 0;
      }
    }
  }
}

function layerValue(
  layer: ImageLayer,
  { agentAt, shelfAt, requested, directions, carrying }: RwareState,
  x: number,
  y: number,
  { width, height, goalAt }: Floor,
  mended: boolean,
): number {
  const cell = y * width + x;
  switch (layer) {
    case 'shelves':
      return shelfAt[cell] === 0 ? 0 : 1;
    case 'requests':
      return requested[shelfAt[cell]];
    case 'agents':
      return agentAt[cell] === 0 ? 0 : 1;
    case 'goals':
      return goalAt[cell];
    case 'accessible':
      return agentAt[cell] === 0 ? 1 : 0;
    default: {
      const exchanged = x < height && y < width ? x * width + y : -1;
      const other = mended ? agentAt[cell] : exchanged < 0 ? 0 : agentAt[exchanged];
      if (other === 0) return 0;
      if (layer === 'agentDirection') return directions[other - 1] + 1;
      return carrying[other - 1] === 0 ? 0 : 1;
    }
  }
}
