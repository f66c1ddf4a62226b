import type { Declaration } from '../declaration.ts';
import type { DeclarationCheck } from './check.ts';
import { type Graph, obstacle } from './explore.ts';

/** No run comes to the state. The counter-example is the way to where runs come nearest, or none at all. */
export const unreachableState: DeclarationCheck = {
  id: 'unreachable-state',
  explains: 'Some run comes to every state.',
  find(declaration, graphs) {
    const reached = new Set(graphs.flatMap(({ nodes }) => [...nodes.values()].map(({ state }) => state)));
    if (declaration.deadline !== undefined) reached.add(declaration.deadline.to);
    const missing = declaration.states.filter(({ name }) => !reached.has(name));
    return missing.map(({ name }) => ({
      subject: name,
      message: `no run comes to "${name}": ${reasons(declaration, graphs, name, reached)}`,
      counterExample: { thread: graphs[0].owner, path: nearest(declaration, graphs, name) },
    }));
  },
};

function leadingTo(declaration: Declaration, state: string) {
  return declaration.moves.filter(
    ({ to, onceAll, sender }) => to === state || onceAll === state || sender?.to === state,
  );
}

function reasons(
  declaration: Declaration,
  graphs: readonly Graph[],
  state: string,
  reached: ReadonlySet<string>,
): string {
  const ways = leadingTo(declaration, state).map((move) => {
    const from = move.from.filter((name) => reached.has(name));
    if (from.length === 0) return `${move.id} starts from ${move.from.join(', ')}, where no run comes either`;
    const blocked = nodesAt(graphs, from).map(({ bound }) => obstacle(declaration, bound, move));
    const parameter = blocked.find((name) => name !== undefined);
    if (parameter === undefined) return `${move.id} is in no such thread`;
    return `${move.id} ${move.in.includes(parameter) ? `repeats "${parameter}", which is not bound` : `binds "${parameter}", which is bound`} at ${from.join(', ')}`;
  });
  return ways.length === 0 ? 'no move leads there' : ways.join('; ');
}

function nodesAt(graphs: readonly Graph[], states: readonly string[]) {
  return graphs.flatMap(({ nodes }) => [...nodes.values()].filter(({ state }) => states.includes(state)));
}

function nearest(declaration: Declaration, graphs: readonly Graph[], state: string) {
  const from = leadingTo(declaration, state).flatMap((move) => move.from);
  return nodesAt(graphs, from)[0]?.path ?? [];
}
