import { type ActorContext, defineScripted } from '#core';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';

interface Setup {
  readonly card: Stretch;
  readonly first: Stretch;
  /** What the first player does with each card, and the second with each card after each action [cards, actions]. */
  readonly opening: readonly number[];
  readonly answer: readonly number[];
}

interface Table {
  readonly cards: number;
  readonly actions: number;
  readonly payoffs: readonly number[];
}

/** The best joint policy for two players in tiny Hanabi, found by going through all openings. */
export const bestConvention = defineScripted<Setup, null>({
  id: 'best-convention',
  card: {
    title: 'Best convention',
    description:
      'Plays tiny Hanabi by the joint policy of highest payoff: for each way in which the first player can act on its card the best answers are worked out.',
    source: 'Exact search; game of Foerster et al. (2019), "Bayesian action decoder".',
    worlds: ['tiny-hanabi'],
  },
  prepare(context) {
    const { observation, count } = context.role;
    const [card, first] = [findField(observation, 'card'), findField(observation, 'action/player0')];
    if (context.env.id !== 'tiny-hanabi' || card === undefined || first === undefined) {
      throw refusal('best-convention', context, { got: context.env.id, expected: 'tiny-hanabi' });
    }
    if (count !== 2) throw refusal('best-convention', context, { got: `${count} players`, expected: 'two players' });
    const table = context.env.params as Table;
    requireFew(table, context);
    return { card, first, ...conventionOf(table) };
  },
  remember: () => null,
  act({ observation }, out, { card, first, opening, answer }) {
    const held = hotIndex(observation, card);
    const told = hotIndex(observation, first);
    out[0] = told < 0 ? opening[held] : answer[held * first.size + told];
  },
});

const mostOpenings = 1_000_000;

function requireFew({ cards, actions }: Table, context: ActorContext): void {
  if (actions ** cards <= mostOpenings) return;
  throw refusal('best-convention', context, {
    message: 'too many openings to go through',
    got: `${actions} actions for each of ${cards} cards`,
    expected: `at most ${mostOpenings} ways to act on a card`,
  });
}

function conventionOf(table: Table): Pick<Setup, 'opening' | 'answer'> {
  const { cards, actions } = table;
  let best = { worth: Number.NEGATIVE_INFINITY, opening: [] as number[], answer: [] as number[] };
  for (let n = 0; n < actions ** cards; n++) {
    const opening = Array.from({ length: cards }, (_, card) => Math.floor(n / actions ** card) % actions);
    const found = answerTo(opening, table);
    if (found.worth > best.worth) best = { ...found, opening };
  }
  return best;
}

/** The best answer to each action with each card, and what it all brings, summed over deals. */
function answerTo(opening: readonly number[], { cards, actions, payoffs }: Table): { worth: number; answer: number[] } {
  const answer: number[] = [];
  let worth = 0;
  for (let own = 0; own < cards; own++) {
    for (let told = 0; told < actions; told++) {
      const sums = Array.from({ length: actions }, (_, reply) =>
        opening.reduce((sum, action, other) => {
          return action === told ? sum + payoffs[((other * cards + own) * actions + told) * actions + reply] : sum;
        }, 0),
      );
      const most = Math.max(...sums);
      answer.push(sums.indexOf(most));
      worth += most;
    }
  }
  return { worth, answer };
}
