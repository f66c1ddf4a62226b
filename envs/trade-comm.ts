import { discrete, fieldBox } from '#core';
import { drawTable } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';
import {
  isTrade,
  type TradeCommParams,
  type TradeCommState,
  tradeCommParams,
  tradeCommRules,
} from './trade-comm/rules.ts';

/** Say what you hold, then trade. */
export const tradeComm = exactWorld<TradeCommState, TradeCommParams>(tradeCommRules, {
  id: 'trade-comm',
  params: tradeCommParams,
  card: {
    title: 'Trade comm',
    description:
      'Each of two players holds an item that the other does not see. Each says one symbol, then each offers to give an item for another. If both offer what they hold for what the other holds, both get 1.',
    source:
      'Sokota et al. (2021), "Solving common-payoff games with approximate policy iteration"; rules and tensor of google-deepmind/open_spiel 2.0.2, games/trade_comm.',
    licence: 'Rules are facts; open_spiel is Apache-2.0.',
    tests: 'Two-way communication that a later choice depends on, among many actions.',
    rewardScale: { agent: '1 for the right trade, else 0; the same for both.', team: 'Twice that.' },
    horizon: 'Two words and two offers. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.0002, standardError: 0.0002 },
      roles: { player: { mean: 0.0001, standardError: 0.0001 } },
    },
    baseline: {
      policies: { player: 'optimal-signaller' },
      episodes: 1000,
      seed: 0,
      team: { mean: 2, standardError: 0 },
      roles: { player: { mean: 1, standardError: 0 } },
    },
    knownAnswer: 'The best joint policy gets 1 always: say what you hold. Uniform play gets 1 / items^4.',
  },

  roles({ items }) {
    const observation = fieldBox(
      [
        { name: 'turn', size: 2 },
        { name: 'over', size: 1 },
        { name: 'trading', size: 1 },
        { name: 'item', size: items },
        { name: 'said', size: items },
        { name: 'heard', size: items },
        { name: 'offers made', size: 3 },
        { name: 'own offer gives', size: items },
        { name: 'own offer gets', size: items },
      ],
      0,
      1,
    );
    return [{ name: 'player', count: 2, observation, action: discrete(items + items * items) }];
  },

  declares: () => ({ commonReward: true, rewardBounds: [0, 1] }),

  observe({ items, said, offers, moves }, agent, out, params) {
    const kinds = params.items;
    const other = 1 - agent;
    out.fill(0);
    out[moves % 2] = 1;
    out[2] = moves === 4 ? 1 : 0;
    out[3] = moves >= 2 ? 1 : 0;
    out[4 + items[agent]] = 1;
    if (said[agent] >= 0) out[4 + kinds + said[agent]] = 1;
    if (said[other] >= 0) out[4 + 2 * kinds + said[other]] = 1;
    const made = 4 + 3 * kinds;
    out[made + Math.max(0, moves - 2)] = 1;
    if (offers[agent] < 0) return;
    out[made + 3 + Math.floor(offers[agent] / kinds)] = 1;
    out[made + 3 + kinds + (offers[agent] % kinds)] = 1;
  },

  stateSize: ({ items }) => 4 * items + 5,

  stateVector({ items, said, moves }, out, params) {
    const kinds = params.items;
    out.fill(0);
    for (let p = 0; p < 2; p++) {
      out[p * kinds + items[p]] = 1;
      if (said[p] >= 0) out[(2 + p) * kinds + said[p]] = 1;
    }
    out[4 * kinds + moves] = 1;
  },

  outcome: ({ items, said, offers }) => ({
    talk: [0, 1].flatMap((speaker) => {
      if (said[speaker] < 0) return [];
      const [own, answer] = [offers[speaker], offers[1 - speaker]];
      const acts = { ...(own < 0 ? {} : { own }), ...(answer < 0 ? {} : { answer }) };
      return [{ speaker, meaning: [items[speaker]], message: [said[speaker]], ...acts }];
    }),
  }),

  metrics: (state, { items }) => ({ traded: isTrade(state, items) ? 1 : 0 }),

  text({ items, said, offers, moves }, agent, params) {
    const kinds = params.items;
    const heard = said[1 - agent] < 0 ? '' : ` The other said ${said[1 - agent]}.`;
    const mine = said[agent] < 0 ? '' : ` You said ${said[agent]}.`;
    const offer =
      offers[agent] < 0 ? '' : ` You offered ${Math.floor(offers[agent] / kinds)} for ${offers[agent] % kinds}.`;
    const task =
      moves < 2
        ? `Say a symbol, 0 to ${kinds - 1}.`
        : `Offer to give one item for another: action ${kinds} + give * ${kinds} + get.`;
    return `You are player ${agent} and hold item ${items[agent]}.${mine}${heard}${offer} ${moves < 4 && moves % 2 === agent ? task : ''}`.trim();
  },

  draw(state, { items: kinds }) {
    const offer = (p: number) =>
      state.offers[p] < 0 ? '?' : `${Math.floor(state.offers[p] / kinds)} for ${state.offers[p] % kinds}`;
    const rows = [0, 1].map((p) => {
      const word = state.said[p] < 0 ? '?' : String(state.said[p]);
      return [`player ${p}`, { label: String(state.items[p]), fill: `agent${p}` as const }, word, offer(p)] as const;
    });
    return drawTable(rows, 'Item, word, offer');
  },
});

export type { TradeCommParams, TradeCommState };
