import type { Declaration, Move } from '../declaration.ts';
import type { DeclarationCheck } from './check.ts';
import type { Graph, Step } from './explore.ts';

/** Two moves look the same to whoever hears them: the same act by the same role with the same parameters, in one situation. */
export const ambiguousReply: DeclarationCheck = {
  id: 'ambiguous-reply',
  explains: 'Whoever hears a message knows which move it is.',
  find(declaration, graphs) {
    const { moves } = declaration;
    return moves.flatMap((one, i) =>
      moves.slice(i + 1).flatMap((other) => {
        const path = looksTheSame(declaration, one, other) ? wayToBoth(graphs, one, other) : undefined;
        if (path === undefined) return [];
        const { owner, steps } = path;
        return [
          {
            subject: one.id,
            message: `"${one.id}" and "${other.id}" are the same message (${one.performative} by ${one.by} with ${carried(one) || 'nothing'}), and lead to "${one.to}" and "${other.to}"`,
            counterExample: { thread: owner, path: steps },
          },
        ];
      }),
    );
  },
};

function looksTheSame(declaration: Declaration, one: Move, other: Move): boolean {
  const same = one.by === other.by && one.performative === other.performative && carried(one) === carried(other);
  return same && hearers(declaration, one) === hearers(declaration, other);
}

/** The names that the content has. */
function carried({ in: repeated, out }: Move): string {
  return [...repeated, ...out].sort().join(', ');
}

/** Whom a move is addressed to, where that can be told from its receivers. */
function hearers({ threads, roles }: Declaration, { thread, addressee }: Move): string {
  const owners = roles.filter(({ name }) => threads.includes(name));
  const alone = owners.length === 1 && owners[0].count === 1;
  if (thread === 'all' || thread === 'addressed') return alone ? 'the owner' : `${thread} ${addressee ?? ''}`;
  return thread;
}

/** The shortest way to a situation in which both can be said. */
function wayToBoth(
  graphs: readonly Graph[],
  one: Move,
  other: Move,
): { owner: string; steps: readonly Step[] } | undefined {
  for (const { owner, nodes } of graphs) {
    for (const { state, edges, path } of nodes.values()) {
      const said = (move: Move) => edges.some((edge) => edge.move === move && move.from.includes(state));
      if (said(one) && said(other)) return { owner, steps: path };
    }
  }
  return undefined;
}
