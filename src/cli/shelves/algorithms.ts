import { type AlgorithmNeeds, type AnyAlgorithm, algorithms } from '#learn';
import { type OptionCard, optionsOf, optionsSection } from './options-of.ts';
import type { Shelf } from './shelf.ts';

/** The learning rules. */
export const algorithmShelf: Shelf<AnyAlgorithm> = {
  items: algorithms,
  columns: ['algorithm', 'actions', 'needs', 'title'],
  title: ({ card }) => card.title,
  row: ({ id, card, needs }) => [id, needs.actions.join(', '), needsText(needs), card.title],

  card({ id, card, needs, options, schedules }) {
    const formula = (key: string) => schedules.includes(key);
    return {
      id,
      ...card,
      needs,
      options: optionsOf(options).map((option) => ({ ...option, formula: formula(option.key) })),
    };
  },

  sections({ card, needs, options, schedules }) {
    const facts = [
      ['source', card.source],
      ['actions', needs.actions.join(', ')],
      ['needs', needsText(needs)],
    ] as const;
    const keys = optionsOf(options).map((option): OptionCard => {
      return schedules.includes(option.key) ? { ...option, takes: option.takes.replace('text', 'formula') } : option;
    });
    return [
      { kind: 'text', text: card.description },
      { kind: 'facts', facts },
      ...optionsSection('Options of `learner`', keys),
    ];
  },
};

function needsText({ onPolicy, centralState, commonReward, memory, game, symmetries }: AlgorithmNeeds): string {
  const words = [
    onPolicy ? 'its own latest play' : '',
    centralState ? 'the global state' : '',
    commonReward ? 'a common reward' : '',
    symmetries === true ? 'interchangeable things' : '',
    game === true ? 'the tree of the game' : memory ? '' : 'a network without memory',
  ].filter((word) => word !== '');
  return words.length === 0 ? 'nothing' : words.join(', ');
}
