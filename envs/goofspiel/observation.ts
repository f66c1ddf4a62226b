import type { Field } from '#core';
import { allPoints, type GoofspielParams, type GoofspielState, turnsOf } from './rules.ts';

/** The parts of an observation, in OpenSpiel’s order; players are listed from the own seat on, winners by seat unless relative. */
export function observationFields(params: GoofspielParams): Field[] {
  const { players, cards, hidden, view } = params;
  const turns = turnsOf(params);
  const remembers = view === 'information-state';
  const fields: (Field | false)[] = [
    !remembers && { name: 'pointCard', size: cards },
    !remembers && { name: 'pointsLeft', size: cards },
    { name: 'points', size: players * (allPoints(params) + 1) },
    hidden && { name: 'hand', size: cards },
    hidden && { name: 'winners', size: turns * players },
    remembers && { name: 'pointCards', size: turns * cards },
    hidden && remembers && { name: 'bids', size: turns * cards },
    !hidden && { name: 'hands', size: players * cards },
  ];
  return fields.filter((field) => field !== false);
}

/** Writes what `agent` is shown; every part one-hot or one bit a card. */
export function writeObservation(
  state: GoofspielState,
  agent: number,
  out: Float32Array,
  params: GoofspielParams,
): void {
  const { players, cards, hidden, view } = params;
  const turns = turnsOf(params);
  const remembers = view === 'information-state';
  out.fill(0);
  let at = 0;
  if (!remembers) {
    out.fill(1, cards, 2 * cards);
    for (let i = 0; i < state.dealt; i++) out[cards + state.pointCards[i]] = 0;
    if (state.dealt > 0) out[state.pointCards[state.dealt - 1]] = 1;
    at = 2 * cards;
  }
  const slots = allPoints(params) + 1;
  for (let k = 0; k < players; k++) out[at + k * slots + state.points[(agent + k) % players]] = 1;
  at += players * slots;
  if (hidden) {
    for (let card = 0; card < cards; card++) out[at + card] = state.hands[agent * cards + card];
    at += cards;
    writeWinners(state, agent, out, at, params);
    at += turns * players;
  }
  if (remembers) {
    for (let i = 0; i < state.dealt; i++) out[at + i * cards + state.pointCards[i]] = 1;
    at += turns * cards;
  }
  if (hidden && remembers) {
    for (let i = 0; i < state.played; i++) out[at + i * cards + state.bids[i * players + agent]] = 1;
  }
  if (hidden) return;
  for (let k = 0; k < players; k++) {
    const from = ((agent + k) % players) * cards;
    for (let card = 0; card < cards; card++) out[at + k * cards + card] = state.hands[from + card];
  }
}

function writeWinners(
  { winners, played }: GoofspielState,
  agent: number,
  out: Float32Array,
  at: number,
  { players, relativeWinners }: GoofspielParams,
): void {
  for (let i = 0; i < played; i++) {
    if (winners[i] < 0) continue;
    const place = relativeWinners ? (players + winners[i] - agent) % players : winners[i];
    out[at + i * players + place] = 1;
  }
}
