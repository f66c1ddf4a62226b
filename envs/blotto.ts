import { discrete, fieldBox } from '#core';
import {
  type BlottoParams,
  type BlottoState,
  blottoParams,
  blottoRules,
  fieldWinner,
  spreadsOf,
} from './blotto/rules.ts';
import { drawTable, plain } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';

/** Colonel Blotto: one move, coins over fields. */
export const blotto = exactWorld<BlottoState, BlottoParams>(blottoRules, {
  id: 'blotto',
  params: blottoParams,
  card: {
    title: 'Colonel Blotto',
    description:
      'Everybody spreads coins over fields, all at once and only once; each field goes to the player who put most on it. Two to ten players.',
    source:
      'Borel (1921), "La théorie du jeu et les équations intégrales à noyau symétrique"; rules and action numbers of google-deepmind/open_spiel 2.0.2, games/blotto.',
    licence: 'Rules are facts; open_spiel is Apache-2.0.',
    tests: 'Mixing over a large one-shot action space; no pure strategy is safe.',
    rewardScale: { agent: '1 shared by the winners, -1 shared by the others, 0 in a draw.', team: 'Always 0.' },
    horizon: 'One step, a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0, standardError: 0 },
      roles: { player: { mean: 0, standardError: 0 } },
    },
    knownAnswer: 'Symmetric and zero-sum, so worth 0 to everybody in a symmetric equilibrium.',
  },

  roles(params) {
    const { names } = spreadsOf(params);
    const observation = fieldBox([{ name: 'over', size: 1 }], 0, 1);
    return [{ name: 'player', count: params.players, observation, action: discrete(names.length, names) }];
  },

  declares: () => ({ zeroSum: true, symmetric: true, rewardBounds: [-1, 1] }),

  observe({ chosen }, _agent, out) {
    out[0] = chosen[0] < 0 ? 0 : 1;
  },

  metrics({ chosen }, params) {
    const { table } = spreadsOf(params);
    let most = 0;
    for (const choice of chosen) {
      most += Math.max(...table.subarray(choice * params.fields, (choice + 1) * params.fields));
    }
    return { shareOnOneField: most / chosen.length / params.coins };
  },

  text(state, agent, params) {
    const { players, coins, fields } = params;
    const lines = [
      `Blotto, ${players} players. You are player ${agent}. Spread ${coins} coins over ${fields} fields; all choose at once.`,
    ];
    if (state.chosen[0] < 0) return lines[0];
    for (const [p, choice] of state.chosen.entries())
      lines.push(`Player ${p} chose ${spreadsOf(params).names[choice]}.`);
    const returns = new Float64Array(players);
    blottoRules.returns(state, returns, params);
    lines.push(`You get ${plain(returns[agent])}.`);
    return lines.join('\n');
  },

  draw({ chosen }, params) {
    const { fields } = params;
    const { table } = spreadsOf(params);
    const rows = Array.from(
      chosen,
      (choice, p) =>
        [
          `player ${p}`,
          ...Array.from({ length: fields }, (_, field) => {
            if (choice < 0) return '?';
            const label = String(table[choice * fields + field]);
            return fieldWinner(chosen, field, table, fields) === p ? { label, fill: `agent${p}` as const } : label;
          }),
        ] as const,
    );
    return drawTable(rows, chosen[0] < 0 ? 'Coins not placed yet' : 'Coins on each field; fields won are coloured');
  },
});

export type { BlottoParams, BlottoState };
