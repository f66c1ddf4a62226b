import { type ActorContext, defineScripted } from '#core';
import { refusal } from '../refusal.ts';
import { type BoardView, bestWalk, boardView, handAt, proposalAt } from './board-view.ts';

interface Setup {
  readonly view: BoardView;
  /** For proposers: what each trade moves from the proposer to the responder; absent for other actions. Shapes: [actions][colors]. */
  readonly trades: readonly (readonly number[] | undefined)[];
  readonly pass: number;
}

const responder = 2;

/** Proposes the trade that brings itself most and the responder something; answers with the better of two. */
export const greedyTrader = defineScripted<Setup, null>({
  id: 'greedy-trader',
  card: {
    title: 'Greedy trader',
    description:
      'As proposer it offers, among the trades by which the responder gains something, the one that brings itself most (among equals, what brings the responder most), and nothing where none does. As responder it takes the proposal that brings it most, if that is more than nothing.',
    source: 'One-step best response; de Jong et al. (2011), "Metastrategies in the colored trails game".',
    worlds: ['colored-trails'],
  },
  prepare(context) {
    const view = boardView('greedy-trader', context);
    return {
      view,
      trades: context.role.name === 'proposer' ? tradesOf(context, view) : [],
      pass: context.role.maskSize - 1,
    };
  },
  remember: () => null,
  act({ observation, mask }, out, { view, trades, pass }) {
    const player = [0, 1, 2].findIndex((p) => observation[p] > 0.5);
    const gainOf = (who: number, hand: readonly number[], moved: readonly number[]) =>
      bestWalk(
        observation,
        view,
        who,
        hand.map((count, color) => count + moved[color]),
      ) - bestWalk(observation, view, who, hand);
    if (player === responder) {
      const hand = handAt(observation, view, responder);
      const gains = [0, 1].map((k) => gainOf(responder, hand, proposalAt(observation, view, k)));
      const better = gains[1] > gains[0] ? 1 : 0;
      out[0] = gains[better] > 0 ? better : 2;
      return;
    }
    const [own, other] = [handAt(observation, view, 0), handAt(observation, view, 2)];
    let best = { action: pass, own: 0, other: 0 };
    trades.forEach((moved, action) => {
      if (moved === undefined || mask[action] === 0) return;
      const mine = gainOf(
        player,
        own,
        moved.map((count) => -count),
      );
      if (mine < best.own || mine <= 0) return;
      const theirs = gainOf(responder, other, moved);
      if (theirs > 0 && (mine > best.own || theirs > best.other)) best = { action, own: mine, other: theirs };
    });
    out[0] = best.action;
  },
});

/** Reads trades from the names of the actions: `AAB for C` gives A twice and B, and gets C. */
function tradesOf(context: ActorContext, { colors }: BoardView): Setup['trades'] {
  const { action } = context.role;
  const labels = action.kind === 'discrete' ? action.labels : undefined;
  if (labels === undefined) {
    throw refusal('greedy-trader', context, { got: 'actions without names', expected: 'trades by name' });
  }
  return labels.map((label) => {
    const match = /^([A-Z]+) for ([A-Z]+)$/.exec(label);
    if (match === null) return undefined;
    const moved = new Array<number>(colors).fill(0);
    for (const chip of match[1]) moved[chip.charCodeAt(0) - 65]++;
    for (const chip of match[2]) moved[chip.charCodeAt(0) - 65]--;
    return moved;
  });
}
