import type { Commitment, Declaration, Move } from '../declaration.ts';
import type { DeclarationCheck } from './check.ts';
import type { Graph, Step } from './explore.ts';

type Part = 'debtor' | 'creditor';

/**
 * A message changes a commitment that is not its sender's to change: the creditor releases and assigns, the debtor cancels and
 * delegates. Whoever a commitment passes to has to be named by the one that passes it on.
 */
export const wrongParty: DeclarationCheck = {
  id: 'wrong-party',
  explains: 'Commitments are changed by those whose they are, and pass only to who was named.',
  find(declaration, graphs) {
    return declaration.commitments.flatMap((commitment) => {
      const found: { readonly move: Move; readonly message: string }[] = [];
      const of = (ids: readonly string[] = []) => declaration.moves.filter(({ id }) => ids.includes(id));
      const wants = (move: Move, part: Part, does: string) => {
        if (isBy(declaration, move, commitment, part)) return;
        const message = `"${move.id}" ${does} "${commitment.id}", and others than its ${part} can say it`;
        found.push({ move, message });
      };
      for (const move of of(commitment.releases)) wants(move, 'creditor', 'releases');
      for (const move of of(commitment.cancels)) wants(move, 'debtor', 'cancels');
      const passes = (move: Move, part: Part, does: string) => {
        if (move.only === undefined || !('named' in move.only)) {
          const message = `"${move.id}" ${does} "${commitment.id}" to whoever says it: nobody was named`;
          found.push({ move, message });
          return;
        }
        const { named } = move.only;
        for (const naming of declaration.moves.filter(({ out }) => out.includes(named))) {
          wants(naming, part, `names in "${named}" who takes over`);
        }
      };
      for (const move of of(commitment.assigns)) passes(move, 'creditor', 'assigns');
      for (const move of of(commitment.delegates)) passes(move, 'debtor', 'delegates');
      return found.map(({ move, message }) => ({
        subject: move.id,
        message,
        counterExample: wayTo(graphs, move),
      }));
    });
  },
};

/** Whether nobody but the debtor (the creditor) can say a move. */
function isBy({ roles }: Declaration, move: Move, commitment: Commitment, part: Part): boolean {
  const { only } = move;
  if (only !== undefined && part in only) return (only as Record<string, string>)[part] === commitment.id;
  // Without a condition on the sender it has to be the declared one, who never changes.
  if ((part === 'debtor' ? commitment.delegates : commitment.assigns) !== undefined) return false;
  const declared = commitment[part];
  if (declared === 'owner') return move.thread === 'own';
  return move.by === declared && roles.find(({ name }) => name === declared)?.count === 1;
}

/** The shortest run in which a move is said; the beginning where there is none. */
function wayTo(graphs: readonly Graph[], move: Move): { readonly thread: string; readonly path: readonly Step[] } {
  for (const { owner, nodes } of graphs) {
    for (const { edges, path } of nodes.values()) {
      const edge = edges.find((one) => one.move === move);
      if (edge !== undefined) return { thread: owner, path: [...path, edge.step] };
    }
  }
  return { thread: graphs[0].owner, path: [] };
}
