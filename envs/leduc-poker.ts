import { discrete, type Field, fieldBox } from '#core';
import { drawTable, plain } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';
import {
  cardKinds,
  fold,
  type LeducPokerParams,
  type LeducPokerState,
  leducPokerParams,
  leducPokerRules,
  mostMoves,
  mostPutIn,
} from './leduc-poker/rules.ts';

const moveNames = ['fold', 'call', 'raise'];

/** Leduc hold’em: two betting rounds and a shared card, small enough to be solved exactly. */
export const leducPoker = exactWorld<LeducPokerState, LeducPokerParams>(leducPokerRules, {
  id: 'leduc-poker',
  params: leducPokerParams,
  card: {
    title: 'Leduc poker',
    description:
      'Two betting rounds around a shared card, with a deck of two suits and players + 1 ranks: raises of 2, then of 4, two a round. Two to ten players.',
    source:
      'Southey et al. (2005), "Bayes’ bluff: opponent modelling in poker"; rules, actions and tensors of google-deepmind/open_spiel 2.0.2, games/leduc_poker.',
    licence: 'Rules are facts; open_spiel is Apache-2.0.',
    tests: 'Mixed strategies over several rounds, value of hidden and of coming cards.',
    rewardScale: {
      agent: 'Chips won or lost, at the end: -13 to 13 (players - 1).',
      team: 'Always 0.',
    },
    horizon: 'At most 2 (3 players - 2) moves; two players make at most 8. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0, standardError: 0 },
      roles: { player: { mean: 0, standardError: 0 } },
    },
    knownAnswer:
      'Two players: the value is about -0.0856 for player 0; NashConv of the uniform policy is 4.7472, and it loses 0.078125 for player 0 against itself.',
  },

  roles(params) {
    const { players, view } = params;
    const fields: Field[] = [
      { name: 'player', size: players },
      { name: 'card', size: cardKinds(params) },
      { name: 'sharedCard', size: cardKinds(params) },
      view === 'observation' ? { name: 'putIn', size: players } : { name: 'moves', size: 4 * mostMoves(params) },
    ];
    const observation = fieldBox(fields, 0, view === 'observation' ? mostPutIn : 1);
    return [{ name: 'player', count: players, observation, action: discrete(3, moveNames) }];
  },

  declares: ({ players }) => ({ zeroSum: true, rewardBounds: [-mostPutIn, mostPutIn * (players - 1)] }),

  observe(state, agent, out, params) {
    const { players, view } = params;
    const kinds = cardKinds(params);
    out.fill(0);
    out[agent] = 1;
    out[players + state.own[agent]] = 1;
    if (state.shared >= 0) out[players + kinds + state.shared] = 1;
    const at = players + 2 * kinds;
    if (view === 'observation') for (let p = 0; p < players; p++) out[at + p] = state.putIn[p];
    else writeMoves(state, out, at);
  },

  stateSize: (params) => (params.players + 1) * cardKinds(params) + 4 * mostMoves(params),

  stateVector(state, out, params) {
    const kinds = cardKinds(params);
    out.fill(0);
    for (let p = 0; p < params.players; p++) out[p * kinds + state.own[p]] = 1;
    if (state.shared >= 0) out[params.players * kinds + state.shared] = 1;
    writeMoves(state, out, (params.players + 1) * kinds);
  },

  text(state, agent, params) {
    const lines = [
      `Leduc poker, ${params.players} players. You are player ${agent} and hold ${cardName(state.own[agent], params)}.`,
      state.shared < 0 ? 'The shared card is not dealt yet.' : `The shared card is ${cardName(state.shared, params)}.`,
      ...[0, 1]
        .slice(0, state.round + 1)
        .map((round) => `Round ${round + 1}: ${movesOf(state, round, params).join(', ') || 'no moves yet'}.`),
      `In the pot: ${Array.from(state.putIn, (chips, p) => `player ${p} ${chips}`).join(', ')}.`,
    ];
    if (state.over) lines.push(`The game is over. You get ${plain(wonBy(state, agent, params))}.`);
    else if (state.mover === agent) {
      const owed = state.stakes - state.putIn[agent];
      lines.push(owed > 0 ? `Fold, call ${owed}, or raise where that is still allowed?` : 'Call (check), or raise?');
    } else lines.push(`It is player ${state.mover}’s turn.`);
    return lines.join('\n');
  },

  draw(state, params) {
    const rows = Array.from(
      state.own,
      (card, p) =>
        [
          `player ${p}`,
          { label: cardName(card, params), fill: state.folded[p] === 1 ? ('muted' as const) : (`agent${p}` as const) },
          String(state.putIn[p]),
        ] as const,
    );
    const shared = state.shared < 0 ? 'no shared card yet' : `shared card ${cardName(state.shared, params)}`;
    const moves = [0, 1].map((round) => movesOf(state, round, params).join(', ')).filter(Boolean);
    return drawTable(rows, `Leduc poker: ${shared}; ${moves.join(' | ') || 'no moves yet'}`);
  },
});

export type { LeducPokerParams, LeducPokerState };

/** Two bits a move: call, raise; a fold leaves its place empty. */
function writeMoves({ moves }: LeducPokerState, out: Float32Array, at: number): void {
  for (let i = 0; i < moves.length; i++) if (moves[i] > fold) out[at + 2 * i + moves[i] - 1] = 1;
}

function movesOf({ moves, made }: LeducPokerState, round: number, params: LeducPokerParams): string[] {
  const from = round * mostMoves(params);
  return Array.from(moves.subarray(from, from + made[round]), (move) => moveNames[move]);
}

function cardName(card: number, { suits }: LeducPokerParams): string {
  return suits ? `${card >> 1}${card % 2 === 0 ? '♠' : '♥'}` : String(card);
}

function wonBy(state: LeducPokerState, agent: number, params: LeducPokerParams): number {
  const returns = new Float64Array(params.players);
  leducPokerRules.returns(state, returns, params);
  return returns[agent];
}
