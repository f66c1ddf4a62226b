import { colours } from '../colours.ts';
import { factsText, tableText, wrapped } from '../terminal-table.ts';
import type { Section, Shelf } from './shelf.ts';

export interface ShelfOptions {
  /** What to show; absent: the list. */
  readonly id?: string | undefined;
  readonly json: boolean;
  /** The command, for messages. */
  readonly where: string;
}

/**
 * Prints a shelf as a table, or the card of one of its items; with `json` an array of cards.
 *
 * Throws: PolityError (input) for an unknown id, with the nearest known one.
 */
export function printShelf<T extends { readonly id: string }>(
  shelf: Shelf<T>,
  { id, json, where }: ShelfOptions,
): void {
  const { items } = shelf;
  const chosen = id === undefined ? items.items : [items.get(id, where)];
  if (json) console.log(JSON.stringify(chosen.map((item) => shelf.card(item))));
  else if (id === undefined)
    console.log(
      tableText(
        shelf.columns,
        chosen.map((item) => shelf.row(item)),
      ),
    );
  else for (const item of chosen) printCard(item.id, shelf.title(item), shelf.sections(item));
}

function printCard(id: string, title: string, sections: readonly Section[]): void {
  console.log(`${colours.bold(id)}  ${title}`);
  for (const section of sections) {
    if (section.kind === 'text') console.log(`\n${wrapped(section.text).join('\n')}`);
    else if (section.kind === 'facts') console.log(`\n${factsText(section.facts)}`);
    else console.log(`\n${colours.bold(section.title)}\n${tableText(section.head, section.rows)}`);
  }
}
