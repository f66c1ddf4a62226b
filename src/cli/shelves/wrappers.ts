import type { AnyWrapper } from '#core';
import { wrappers } from '#envs';
import { optionsOf, optionsSection } from './options-of.ts';
import type { Shelf } from './shelf.ts';

/** What can be put around a world. */
export const wrapperShelf: Shelf<AnyWrapper> = {
  items: wrappers,
  columns: ['wrapper', 'changes', 'title'],
  title: ({ card }) => card.title,
  row: ({ id, card, changes }) => [id, changes.join(', '), card.title],
  card: ({ id, card, changes, options }) => ({ id, ...card, changes, options: optionsOf(options) }),

  sections({ id, card, changes, options }) {
    const facts = [
      ['source', card.source],
      ['shapes', card.shapes],
      ['changes', changes.join(', ')],
      ['use', `env: { id: …, wrappers: [{ id: ${id} }] }, or a world called …+${id}`],
    ] as const;
    return [
      { kind: 'text', text: card.description },
      { kind: 'facts', facts },
      ...optionsSection('Options', optionsOf(options)),
    ];
  },
};
