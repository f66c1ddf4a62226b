import type { DeclarationCheck } from './check.ts';

/** Nobody has to speak: a state without a time limit, in a conversation without a deadline. */
export const endlessWait: DeclarationCheck = {
  id: 'endless-wait',
  explains: 'Silence ends too: every state has `within` and `late`, or the conversation has a deadline.',
  find(declaration, graphs) {
    if (declaration.deadline !== undefined) return [];
    const patient = declaration.states.filter(({ ends, within }) => ends === undefined && within === undefined);
    return patient.flatMap(({ name }) => {
      for (const { owner, nodes } of graphs) {
        const node = [...nodes.values()].find(({ state }) => state === name);
        if (node === undefined) continue;
        const message = `at "${name}" silence never ends`;
        return [{ subject: name, message, counterExample: { thread: owner, path: node.path } }];
      }
      return [];
    });
  },
};
