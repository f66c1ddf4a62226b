import { PolityError, suggest } from './errors.ts';

/** A shelf of items by id, in the order they were listed. */
export interface Registry<T extends { readonly id: string }> {
  /** What the items are called in messages: `world`, `policy`. */
  readonly kind: string;
  readonly ids: readonly string[];
  readonly items: readonly T[];
  has(id: string): boolean;
  /** Throws PolityError (input) for an unknown id, with the nearest known one. */
  get(id: string, where?: string): T;
  /** A new shelf with these items added (or replacing those of the same id). */
  with(...items: T[]): Registry<T>;
}

/**
 * Makes a registry.
 *
 * Throws: PolityError (contract) when two items share an id.
 *
 * @example
 * createRegistry('world', [coin]).get('coin').id // 'coin'
 */
export function createRegistry<T extends { readonly id: string }>(kind: string, items: readonly T[]): Registry<T> {
  const byId = new Map(items.map((item) => [item.id, item]));
  if (byId.size !== items.length) {
    const twice = items.find((item, i) => items.findIndex((other) => other.id === item.id) !== i);
    throw new PolityError({
      code: 'contract',
      where: `registry of ${kind} items`,
      message: `"${twice?.id}" is listed twice`,
    });
  }
  const ids = [...byId.keys()];
  return {
    kind,
    ids,
    items,
    has: (id) => byId.has(id),
    get(id, where = kind) {
      const item = byId.get(id);
      if (item !== undefined) return item;
      throw new PolityError({
        code: 'input',
        where,
        message: `unknown ${kind}`,
        got: `"${id}"`,
        remedy: suggest(id, ids),
      });
    },
    with(...added) {
      const kept = items.filter((item) => !added.some((other) => other.id === item.id));
      return createRegistry(kind, [...kept, ...added]);
    },
  };
}
