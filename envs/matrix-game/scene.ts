import type { Drawing, Shape } from '#core';
import type { NormalForm } from './normal-form.ts';

/** A payoff table for two players with the last outcome marked; for more, everybody's last action and payoff. */
export function drawGame(game: NormalForm, last: Int32Array, caption: string): Drawing {
  return game.players === 2 ? drawTable(game, last, caption) : drawPlayers(game, last, caption);
}

/** Payoffs of one joint action, in words. */
export function payoffText(game: NormalForm, cell: number): string {
  return Array.from(game.payoffs.subarray(cell * game.players, (cell + 1) * game.players), shorten).join(', ');
}

/** Row of a joint action in the payoff table. */
export function cellOf(game: NormalForm, joint: ArrayLike<number>, offset = 0): number {
  let cell = 0;
  for (let p = 0; p < game.players; p++) cell += joint[offset + p] * game.strides[p];
  return cell;
}

function drawTable(game: NormalForm, last: Int32Array, caption: string): Drawing {
  const [rows, columns] = game.counts;
  const shapes: Shape[] = [];
  for (let j = 0; j < columns; j++) {
    shapes.push({ kind: 'text', x: 2 * j + 3, y: 0.6, text: game.labels[1][j], anchor: 'middle', fill: 'agent1' });
  }
  for (let i = 0; i < rows; i++) {
    shapes.push({ kind: 'text', x: 1, y: i + 1.6, text: game.labels[0][i], anchor: 'middle', fill: 'agent0' });
    for (let j = 0; j < columns; j++) {
      const played = last[0] === i && last[1] === j;
      shapes.push({
        kind: 'rect',
        x: 2 * j + 2,
        y: i + 1,
        width: 2,
        height: 1,
        stroke: 'muted',
        label: payoffText(game, i * game.strides[0] + j),
        ...(played ? { fill: 'accent' as const } : {}),
      });
    }
  }
  return { width: 2 * columns + 2, height: rows + 1, shapes, caption };
}

function drawPlayers(game: NormalForm, last: Int32Array, caption: string): Drawing {
  const cell = last[0] < 0 ? -1 : cellOf(game, last);
  const shapes = game.labels.flatMap((labels, p): Shape[] => [
    { kind: 'circle', x: 2 * p + 1, y: 1, radius: 0.7, fill: `agent${p}`, label: cell < 0 ? '?' : labels[last[p]] },
    {
      kind: 'text',
      x: 2 * p + 1,
      y: 2.3,
      text: cell < 0 ? '' : shorten(game.payoffs[cell * game.players + p]),
      anchor: 'middle',
    },
  ]);
  return { width: 2 * game.players, height: 3, shapes, caption };
}

function shorten(payoff: number): string {
  return String(Math.round(payoff * 1000) / 1000);
}
