import type { Drawing, Paint, Shape } from '#core';
import { gameOver } from '../exact/rules.ts';
import { type HanabiParams, handSizeOf, movesOf } from './params.ts';
import { type HanabiState, hanabiRules, scoreOf } from './rules.ts';

const colorNames = ['red', 'yellow', 'green', 'white', 'blue'];
const paints: readonly Paint[] = ['#d1495b', '#edae49', '#5a9367', '#c9c9c9', '#3d7ea6'];

/** Names of the moves by number, as seen by whoever makes them. */
export function moveNames(params: HanabiParams): string[] {
  const { players, colors, ranks } = params;
  const { play, tellColor, tellRank, count } = movesOf(params);
  return Array.from({ length: count }, (_, move) => {
    if (move < play) return `discard card ${move + 1}`;
    if (move < tellColor) return `play card ${move - play + 1}`;
    const byRank = move >= tellRank;
    const word = move - (byRank ? tellRank : tellColor);
    const kinds = byRank ? ranks : colors;
    const offset = 1 + Math.floor(word / kinds);
    const whom = players === 2 ? 'the other' : `player +${offset}`;
    return `tell ${whom} ${byRank ? `rank ${(word % ranks) + 1}` : colorNames[word % colors]}`;
  });
}

/** The table as one player sees it: all hands but the own, and what hints have told about that one. */
export function tableText(state: HanabiState, agent: number, params: HanabiParams): string {
  const { players, colors, ranks } = params;
  const hand = handSizeOf(params);
  const fireworks = Array.from(state.fireworks, (height, color) => `${colorNames[color]} ${height}`).join(', ');
  const discards = Array.from(state.discards, (n, card) => (n === 0 ? '' : `${n} x ${cardName(card, ranks)}`)).filter(
    Boolean,
  );
  const lines = [
    `Hanabi, ${players} players, ${colors} colours, ranks 1 to ${ranks}. You are player ${agent}. Score ${scoreOf(state)}.`,
    `Hints left ${state.hints}, lives left ${state.lives}, cards in the deck ${state.deckSize}.`,
    `Fireworks: ${fireworks}. Discarded: ${discards.join(', ') || 'nothing'}.`,
  ];
  for (let k = 1; k < players; k++) {
    const player = (agent + k) % players;
    const cards = Array.from({ length: state.held[player] }, (_, i) => cardName(state.hands[player * hand + i], ranks));
    lines.push(`Player ${player} (+${k}) holds ${cards.join(', ')}.`);
  }
  const own = Array.from({ length: state.held[agent] }, (_, i) => knowledgeText(state, agent * hand + i, params));
  lines.push(`Your cards, as far as told: ${own.join('; ')}.`);
  if (state.lastPlayer >= 0) lines.push(`Last move, by player ${state.lastPlayer}: ${lastText(state, params)}.`);
  const turn = hanabiRules.turn(state, params);
  if (turn === gameOver) lines.push(`The game is over with a score of ${scoreOf(state)}.`);
  else lines.push(turn === agent ? 'It is your turn: discard, play or tell.' : `It is player ${turn}’s turn.`);
  return lines.join('\n');
}

/** Fireworks on top, then the hands with what has been told under each card. */
export function drawTable(state: HanabiState, params: HanabiParams): Drawing {
  const { players, colors, ranks } = params;
  const hand = handSizeOf(params);
  const shapes: Shape[] = [];
  for (let color = 0; color < colors; color++) {
    shapes.push({
      kind: 'rect',
      x: color + 2,
      y: 0.1,
      width: 0.8,
      height: 0.8,
      fill: paints[color],
      label: String(state.fireworks[color]),
    });
  }
  for (let p = 0; p < players; p++) {
    shapes.push({
      kind: 'text',
      x: 0.2,
      y: p + 1.6,
      text: `player ${p}`,
      fill: `agent${p}`,
      anchor: 'start',
      size: 0.35,
    });
    for (let i = 0; i < state.held[p]; i++) {
      const card = state.hands[p * hand + i];
      const color = Math.floor(card / ranks);
      shapes.push({
        kind: 'rect',
        x: i + 2,
        y: p + 1.1,
        width: 0.8,
        height: 0.6,
        fill: paints[color],
        label: String((card % ranks) + 1),
      });
      shapes.push({
        kind: 'text',
        x: i + 2.4,
        y: p + 1.95,
        text: toldText(state, p * hand + i),
        anchor: 'middle',
        size: 0.2,
      });
    }
  }
  const caption = `Score ${scoreOf(state)}, hints ${state.hints}, lives ${state.lives}, deck ${state.deckSize}`;
  return { width: Math.max(hand, colors) + 2, height: players + 1.2, shapes, caption };
}

function cardName(card: number, ranks: number): string {
  return `${colorNames[Math.floor(card / ranks)]} ${(card % ranks) + 1}`;
}

function toldText({ knownColors, knownRanks }: HanabiState, place: number): string {
  const color = knownColors[place] < 0 ? '' : colorNames[knownColors[place]];
  const rank = knownRanks[place] < 0 ? '' : String(knownRanks[place] + 1);
  return [color, rank].filter(Boolean).join(' ');
}

function knowledgeText(state: HanabiState, place: number, { colors, ranks }: HanabiParams): string {
  const can = (mask: number, names: readonly string[]) =>
    names.filter((_, kind) => (mask & (1 << kind)) !== 0).join('/');
  const color = can(state.possibleColors[place], colorNames.slice(0, colors));
  return `${color} ${can(
    state.possibleRanks[place],
    Array.from({ length: ranks }, (_, rank) => String(rank + 1)),
  )}`;
}

function lastText(state: HanabiState, params: HanabiParams): string {
  const name = moveNames(params)[state.lastMove];
  if (state.lastCard < 0) return name;
  const outcome = state.lastScored ? ', which scores' : state.lastMove < movesOf(params).play ? '' : ', a mistake';
  return `${name} (${cardName(state.lastCard, params.ranks)})${outcome}`;
}
