import { type BoxSpace, type Drawing, type Field, fieldBox, type Shape } from '#core';
import { plain } from '../exact/scene.ts';
import { colorName, mostChips, responder, seats } from './boards.ts';
import { type ColoredTrailsParams, type ColoredTrailsState, trailsGame } from './rules.ts';
import { tradeName } from './trades.ts';

const chipBits = mostChips + 1;

/** OpenSpiel's tensor by name: who looks, over, colours of the cells, places, chips and proposals as thermometers. */
export function observationSpace(params: ColoredTrailsParams): BoxSpace {
  return fieldBox([{ name: 'player', size: seats }, { name: 'over', size: 1 }, ...tableFields(params)], 0, 1);
}

function tableFields(params: ColoredTrailsParams): Field[] {
  const { size, colors } = trailsGame(params).boards[0];
  return [
    { name: 'cells', size: size * size * colors },
    { name: 'places', size: (seats + 1) * size * size },
    { name: 'chips', size: seats * colors * chipBits },
    { name: 'proposals', size: 2 * 2 * colors * chipBits },
  ];
}

/** A proposer sees its own chips first, nothing in the second place, then the responder’s. */
const seenByProposers = [
  [0, -1, responder],
  [1, -1, responder],
];
const seenByAll = [0, 1, responder];

/** Proposers see their own and the responder’s chips; the responder sees all, and the proposals when it is its turn. */
export function writeObservation(
  state: ColoredTrailsState,
  agent: number,
  out: Float32Array,
  params: ColoredTrailsParams,
): void {
  out.fill(0);
  out[agent] = 1;
  if (state.decision >= 0) out[seats] = 1;
  const showsProposals = agent === responder && state.made === responder && state.decision < 0;
  writeTable(state, out, seats + 1, params, seenByProposers[agent] ?? seenByAll, showsProposals);
}

export function stateVectorSize(params: ColoredTrailsParams): number {
  return seats + tableFields(params).reduce((sum, { size }) => sum + size, 0);
}

/** Who moves, everybody’s chips and the proposals. */
export function writeStateVector(state: ColoredTrailsState, out: Float32Array, params: ColoredTrailsParams): void {
  out.fill(0);
  if (state.decision < 0) out[state.made] = 1;
  writeTable(state, out, seats, params, seenByAll, true);
}

function writeTable(
  { board, chips, proposals, made }: ColoredTrailsState,
  out: Float32Array,
  start: number,
  params: ColoredTrailsParams,
  hands: readonly number[],
  showsProposals: boolean,
): void {
  const { boards, trades, pass } = trailsGame(params);
  const { cells, colors, places } = boards[board];
  let at = start;
  for (let cell = 0; cell < cells.length; cell++, at += colors) out[at + cells[cell]] = 1;
  for (let i = 0; i < places.length; i++, at += cells.length) out[at + places[i]] = 1;
  for (let k = 0; k < seats; k++) {
    for (let color = 0; color < colors; color++, at += chipBits) {
      writeCount(out, at, hands[k] < 0 ? 0 : chips[hands[k] * colors + color]);
    }
  }
  if (!showsProposals) return;
  for (let p = 0; p < Math.min(2, made); p++) {
    const trade = proposals[p];
    for (let side = 1; side >= -1; side -= 2) {
      for (let color = 0; color < colors; color++, at += chipBits) {
        writeCount(out, at, trade === pass ? 0 : Math.max(0, side * trades.moves[trade * colors + color]));
      }
    }
  }
}

/** The first count + 1 bits. After a trade a player may have more than eight chips of a colour: upstream then writes into the next colour’s places. */
function writeCount(out: Float32Array, at: number, count: number): void {
  out.fill(1, at, at + count + 1);
}

export function trailsText(state: ColoredTrailsState, agent: number, params: ColoredTrailsParams): string {
  const { boards, trades, pass } = trailsGame(params);
  const { size, cells, places, colors } = boards[state.board];
  const hand = (p: number) =>
    Array.from(state.chips.subarray(p * colors, (p + 1) * colors), (n, color) => colorName(color).repeat(n)).join('') ||
    'none';
  const place = (i: number) => `row ${Math.floor(places[i] / size) + 1}, column ${(places[i] % size) + 1}`;
  const proposal = (p: number) =>
    state.proposals[p] === pass ? 'no trade' : tradeName(trades, state.proposals[p], colors);
  const seen = [0, 1, 2].filter((p) => p === agent || p === responder || agent === responder);
  const lines = [
    `Colored Trails. You are ${agent === responder ? 'the responder (player 2)' : `proposer ${agent}`}. A step onto a cell costs a chip of its colour.`,
    ...Array.from({ length: size }, (_, row) =>
      Array.from(cells.subarray(row * size, (row + 1) * size), colorName).join(''),
    ),
    `The flag is at ${place(seats)}. ${[0, 1, 2].map((p) => `Player ${p} stands at ${place(p)}`).join('; ')}.`,
    `Chips: ${seen.map((p) => `player ${p} ${hand(p)}`).join(', ')}.`,
  ];
  if (state.decision >= 0) {
    lines.push(
      state.decision < 2 ? `The responder deals with proposer ${state.decision}.` : 'No deal.',
      `You gain ${plain(state.gains[agent])}.`,
    );
  } else if (state.made === agent && agent === responder) {
    lines.push(
      `Proposer 0 offers ${proposal(0)}; proposer 1 offers ${proposal(1)}. Deal with 0, with 1, or not at all?`,
    );
  } else if (state.made === agent) {
    lines.push('Propose what you give and what you get, or no trade.');
  } else lines.push(`It is player ${state.made}’s turn.`);
  return lines.join('\n');
}

/** The board with its colours as letters, the players and the flag; chips and proposals in words. */
export function drawTrails(state: ColoredTrailsState, params: ColoredTrailsParams): Drawing {
  const { boards, trades, pass } = trailsGame(params);
  const { size, cells, places, colors } = boards[state.board];
  const shapes: Shape[] = [];
  cells.forEach((color, cell) => {
    const corner = { x: cell % size, y: Math.floor(cell / size) };
    shapes.push({ kind: 'rect', ...corner, width: 1, height: 1, stroke: 'muted', label: colorName(color) });
  });
  places.forEach((cell, i) => {
    const x = (cell % size) + 0.3 + 0.2 * (i % 3);
    const y = Math.floor(cell / size) + 0.75;
    if (i === seats)
      shapes.push({
        kind: 'text',
        x: (cell % size) + 0.75,
        y: Math.floor(cell / size) + 0.3,
        text: '⚑',
        anchor: 'middle',
      });
    else shapes.push({ kind: 'circle', x, y, radius: 0.18, fill: `agent${i}`, label: String(i) });
  });
  for (let p = 0; p < seats; p++) {
    const hand = Array.from(state.chips.subarray(p * colors, (p + 1) * colors), (n, color) =>
      colorName(color).repeat(n),
    ).join('');
    const offer =
      p >= state.made || p === responder
        ? ''
        : state.proposals[p] === pass
          ? ': no trade'
          : `: ${tradeName(trades, state.proposals[p], colors)}`;
    shapes.push({
      kind: 'text',
      x: size + 0.3,
      y: p + 0.8,
      text: `${p} ${hand}${offer}`,
      fill: `agent${p}`,
      anchor: 'start',
      size: 0.3,
    });
  }
  const caption =
    state.decision < 0
      ? 'Chips and proposals'
      : state.decision < 2
        ? `Deal with proposer ${state.decision}`
        : 'No deal';
  return { width: 2 * size + 1, height: Math.max(size, seats + 1), shapes, caption };
}
