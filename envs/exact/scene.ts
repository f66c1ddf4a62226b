import type { Drawing, Paint, Shape } from '#core';

/** A cell of a table: its label, and a colour where it has one. */
export type Cell = string | { readonly label: string; readonly fill?: Paint };

/** A table of labelled cells, each row under its name; for games of cards, coins and words. */
export function drawTable(rows: readonly (readonly [name: string, ...cells: Cell[]])[], caption: string): Drawing {
  const columns = Math.max(...rows.map((row) => row.length - 1), 1);
  const shapes = rows.flatMap(([name, ...cells], y): Shape[] => [
    { kind: 'text', x: 1.5, y: y + 0.6, text: name, anchor: 'middle', size: 0.3 },
    ...cells.map((cell, x): Shape => {
      const { label, fill } = typeof cell === 'string' ? { label: cell, fill: undefined } : cell;
      const box = { kind: 'rect', x: x + 3, y, width: 1, height: 1, stroke: 'muted', label } as const;
      return fill === undefined ? box : { ...box, fill };
    }),
  ]);
  return { width: columns + 3, height: Math.max(1, rows.length), shapes, caption };
}

/** A number as people write it: at most three decimals. */
export function plain(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
