import { describe, expect, it } from 'vitest';
import { declarationOf, protocols } from '#protocol';
import { rehearseMoves, sayTheForbidden } from '../protocol/rehearsal.ts';
import { variants } from '../protocol/variants.ts';

describe('over a hundred thousand random moves', () => {
  it.each(protocols.items)('no clause of $id is violated by whoever chooses under the mask', (protocol) => {
    const declaration = declarationOf(protocol);
    const counts = rehearseMoves(declaration, 'endurance', 100_000);
    expect(counts.size).toBe(declaration.moves.length);
  });
});

describe('over two thousand random moves', () => {
  it.each(variants)('%s %o: whatever the mask closes is refused', (id, options) => {
    rehearseMoves(declarationOf(protocols.get(id), options), 'endurance', 2000, sayTheForbidden(new Set()));
  });
});
