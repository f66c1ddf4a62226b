import { describe, expect, it } from 'vitest';
import { checkDeclaration, declarationOf, protocols } from '#protocol';

describe('every protocol that ships', () => {
  it.each(protocols.items)('$id passes the static checks', (protocol) => {
    expect(checkDeclaration(declarationOf(protocol))).toEqual([]);
  });

  it.each(protocols.items)('$id has a card with a source, and describes every option', ({ card, options }) => {
    expect(card.title).toMatch(/\w/);
    expect(card.description).toMatch(/\.$/);
    expect(card.source).toMatch(/\(\d{4}\)/);
    const { shape } = options as unknown as { shape: Record<string, { description?: string }> };
    for (const [key, option] of Object.entries(shape)) expect(option.description, key).toMatch(/\.$/);
  });
});
