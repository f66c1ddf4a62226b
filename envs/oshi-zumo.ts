import { discrete, fieldBox } from '#core';
import { gameOver } from './exact/rules.ts';
import { drawTable } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';
import { type OshiZumoParams, type OshiZumoState, oshiZumoParams, oshiZumoRules } from './oshi-zumo/rules.ts';

/** Oshi-Zumo: bids push a wrestler off the ring. */
export const oshiZumo = exactWorld<OshiZumoState, OshiZumoParams>(oshiZumoRules, {
  id: 'oshi-zumo',
  params: oshiZumoParams,
  card: {
    title: 'Oshi-Zumo',
    description:
      'Two players bid coins at once, round after round, and lose what they bid; the higher bid pushes the wrestler one place. Off the ring, or nearer to it on the other’s side when the coins are gone, wins.',
    source:
      'Buro (2003), "Solving the Oshi-Zumo game"; rules, actions and tensor of google-deepmind/open_spiel 2.0.2, games/oshi_zumo.',
    licence: 'Rules are facts; open_spiel is Apache-2.0.',
    tests: 'Budgeting over time under simultaneous moves; mixed strategies that depend on what is left.',
    rewardScale: { agent: '1 for a win, -1 for a loss, 0 for a draw, at the end.', team: 'Always 0.' },
    horizon:
      'Until the coins are gone, the wrestler is off the ring or 1000 rounds are over (`horizon`): a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0, standardError: 0 },
      roles: { player: { mean: 0, standardError: 0 } },
    },
    knownAnswer:
      'Symmetric and zero-sum, so worth 0; equilibria are mixed (Buro 2003). With minBid 0 both may bid nothing until the horizon.',
  },

  roles({ coins, size, view }) {
    const names = view === 'own' ? ['own', 'other'] : ['player0', 'player1'];
    const observation = fieldBox(
      [...names.map((name) => ({ name: `coins/${name}`, size: coins + 1 })), { name: 'position', size: 2 * size + 3 }],
      0,
      1,
    );
    const labels = Array.from({ length: coins + 1 }, (_, bid) => `bid ${bid}`);
    return [{ name: 'player', count: 2, observation, action: discrete(coins + 1, labels) }];
  },

  declares: ({ view }) => ({ zeroSum: true, symmetric: view === 'own', rewardBounds: [-1, 1] }),

  observe({ coins, position }, agent, out, params) {
    const mirrored = params.view === 'own' && agent === 1;
    const other = params.coins + 1;
    out.fill(0);
    out[coins[mirrored ? 1 : 0]] = 1;
    out[other + coins[mirrored ? 0 : 1]] = 1;
    out[2 * other + (mirrored ? 2 * params.size + 2 - position : position)] = 1;
  },

  stateSize: ({ size }) => 3 + 2 * size + 3,

  stateVector({ coins, position, rounds }, out, params) {
    out.fill(0);
    out[0] = coins[0] / params.coins;
    out[1] = coins[1] / params.coins;
    out[2] = rounds / params.horizon;
    out[3 + position] = 1;
  },

  metrics: ({ rounds, coins }) => ({ rounds, coinsLeft: coins[0] + coins[1] }),

  text(state, agent, params) {
    const { coins, position, rounds } = state;
    const edge = params.size + 1;
    const ahead = (agent === 0 ? 1 : -1) * (position - edge);
    const place = ahead === 0 ? 'in the middle' : `${Math.abs(ahead)} on ${ahead > 0 ? 'the other’s' : 'your'} side`;
    const lines = [
      `Oshi-Zumo, round ${rounds + 1}. The wrestler stands ${place}; ${edge} is off the ring.`,
      `You have ${coins[agent]} coins, the other has ${coins[1 - agent]}.`,
    ];
    if (oshiZumoRules.turn(state, params) !== gameOver) {
      const least = Math.min(params.minBid, coins[agent]);
      lines.push(`Bid ${least} to ${coins[agent]}: the higher bid pushes, both are lost.`);
    } else {
      const out = new Float64Array(2);
      oshiZumoRules.returns(state, out, params);
      lines.push(out[agent] > 0 ? 'You have won.' : out[agent] < 0 ? 'You have lost.' : 'It is a draw.');
    }
    return lines.join('\n');
  },

  draw({ coins, position, rounds }, { size }) {
    const ring = Array.from({ length: 2 * size + 3 }, (_, place) => {
      const off = place === 0 || place === 2 * size + 2;
      return { label: place === position ? 'W' : '', ...(off ? { fill: 'muted' as const } : {}) };
    });
    const seats = [0, 1].map((p) => [`player ${p}`, { label: String(coins[p]), fill: `agent${p}` as const }] as const);
    return drawTable([['ring', ...ring], ...seats], `After ${rounds} rounds; player 0 pushes to the right`);
  },
});

export type { OshiZumoParams, OshiZumoState };
