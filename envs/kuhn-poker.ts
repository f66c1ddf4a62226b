import { discrete, type Field, fieldBox } from '#core';
import { drawTable, plain } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';
import {
  bet,
  type KuhnPokerParams,
  type KuhnPokerState,
  kuhnPokerParams,
  kuhnPokerRules,
  putIn,
} from './kuhn-poker/rules.ts';

/** Kuhn's poker: one card each, one bet, and bluffing all the same. */
export const kuhnPoker = exactWorld<KuhnPokerState, KuhnPokerParams>(kuhnPokerRules, {
  id: 'kuhn-poker',
  params: kuhnPokerParams,
  card: {
    title: 'Kuhn poker',
    description:
      'The smallest poker: players + 1 cards, one each, ante 1. In turn everybody passes or bets 1; who passed before the first bet may still call or fold. Two to ten players.',
    source:
      'Kuhn (1950), "Simplified two-person poker"; rules, actions and tensors of google-deepmind/open_spiel 2.0.2, games/kuhn_poker.',
    licence: 'Rules are facts; open_spiel is Apache-2.0.',
    tests: 'Mixed strategies: bluffing and calling at the right rate, under private information.',
    rewardScale: {
      agent: 'Chips won or lost, at the end: -2 to 2 (players - 1) in steps of 1.',
      team: 'Always 0.',
    },
    horizon: 'At most 2 players - 1 moves; two players make 2 or 3. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0, standardError: 0 },
      roles: { player: { mean: 0, standardError: 0 } },
    },
    knownAnswer:
      'Two players: the value is -1/18 for player 0, a one-parameter family of equilibria; NashConv of the uniform policy is 11/12, and it wins 1/8 for player 0 against itself.',
  },

  roles({ players, view }) {
    const fields: Field[] = [
      { name: 'player', size: players },
      { name: 'card', size: players + 1 },
      view === 'observation' ? { name: 'putIn', size: players } : { name: 'moves', size: 2 * (2 * players - 1) },
    ];
    const observation = fieldBox(fields, 0, view === 'observation' ? 2 : 1);
    return [{ name: 'player', count: players, observation, action: discrete(2, ['pass', 'bet']) }];
  },

  declares: ({ players }) => ({ zeroSum: true, rewardBounds: [-2, 2 * (players - 1)] }),

  observe(state, agent, out, params) {
    if (params.view === 'observation') writeObservation(state, agent, out, params);
    else writeInformation(state, agent, out, params);
  },

  stateSize: ({ players }) => players * (players + 1) + 2 * (2 * players - 1),

  stateVector(state, out, { players }) {
    out.fill(0);
    for (let p = 0; p < players; p++) out[p * (players + 1) + state.cards[p]] = 1;
    writeMoves(state, out, players * (players + 1));
  },

  text(state, agent, { players }) {
    const moves = Array.from(
      state.moves.subarray(0, state.made),
      (move, i) => `player ${i % players} ${nameOf(state, i, move)}`,
    );
    const lines = [
      `Kuhn poker with cards 0 to ${players}, ${players} players. You are player ${agent} and hold card ${state.cards[agent]}.`,
      moves.length === 0 ? 'Nobody has moved yet.' : `So far: ${moves.join(', ')}.`,
    ];
    if (state.winner >= 0)
      lines.push(`Player ${state.winner} takes the pot. You get ${plain(wonBy(state, agent, players))}.`);
    else if (state.made % players === agent)
      lines.push(state.firstBettor < 0 ? 'Pass, or bet 1?' : 'Fold (pass), or call (bet 1)?');
    else lines.push(`It is player ${state.made % players}’s turn.`);
    return lines.join('\n');
  },

  draw(state, { players }) {
    const seat = (p: number) => [
      { label: String(state.cards[p]), fill: `agent${p}` as const },
      `${putIn(state, p, players)}`,
    ];
    const moves = Array.from(state.moves.subarray(0, state.made), (move, i) => nameOf(state, i, move));
    const rows = Array.from(
      { length: players },
      (_, p) => [`player ${p}`, ...seat(p), ...moves.filter((_, i) => i % players === p)] as const,
    );
    const end = state.winner < 0 ? 'card, chips in the pot, moves' : `player ${state.winner} wins`;
    return drawTable(rows, `Kuhn poker: ${end}`);
  },
});

/** OpenSpiel’s observation: who looks, the card, and what each has put into the pot. */
function writeObservation(state: KuhnPokerState, agent: number, out: Float32Array, { players }: KuhnPokerParams): void {
  writeSeat(state, agent, out, players);
  for (let p = 0; p < players; p++) out[2 * players + 1 + p] = putIn(state, p, players);
}

/** OpenSpiel's information state: who looks, the card, and the moves in order as two bits each. */
function writeInformation(state: KuhnPokerState, agent: number, out: Float32Array, { players }: KuhnPokerParams): void {
  writeSeat(state, agent, out, players);
  writeMoves(state, out, 2 * players + 1);
}

function writeSeat({ cards }: KuhnPokerState, agent: number, out: Float32Array, players: number): void {
  out.fill(0);
  out[agent] = 1;
  out[players + cards[agent]] = 1;
}

function writeMoves({ moves, made }: KuhnPokerState, out: Float32Array, at: number): void {
  for (let i = 0; i < made; i++) out[at + 2 * i + moves[i]] = 1;
}

function wonBy(state: KuhnPokerState, agent: number, players: number): number {
  const returns = new Float64Array(players);
  kuhnPokerRules.returns(state, returns, { players, view: 'observation' });
  return returns[agent];
}

function nameOf({ firstBettor, moves }: KuhnPokerState, move: number, action: number): string {
  const facingBet = firstBettor >= 0 && moves.indexOf(bet) < move;
  if (action === bet) return facingBet ? 'calls' : 'bets';
  return facingBet ? 'folds' : 'passes';
}

export type { KuhnPokerParams, KuhnPokerState };
