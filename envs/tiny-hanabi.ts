import { discrete, fieldBox } from '#core';
import { drawTable, plain } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';
import { type TinyHanabiParams, type TinyHanabiState, tinyHanabiParams, tinyHanabiRules } from './tiny-hanabi/rules.ts';

/** Tiny Hanabi: an action is also a word about one’s card. */
export const tinyHanabi = exactWorld<TinyHanabiState, TinyHanabiParams>(tinyHanabiRules, {
  id: 'tiny-hanabi',
  params: tinyHanabiParams,
  card: {
    title: 'Tiny Hanabi',
    description:
      'Two players with a card each act once, one after the other; the second sees what the first did, not its card. Both get the same from a table. Own tables for up to ten players.',
    source:
      'Foerster et al. (2019), "Bayesian action decoder for deep multi-agent reinforcement learning"; rules, table and tensor of google-deepmind/open_spiel 2.0.2, games/tiny_hanabi.',
    licence: 'Rules and payoffs are facts; open_spiel is Apache-2.0.',
    tests: 'Saying something by acting: the safe action pays 8, the convention that tells the card pays 10.',
    rewardScale: {
      agent: 'The table’s entry, the same for both, at the end: 0 to 10.',
      team: 'The same once for each player.',
    },
    horizon: 'One move a player. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 7.41, standardError: 0.0806 },
      roles: { player: { mean: 3.705, standardError: 0.0403 } },
    },
    baseline: {
      policies: { player: 'best-convention' },
      episodes: 1000,
      seed: 0,
      team: { mean: 20, standardError: 0 },
      roles: { player: { mean: 10, standardError: 0 } },
    },
    knownAnswer: 'The best joint policy gets 10 whatever is dealt; uniform play 67/18.',
  },

  roles({ players, cards, actions }) {
    const acts = Array.from({ length: players }, (_, p) => ({ name: `action/player${p}`, size: actions }));
    const observation = fieldBox([{ name: 'card', size: cards }, ...acts], 0, 1);
    return [{ name: 'player', count: players, observation, action: discrete(actions) }];
  },

  declares({ payoffs }) {
    const low = payoffs.reduce((least, payoff) => Math.min(least, payoff), Number.POSITIVE_INFINITY);
    const high = payoffs.reduce((most, payoff) => Math.max(most, payoff), Number.NEGATIVE_INFINITY);
    return { commonReward: true, rewardBounds: [Math.min(0, low), Math.max(0, high)] };
  },

  observe(state, agent, out, { cards, actions }) {
    out.fill(0);
    out[state.cards[agent]] = 1;
    for (let p = 0; p < state.made; p++) out[cards + p * actions + state.chosen[p]] = 1;
  },

  stateSize: ({ players, cards, actions }) => players * (cards + actions),

  stateVector(state, out, { players, cards, actions }) {
    out.fill(0);
    for (let p = 0; p < players; p++) out[p * cards + state.cards[p]] = 1;
    for (let p = 0; p < state.made; p++) out[players * cards + p * actions + state.chosen[p]] = 1;
  },

  text(state, agent, params) {
    const { players, actions } = params;
    const acts = Array.from(state.chosen.subarray(0, state.made), (action, p) => `player ${p} chose ${action}`);
    const lines = [
      `Tiny Hanabi, ${players} players. You are player ${agent} and hold card ${state.cards[agent]}.`,
      acts.length === 0 ? 'Nobody has acted yet.' : `So far: ${acts.join(', ')}.`,
    ];
    if (state.made === players) {
      const out = new Float64Array(players);
      tinyHanabiRules.returns(state, out, params);
      lines.push(`All get ${plain(out[agent])}.`);
    } else lines.push(state.made === agent ? `Choose 0 to ${actions - 1}.` : `It is player ${state.made}’s turn.`);
    return lines.join('\n');
  },

  draw({ cards, chosen }) {
    const rows = Array.from(cards, (card, p) => {
      const action = chosen[p] < 0 ? '?' : String(chosen[p]);
      return [`player ${p}`, { label: String(card), fill: `agent${p}` as const }, action] as const;
    });
    return drawTable(rows, 'Cards and actions');
  },
});

export type { TinyHanabiParams, TinyHanabiState };
