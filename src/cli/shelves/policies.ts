import { createRegistry, type Policy } from '#core';
import { isFamily, policies } from '#policies';
import type { AnyArchitecture } from '#train';
import { catalogue } from '../catalogue.ts';
import { optionsOf, optionsSection } from './options-of.ts';
import type { Section, Shelf } from './shelf.ts';

/** A scripted policy by what it does, or a kind of network to be trained. */
type Mind =
  | { readonly kind: 'scripted'; readonly id: string; readonly policy: Policy }
  | { readonly kind: 'network'; readonly id: string; readonly architecture: AnyArchitecture };

const minds: readonly Mind[] = [
  ...policies.items.map((policy): Mind => ({ kind: 'scripted', id: policy.id, policy })),
  ...catalogue.architectures.items.map(
    (architecture): Mind => ({ kind: 'network', id: architecture.id, architecture }),
  ),
];

/** Everything that can take a seat: scripted policies, and networks that `policy.network.architecture` names. */
export const policyShelf: Shelf<Mind> = {
  items: createRegistry('policy', minds),
  columns: ['policy', 'kind', 'worlds', 'title'],
  title: (mind) => (mind.kind === 'scripted' ? mind.policy.card.title : mind.architecture.title),

  row(mind) {
    const argument = mind.kind === 'scripted' && isFamily(mind.policy) ? `(${mind.policy.argument.name})` : '';
    return [`${mind.id}${argument}`, mind.kind, worldsText(mind), policyShelf.title(mind)];
  },

  card(mind) {
    const { id, kind } = mind;
    if (mind.kind === 'scripted') {
      const argument = isFamily(mind.policy) ? { argument: mind.policy.argument } : {};
      return { id, kind, ...mind.policy.card, ...argument };
    }
    const { title, source, options } = mind.architecture;
    return { id, kind, title, source, options: optionsOf(options) };
  },

  sections(mind): readonly Section[] {
    if (mind.kind === 'network') {
      const use = `policy: { network: { architecture: ${mind.id} } }`;
      const { source, options } = mind.architecture;
      const facts = [
        ['kind', 'a network to train'],
        ['source', source],
        ['use', use],
      ] as const;
      return [{ kind: 'facts', facts }, ...optionsSection('Options', optionsOf(options))];
    }
    const { card } = mind.policy;
    const facts: (readonly [string, string])[] = [
      ['source', card.source],
      ['worlds', worldsText(mind)],
    ];
    if (isFamily(mind.policy)) {
      const { argument } = mind.policy;
      facts.push([
        'argument',
        `${argument.description}, as in ${mind.id}(${argument.example.replace(/^.*\(|\)$/g, '')})`,
      ]);
    }
    return [
      { kind: 'text', text: card.description },
      { kind: 'facts', facts },
    ];
  },
};

function worldsText(mind: Mind): string {
  if (mind.kind === 'network') return 'any';
  const { worlds } = mind.policy.card;
  return worlds.includes('*') ? 'any' : worlds.join(', ');
}
