import { type BoxSpace, box, type Drawing, type Paint, type Shape } from '#core';
import { apple, bare, type Land, river, stream, wall, waste } from './land.ts';
import type { CommonsParams } from './params.ts';
import { type CommonsState, cleanBeam, fireBeam, offsetOf } from './players.ts';

/** Planes of a view; those from `waste` on belong to clean-up. */
export const planeNames = ['wall', 'apple', 'player', 'fire', 'waste', 'river', 'stream', 'cleaning'] as const;
export const harvestPlanes = 4;
export const cleanUpPlanes = 8;

const planeOfGround = new Int8Array(6).fill(-1);
planeOfGround[wall] = 0;
planeOfGround[apple] = 1;
planeOfGround[waste] = 4;
planeOfGround[river] = 5;
planeOfGround[stream] = 6;

/** Colours of what there is, for those who want to paint it as upstream does. Source: sequential_social_dilemma_games, map_env.py. */
export const commonsColours: Readonly<Record<string, Paint>> = {
  bare: '#000000',
  wall: '#b4b4b4',
  apple: '#00ff00',
  fire: '#ffff00',
  cleaning: '#64ffff',
  waste: '#639cc2',
  river: '#714b18',
  stream: '#714b18',
};

/** Shapes: [2 view + 1, 2 view + 1, planes]: rows from far ahead to far behind, columns from left to right. */
export function viewSpace({ view }: CommonsParams, planes: number): BoxSpace {
  const side = 2 * view + 1;
  return box([side, side, planes], 0, 1);
}

/**
 * What a player sees, turned so that it looks up: itself in the middle, the others alike. Beyond the map there is nothing, and not even
 * wall. Upstream turns what is seen the other way round when the player faces left or right; this does not.
 */
export function writeView(
  { places, facing, ground, beams, playerAt }: CommonsState,
  agent: number,
  out: Float32Array,
  { width, height }: Land,
  view: number,
  planes: number,
): void {
  out.fill(0);
  const here = places[agent];
  const x = here % width;
  const y = (here - x) / width;
  const f = facing[agent];
  // Steps in x and y of one cell ahead, and of one to the right.
  const aheadX = f === 1 ? 1 : f === 3 ? -1 : 0;
  const aheadY = f === 0 ? -1 : f === 2 ? 1 : 0;
  const rightX = -aheadY;
  const rightY = aheadX;
  let at = 0;
  for (let ahead = view; ahead >= -view; ahead--) {
    for (let right = -view; right <= view; right++, at += planes) {
      const column = x + ahead * aheadX + right * rightX;
      const row = y + ahead * aheadY + right * rightY;
      if (column < 0 || column >= width || row < 0 || row >= height) continue;
      const cell = row * width + column;
      const plane = planeOfGround[ground[cell]];
      if (plane >= 0 && plane < planes) out[at + plane] = 1;
      if (playerAt[cell] !== 0 && playerAt[cell] !== agent + 1) out[at + 2] = 1;
      if (beams[cell] === fireBeam) out[at + 3] = 1;
      else if (beams[cell] === cleanBeam) out[at + 7] = 1;
    }
  }
}

/** The whole map for a central critic: apples, waste, then place and facing of each player. */
export function commonsStateSize({ ground }: Land, agents: number): number {
  return 2 * ground.length + 6 * agents;
}

export function writeCommonsState(
  { places, facing, ground }: CommonsState,
  out: Float32Array,
  { width, height }: Land,
): void {
  out.fill(0);
  for (let cell = 0; cell < ground.length; cell++) {
    if (ground[cell] === apple) out[cell] = 1;
    else if (ground[cell] === waste) out[ground.length + cell] = 1;
  }
  let at = 2 * ground.length;
  for (let a = 0; a < places.length; a++, at += 6) {
    const x = places[a] % width;
    out[at] = x / width;
    out[at + 1] = (places[a] - x) / width / height;
    out[at + 2 + facing[a]] = 1;
  }
}

const groundNames = ['bare', 'wall', 'apple', 'waste', 'river', 'stream'] as const;

export function drawCommons(state: CommonsState, { width, height }: Land, caption: string): Drawing {
  const shapes: Shape[] = [{ kind: 'rect', x: 0, y: 0, width, height, fill: commonsColours.bare }];
  const square = (cell: number, fill: Paint): Shape => {
    return { kind: 'rect', x: cell % width, y: Math.floor(cell / width), width: 1, height: 1, fill };
  };
  state.ground.forEach((kind, cell) => {
    if (kind !== bare) shapes.push(square(cell, commonsColours[groundNames[kind]]));
    if (state.beams[cell] !== 0)
      shapes.push(square(cell, commonsColours[state.beams[cell] === fireBeam ? 'fire' : 'cleaning']));
  });
  state.places.forEach((cell, a) => {
    const x = (cell % width) + 0.5;
    const y = Math.floor(cell / width) + 0.5;
    const offset = offsetOf(state.facing[a], width);
    const dx = Math.abs(offset) === 1 ? offset : 0;
    const dy = dx === 0 ? Math.sign(offset) : 0;
    shapes.push({ kind: 'circle', x, y, radius: 0.4, fill: `agent${a}` });
    shapes.push({ kind: 'line', x1: x, y1: y, x2: x + 0.5 * dx, y2: y + 0.5 * dy, stroke: 'ink' });
  });
  return { width, height, shapes, caption };
}

const viewSigns = ' @AHRS';

/** A player’s view as text, turned so that it looks up: the signs of the map, P for others, * for itself. */
export function viewText(state: CommonsState, agent: number, land: Land, view: number): string {
  const { width, height } = land;
  const here = state.places[agent];
  const [x, y] = [here % width, Math.floor(here / width)];
  const f = state.facing[agent];
  const [aheadX, aheadY] = [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ][f];
  const lines: string[] = [];
  for (let ahead = view; ahead >= -view; ahead--) {
    let line = '';
    for (let right = -view; right <= view; right++) {
      const column = x + ahead * aheadX - right * aheadY;
      const row = y + ahead * aheadY + right * aheadX;
      const cell = row * width + column;
      if (column < 0 || column >= width || row < 0 || row >= height) line += '.';
      else if (cell === here) line += '*';
      else line += state.playerAt[cell] === 0 ? viewSigns[state.ground[cell]] : 'P';
    }
    lines.push(line);
  }
  return lines.join('\n');
}
