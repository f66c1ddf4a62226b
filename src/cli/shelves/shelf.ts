import type { Registry } from '#core';

/** A part of what is printed about an item. */
export type Section =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, text: string])[] }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** Something that an experiment can name, and how a command shows it. */
export interface Shelf<T extends { readonly id: string }> {
  readonly items: Registry<T>;
  /** Heads of the columns of the list; the first is the id. */
  readonly columns: readonly string[];
  row(item: T): readonly string[];
  /** The item as plain data: one element of the array that `--json` prints. */
  card(item: T): Readonly<Record<string, unknown>>;
  title(item: T): string;
  sections(item: T): readonly Section[];
}
