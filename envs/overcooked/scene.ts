import type { Drawing, Paint, Shape } from '#core';
import { counter, dishes, free, kitchenOf, onions, pot, serving, tomatoes } from './kitchen.ts';
import type { OvercookedParams } from './params.ts';
import { dish, lettersOf, nothing, onion, soup, tomato } from './recipes.ts';
import type { OvercookedState } from './start.ts';

const directionNames = ['north', 'south', 'east', 'west'] as const;
const steps = [
  [0, -1],
  [0, 1],
  [1, 0],
  [-1, 0],
] as const;

const cellNames: Readonly<Record<number, string>> = {
  [onions]: 'onions',
  [tomatoes]: 'tomatoes',
  [dishes]: 'dishes',
  [pot]: 'pot',
  [serving]: 'serve',
};

const cellPaints: Readonly<Record<number, Paint>> = {
  [counter]: 'muted',
  [onions]: '#d9b44a',
  [tomatoes]: '#c0392b',
  [dishes]: '#dfe6e9',
  [pot]: 'ink',
  [serving]: 'good',
};

/** An item as the records write it: `soup:ooo` with its ingredients in order of arrival. */
export function itemName(item: number): string | null {
  if (item === nothing) return null;
  if (item >= soup) return `soup:${lettersOf(item - soup)}`;
  return item === onion ? 'onion' : item === tomato ? 'tomato' : item === dish ? 'dish' : null;
}

/** The kitchen from above. */
export function drawKitchen(state: OvercookedState, params: OvercookedParams): Drawing {
  const { width, height, cells, pots, menu } = kitchenOf(params);
  const shapes: Shape[] = [{ kind: 'rect', x: 0, y: 0, width, height, stroke: 'muted' }];
  const corner = (cell: number) => ({ x: cell % width, y: Math.floor(cell / width) });
  const text = (cell: number, words: string): Shape => {
    const { x, y } = corner(cell);
    return { kind: 'text', x: x + 0.5, y: y + 0.85, text: words, size: 0.22, anchor: 'middle' };
  };
  cells.forEach((kind, cell) => {
    if (kind === free) return;
    const label = cellNames[kind] === undefined ? {} : { label: cellNames[kind] };
    shapes.push({ kind: 'rect', ...corner(cell), width: 1, height: 1, fill: cellPaints[kind], ...label });
    const lies = itemName(state.counters[cell]);
    if (lies !== null) shapes.push(text(cell, lies));
  });
  pots.forEach((cell, p) => {
    const row = state.potRow[p];
    if (row === 0) return;
    const left = menu.cookTime[row] - state.potTick[p];
    const words = state.potTick[p] < 0 ? '' : left > 0 ? ` ${left}` : ' ready';
    shapes.push(text(cell, `${lettersOf(row)}${words}`));
  });
  state.places.forEach((cell, p) => {
    const { x, y } = corner(cell);
    const [dx, dy] = steps[state.facing[p]];
    shapes.push({ kind: 'circle', x: x + 0.5, y: y + 0.5, radius: 0.35, fill: `agent${p}` });
    shapes.push({
      kind: 'line',
      x1: x + 0.5,
      y1: y + 0.5,
      x2: x + 0.5 + 0.5 * dx,
      y2: y + 0.5 + 0.5 * dy,
      stroke: 'ink',
    });
    const holds = itemName(state.held[p]);
    if (holds !== null) shapes.push(text(cell, holds));
  });
  const soups = state.served[0] + state.served[1];
  return { width, height, shapes, caption: `Step ${state.step} of ${params.horizon}. Soups served: ${soups}` };
}

/** Everything, from one cook’s point of view: nothing is hidden in this kitchen. */
export function kitchenText(state: OvercookedState, agent: number, params: OvercookedParams): string {
  const { width, cells, pots, menu } = kitchenOf(params);
  const name = (cell: number) => `(${cell % width}, ${Math.floor(cell / width)})`;
  const who = (p: number) => {
    const holds = itemName(state.held[p]);
    return `at ${name(state.places[p])} facing ${directionNames[state.facing[p]]}, holding ${holds ?? 'nothing'}`;
  };
  const where = (kind: number) => [...cells.keys()].filter((cell) => cells[cell] === kind).map(name);
  const soups = pots.map((cell, p) => {
    const row = state.potRow[p];
    const left = menu.cookTime[row] - state.potTick[p];
    const stage = state.potTick[p] < 0 ? '' : left > 0 ? `, ready in ${left} steps` : ', ready';
    return `${name(cell)} ${row === 0 ? 'empty' : lettersOf(row)}${stage}`;
  });
  const lying = [...state.counters.keys()]
    .filter((cell) => state.counters[cell] !== nothing)
    .map((cell) => `${itemName(state.counters[cell])} at ${name(cell)}`);
  const places = [onions, tomatoes, dishes, serving].flatMap((kind) => {
    const list = where(kind);
    return list.length === 0 ? [] : [`${cellNames[kind]} at ${list.join(' ')}`];
  });
  return [
    `Step ${state.step} of ${params.horizon}. You are cook ${agent} ${who(agent)}; (0, 0) is the upper left corner, north is up.`,
    `The other cook is ${who(1 - agent)}.`,
    `Pots: ${soups.join('; ')}. On counters: ${lying.join(', ') || 'nothing'}.`,
    `There are ${places.join('; ')}.`,
    `Orders (o onion, t tomato): ${params.orders.join(', ')}. Soups served: ${state.served[0] + state.served[1]}.`,
    `Go north, south, east or west (which also turns you), stay, or interact with what you face. ${
      params.oldDynamics
        ? 'A pot with three ingredients cooks by itself.'
        : 'Interact with a filled pot with empty hands to cook.'
    } Take a soup out with a dish.`,
  ].join('\n');
}
