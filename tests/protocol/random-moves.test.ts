import { describe, expect, it } from 'vitest';
import { canPass, type Declaration, declarationOf, declare, protocols } from '#protocol';
import { errand } from './errand.ts';
import { rehearseMoves, sayTheForbidden } from './rehearsal.ts';
import { variants } from './variants.ts';

/** Moves that pass commitments on come at the end of long runs: they take more talk. */
function enough({ commitments }: Declaration, moves: number): number {
  return commitments.some(canPass) ? 9 * moves : moves;
}

describe('whoever chooses under the mask', () => {
  it.each(protocols.items)('never violates a clause of $id, and uses every move', (protocol) => {
    const declaration = declarationOf(protocol);
    const counts = rehearseMoves(declaration, 'random', enough(declaration, 700));
    expect([...counts.keys()].sort()).toEqual(declaration.moves.map(({ id }) => id).sort());
  });

  it.each(variants)('%s %o: the mask opens what the monitor takes, and closes what it refuses', (id, options) => {
    rehearseMoves(declarationOf(protocols.get(id), options), 'forbidden', 120, sayTheForbidden(new Set()));
  });

  it.each(protocols.items)('meets every rule of $id', (protocol) => {
    const broken = new Set<string>();
    const options = protocol.id === 'alternating-offers' ? { rejectedMayReturn: false, issues: [3] } : {};
    const declaration = declarationOf(protocol, options);
    rehearseMoves(declaration, 'rules', enough(declaration, 100), sayTheForbidden(broken));
    expect([...broken].sort()).toEqual(declaration.rules.map(({ id }) => id).sort());
  });

  it('does so under a declaration of one’s own', () => {
    expect(rehearseMoves(declare(errand), 'own', 300, sayTheForbidden(new Set())).size).toBe(5);
  });
});
