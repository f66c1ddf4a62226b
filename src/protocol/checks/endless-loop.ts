import type { DeclarationCheck } from './check.ts';
import type { Edge, Graph, Step } from './explore.ts';

/** A run goes round for ever: moves that can be repeated any number of times lead back, and no deadline ends it. */
export const endlessLoop: DeclarationCheck = {
  id: 'endless-loop',
  explains: 'Every loop ends: by the deadline of the conversation, or because one of its moves is limited by `atMost`.',
  find(declaration, graphs) {
    if (declaration.deadline !== undefined) return [];
    return graphs.flatMap((graph) => {
      const loop = findLoop(graph);
      if (loop === undefined) return [];
      const { path } = [...graph.nodes.values()].find(({ key }) => key === loop.at) as { path: readonly Step[] };
      const states = loop.steps.map(({ from }) => from);
      return [
        {
          subject: states[0],
          message: `nothing ends the loop ${[...states, states[0]].join(' -> ')}`,
          counterExample: { thread: graph.owner, path, loop: loop.steps },
        },
      ];
    });
  },
};

/** The first loop that a depth-first walk over unlimited moves closes. */
function findLoop({ nodes }: Graph): { readonly at: string; readonly steps: readonly Step[] } | undefined {
  const done = new Set<string>();
  for (const start of nodes.keys()) {
    const trail: { readonly key: string; readonly edges: readonly Edge[]; next: number }[] = [];
    const enter = (key: string) => trail.push({ key, edges: unlimited(nodes.get(key)?.edges ?? []), next: 0 });
    if (!done.has(start)) enter(start);
    while (trail.length > 0) {
      const top = trail[trail.length - 1];
      if (top.next === top.edges.length) {
        done.add(top.key);
        trail.pop();
        continue;
      }
      const { to } = top.edges[top.next++];
      const since = trail.findIndex(({ key }) => key === to);
      if (since >= 0) return { at: to, steps: trail.slice(since).map(({ edges, next }) => edges[next - 1].step) };
      if (!done.has(to)) enter(to);
    }
  }
  return undefined;
}

function unlimited(edges: readonly Edge[]): readonly Edge[] {
  return edges.filter(({ move }) => move?.atMost === undefined);
}
