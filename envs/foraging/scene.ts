import type { Drawing, Shape } from '#core';
import { sightOf } from './observation.ts';
import type { ForagingParams } from './params.ts';
import type { ForagingState } from './spawn.ts';

/** The field from above: foods and players with their levels. */
export function drawField(state: ForagingState, { rows, columns, maxSteps }: ForagingParams): Drawing {
  const shapes: Shape[] = [
    { kind: 'rect', x: 0, y: 0, width: columns, height: rows, stroke: 'muted' },
    ...Array.from({ length: rows - 1 }, (_, r): Shape => line(0, r + 1, columns, r + 1)),
    ...Array.from({ length: columns - 1 }, (_, c): Shape => line(c + 1, 0, c + 1, rows)),
  ];
  for (let f = 0; f < state.spawned; f++) {
    if (state.levels[f] === 0) continue;
    const at = middle(state.foods[f], columns);
    shapes.push({ kind: 'circle', ...at, radius: 0.35, fill: 'good', label: String(state.levels[f]) });
  }
  state.players.forEach((cell, p) => {
    const { x, y } = middle(cell, columns);
    const body = { x: x - 0.3, y: y - 0.3, width: 0.6, height: 0.6 };
    shapes.push({ kind: 'rect', ...body, fill: `agent${p}`, label: String(state.playerLevels[p]) });
  });
  const caption = `Step ${state.steps} of ${maxSteps}. Loaded ${state.spawned - state.left} of ${state.spawned} foods`;
  return { width: columns, height: rows, shapes, caption };
}

/** What a player knows: what it sees within its sight, and the rules. */
export function fieldText(state: ForagingState, player: number, params: ForagingParams): string {
  const { columns, rows, observeLevels } = params;
  const sight = sightOf(params);
  const place = (cell: number) => `row ${Math.floor(cell / columns)}, column ${cell % columns}`;
  const here = state.players[player];
  const sees = (cell: number) =>
    Math.abs(Math.floor(cell / columns) - Math.floor(here / columns)) <= sight &&
    Math.abs((cell % columns) - (here % columns)) <= sight;
  const levelled = (level: number) => (observeLevels ? ` of level ${level}` : '');
  const foods = Array.from({ length: state.spawned }, (_, f) => f)
    .filter((f) => state.levels[f] > 0 && sees(state.foods[f]))
    .map((f) => `a food of level ${state.levels[f]} at ${place(state.foods[f])}`);
  const others = Array.from(state.players, (_, p) => p)
    .filter((p) => p !== player && sees(state.players[p]))
    .map((p) => `player ${p}${levelled(state.playerLevels[p])} at ${place(state.players[p])}`);
  return [
    `Step ${state.steps} of ${params.maxSteps}. You are player ${player}${levelled(state.playerLevels[player])} at ${place(here)} of a field of ${rows} rows and ${columns} columns; row 0 is north, column 0 west.`,
    `You see ${[...foods, ...others].join(', ') || 'nothing'}.`,
    'Move north, south, west or east, or load a food beside you: it takes players beside it whose levels reach its level, all loading at once.',
  ].join('\n');
}

function middle(cell: number, columns: number): { x: number; y: number } {
  return { x: (cell % columns) + 0.5, y: Math.floor(cell / columns) + 0.5 };
}

function line(x1: number, y1: number, x2: number, y2: number): Shape {
  return { kind: 'line', x1, y1, x2, y2, stroke: 'muted' };
}
