import { type AnyProtocol, declarationOf, type Only, plainDeclaration, protocols, stateDiagram } from '#protocol';
import { optionsOf, optionsSection } from './options-of.ts';
import type { Shelf } from './shelf.ts';

/** The protocols. Roles, moves and diagrams are those under default options. */
export const protocolShelf: Shelf<AnyProtocol> = {
  items: protocols,
  columns: ['protocol', 'roles', 'acts', 'title'],
  title: ({ card }) => card.title,

  row(protocol) {
    const { roles, moves } = declarationOf(protocol);
    return [
      protocol.id,
      roles.map(({ name, count }) => `${count} ${name}`).join(', '),
      `${new Set(moves.map(({ performative }) => performative)).size}`,
      protocol.card.title,
    ];
  },

  card(protocol) {
    const declaration = declarationOf(protocol);
    return {
      id: protocol.id,
      ...protocol.card,
      options: optionsOf(protocol.options),
      declaration: plainDeclaration(declaration),
      diagram: stateDiagram(declaration),
    };
  },

  sections(protocol) {
    const declaration = declarationOf(protocol);
    const { roles, moves, states, rules, commitments, deadline } = declaration;
    const facts: (readonly [string, string])[] = [
      ['source', protocol.card.source],
      ['roles', roles.map(({ name, count }) => `${count} ${name}`).join(', ')],
      ['final states', states.flatMap(({ name, ends }) => (ends === undefined ? [] : `${name} (${ends})`)).join(', ')],
    ];
    if (deadline !== undefined) facts.push(['deadline', `${deadline.ticks} ticks, then ${deadline.to}`]);
    for (const commitment of commitments) {
      const { says, debtor, creditor, price } = commitment;
      facts.push(['commitment', `${debtor} to ${creditor}: ${says} (a violation costs ${price})`]);
      const changes = operations.flatMap((operation) => {
        const by = commitment[operation] ?? [];
        return by.length === 0 ? [] : `${operation} ${by.join(', ')}`;
      });
      facts.push(['', changes.join('; ')]);
    }
    for (const { id, says } of rules) facts.push(['rule', `${id}: ${says}`]);
    const rows = moves.map((move) => [
      move.id,
      move.performative,
      `${move.by}${onlyText(move.only)}`,
      `${move.from.join(', ')} -> ${move.to}${move.onceAll === undefined ? '' : ` (${move.onceAll} once all have)`}`,
      [...move.in.map((name) => `in ${name}`), ...move.out.map((name) => `out ${name}`)].join(', '),
    ]);
    return [
      { kind: 'text', text: protocol.card.description },
      { kind: 'facts', facts },
      { kind: 'table', title: 'Moves under default options', head: ['move', 'act', 'by', 'states', 'carries'], rows },
      ...optionsSection('Options', optionsOf(protocol.options)),
    ];
  },
};

/** What messages do to commitments, in the words of declarations. */
const operations = ['creates', 'detaches', 'discharges', 'releases', 'cancels', 'assigns', 'delegates'] as const;

function onlyText(only: Only | undefined): string {
  if (only === undefined) return '';
  if ('named' in only) return ` (who ${only.named} names)`;
  return 'debtor' in only ? ` (debtor of ${only.debtor})` : ` (creditor of ${only.creditor})`;
}
