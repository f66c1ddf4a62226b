import type { DeclarationCheck } from './check.ts';

/** A role takes part and can never say anything. The counter-example is the longest of the shortest runs, in which it has not. */
export const silentRole: DeclarationCheck = {
  id: 'silent-role',
  explains: 'Every role can speak in some run.',
  find(declaration, graphs) {
    const spoken = new Set(
      graphs.flatMap(({ nodes }) => [...nodes.values()].flatMap(({ edges }) => edges.map(({ step }) => step.by))),
    );
    const longest = graphs
      .flatMap(({ owner, nodes }) => [...nodes.values()].map(({ path }) => ({ thread: owner, path })))
      .reduce((best, one) => (one.path.length > best.path.length ? one : best));
    return declaration.roles
      .filter(({ name }) => !spoken.has(name))
      .map(({ name }) => {
        const own = declaration.moves.filter(({ by }) => by === name).map(({ id }) => id);
        const message =
          own.length === 0 ? `"${name}" has no moves` : `"${name}" can make none of its moves (${own.join(', ')})`;
        return { subject: name, message, counterExample: longest };
      });
  },
};
