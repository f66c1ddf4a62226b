import type { Drawing, Shape } from '#core';
import { floorFor, type RwareParams } from './params.ts';
import type { RwareState } from './start.ts';

const directionNames = ['up', 'down', 'left', 'right'] as const;
const offsets = [
  [0, -1],
  [0, 1],
  [-1, 0],
  [1, 0],
] as const;

/** The warehouse from above: highways bare, shelves (requested ones marked), goals, robots with the way they face. */
export function drawWarehouse(state: RwareState, params: RwareParams): Drawing {
  const { width, height, goals } = floorFor(params);
  const at = (cell: number) => ({ x: cell % width, y: Math.floor(cell / width) });
  const shapes: Shape[] = [{ kind: 'rect', x: 0, y: 0, width, height, stroke: 'muted' }];
  for (const goal of goals) shapes.push({ kind: 'rect', ...at(goal), width: 1, height: 1, fill: 'accent', label: 'G' });
  for (let shelf = 1; shelf < state.shelves.length; shelf++) {
    const { x, y } = at(state.shelves[shelf]);
    const fill = state.requested[shelf] === 1 ? 'good' : 'muted';
    shapes.push({ kind: 'rect', x: x + 0.1, y: y + 0.1, width: 0.8, height: 0.8, fill });
  }
  state.places.forEach((cell, a) => {
    const { x, y } = at(cell);
    const [dx, dy] = offsets[state.directions[a]];
    const stroke = state.carrying[a] === 0 ? {} : { stroke: 'ink' as const };
    shapes.push({ kind: 'circle', x: x + 0.5, y: y + 0.5, radius: 0.3, fill: `agent${a}`, ...stroke });
    const nose = { x2: x + 0.5 + 0.45 * dx, y2: y + 0.5 + 0.45 * dy };
    shapes.push({ kind: 'line', x1: x + 0.5, y1: y + 0.5, ...nose, stroke: 'ink' });
  });
  const limit = params.maxSteps === null ? '' : ` of ${params.maxSteps}`;
  return { width, height, shapes, caption: `Step ${state.steps}${limit}. Deliveries: ${state.deliveries}` };
}

/** What a robot knows: itself, what it senses, where to deliver. */
export function warehouseText(state: RwareState, agent: number, params: RwareParams): string {
  const { width, height, goals, highway } = floorFor(params);
  const { places, directions, carrying, agentAt, shelfAt, requested } = state;
  const here = places[agent];
  const [x, y] = [here % width, Math.floor(here / width)];
  const name = (cell: number) => `(${cell % width}, ${Math.floor(cell / width)})`;
  const load =
    carrying[agent] === 0
      ? 'carrying nothing'
      : `carrying a shelf that is ${requested[carrying[agent]] === 1 ? '' : 'not '}requested`;
  const ground = highway[here] === 1 ? 'on a highway, where shelves cannot be put down' : 'on a place for shelves';
  const seen: string[] = [];
  for (let down = -params.sensorRange; down <= params.sensorRange; down++) {
    for (let right = -params.sensorRange; right <= params.sensorRange; right++) {
      const [column, row] = [x + right, y + down];
      if (column < 0 || column >= width || row < 0 || row >= height) continue;
      const cell = row * width + column;
      const other = agentAt[cell];
      if (other !== 0 && other !== agent + 1) {
        seen.push(`a robot facing ${directionNames[directions[other - 1]]} at ${name(cell)}`);
      }
      const shelf = shelfAt[cell];
      if (shelf !== 0 && shelf !== carrying[agent]) {
        seen.push(`a ${requested[shelf] === 1 ? 'requested shelf' : 'shelf'} at ${name(cell)}`);
      }
    }
  }
  const limit = params.maxSteps === null ? '' : ` of ${params.maxSteps}`;
  return [
    `Step ${state.steps}${limit}. You are robot ${agent} at ${name(here)} on a floor ${width} wide and ${height} high; (0, 0) is the upper left corner.`,
    `You face ${directionNames[directions[agent]]}, ${load}, ${ground}.`,
    `You sense ${seen.join(', ') || 'nothing'}.`,
    `Wait, go forward, turn left or right, or toggle: pick up the shelf under you, or put down the one you carry. Bring requested shelves to ${goals.map(name).join(' or ')}.`,
  ].join('\n');
}
