import type { DeclarationCheck } from './check.ts';
import type { Graph, Node } from './explore.ts';

/** A run comes to a state that is not final, and nothing can be said there ever, nor does waiting lead on. */
export const deadEnd: DeclarationCheck = {
  id: 'dead-end',
  explains: 'From every state that is not final something leads on, to a final state in the end.',
  find(declaration, graphs) {
    const final = new Set(declaration.states.filter(({ ends }) => ends !== undefined).map(({ name }) => name));
    return graphs.flatMap((graph) => {
      const saved = declaration.deadline === undefined ? leadingOn(graph, final) : undefined;
      const stuck = [...graph.nodes.values()].filter(
        ({ key, state, edges }) =>
          !final.has(state) && (edges.length === 0 || (saved !== undefined && !saved.has(key))),
      );
      return firstOfEach(stuck).map(({ state, path, edges }) => ({
        subject: state,
        message:
          edges.length === 0
            ? `"${state}" is not final, and nothing leads on from it`
            : `"${state}" is not final, and nothing leads from it to a final state`,
        counterExample: { thread: graph.owner, path },
      }));
    });
  },
};

/** Situations from which a final state can be reached, backwards from those. */
function leadingOn({ nodes }: Graph, final: ReadonlySet<string>): ReadonlySet<string> {
  const saved = new Set([...nodes.values()].filter(({ state }) => final.has(state)).map(({ key }) => key));
  for (let before = -1; before < saved.size; ) {
    before = saved.size;
    for (const { key, edges } of nodes.values()) if (edges.some(({ to }) => saved.has(to))) saved.add(key);
  }
  return saved;
}

function firstOfEach(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter(({ state }, i) => nodes.findIndex((other) => other.state === state) === i);
}
