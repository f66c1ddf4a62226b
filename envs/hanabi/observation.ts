import { type BoxSpace, type Field, fieldBox } from '#core';
import { copiesOf, deckSizeOf, type HanabiParams, handSizeOf, movesOf } from './params.ts';
import type { HanabiState } from './rules.ts';

/** The canonical encoding by name; players are counted from the observer on. */
export function observationSpace(params: HanabiParams): BoxSpace {
  const { players, colors, ranks } = params;
  const hand = handSizeOf(params);
  const kinds = colors * ranks;
  const knowledge: Field[] = Array.from({ length: players }, (_, k) => ({
    name: `knowledge/${k === 0 ? 'own' : `other${k}`}`,
    size: hand * (kinds + colors + ranks),
  }));
  return fieldBox(
    [
      ...Array.from({ length: players - 1 }, (_, k) => ({ name: `hand/other${k + 1}`, size: hand * kinds })),
      { name: 'missingCard', size: players },
      ...withoutEmpty([
        { name: 'deck', size: deckSizeOf(params) - players * hand },
        { name: 'fireworks', size: kinds },
        { name: 'hints', size: params.hints },
        { name: 'lives', size: params.lives },
      ]),
      { name: 'discards', size: deckSizeOf(params) },
      { name: 'last/player', size: players },
      { name: 'last/kind', size: 4 },
      { name: 'last/target', size: players },
      { name: 'last/color', size: colors },
      { name: 'last/rank', size: ranks },
      { name: 'last/told', size: hand },
      { name: 'last/position', size: hand },
      { name: 'last/card', size: kinds },
      { name: 'last/scored', size: 1 },
      { name: 'last/regained', size: 1 },
      ...(params.observation === 'minimal' ? [] : knowledge),
    ],
    0,
    1,
  );
}

function withoutEmpty(fields: readonly Field[]): Field[] {
  return fields.filter(({ size }) => size > 0);
}

/** What `agent` sees. Source: hanabi-learning-environment, hanabi_lib, canonical_encoders.cc. */
export function writeObservation(state: HanabiState, agent: number, out: Float32Array, params: HanabiParams): void {
  out.fill(0);
  let at = writeHands(state, agent, 1, out, 0, params);
  at = writeTable(state, out, at, params);
  at = writeLast(state, agent, out, at, params);
  if (params.observation !== 'minimal') writeKnowledge(state, agent, out, at, params);
}

/** Everything, for central critics: all hands, whose turn it is, the table, the last move and what hints have told. */
export function stateVectorSize(params: HanabiParams): number {
  const { players, colors, ranks } = params;
  const hand = handSizeOf(params);
  const full = observationSpace({ ...params, observation: 'card-knowledge' }).low.length;
  return full + hand * colors * ranks + players;
}

export function writeStateVector(state: HanabiState, out: Float32Array, params: HanabiParams): void {
  out.fill(0);
  out[Math.max(0, state.mover)] = 1;
  let at = writeHands(state, 0, 0, out, params.players, params);
  at = writeTable(state, out, at, params);
  at = writeLast(state, 0, out, at, params);
  writeKnowledge(state, 0, out, at, params);
}

/** Hands of the players from `first` after the observer on, and whose hand misses a card. */
function writeHands(
  { hands, held }: HanabiState,
  agent: number,
  first: number,
  out: Float32Array,
  start: number,
  params: HanabiParams,
): number {
  const { players, colors, ranks } = params;
  const hand = handSizeOf(params);
  const kinds = colors * ranks;
  let at = start;
  for (let k = first; k < players; k++) {
    const player = (agent + k) % players;
    for (let i = 0; i < held[player]; i++) out[at + i * kinds + hands[player * hand + i]] = 1;
    at += hand * kinds;
  }
  for (let k = 0; k < players; k++) out[at + k] = held[(agent + k) % players] < hand ? 1 : 0;
  return at + players;
}

/** Deck, fireworks, hints, lives and discards. */
function writeTable(state: HanabiState, out: Float32Array, start: number, params: HanabiParams): number {
  const { players, colors, ranks, hints, lives } = params;
  let at = start;
  out.fill(1, at, at + state.deckSize);
  at += deckSizeOf(params) - players * handSizeOf(params);
  for (let color = 0; color < colors; color++, at += ranks) {
    if (state.fireworks[color] > 0) out[at + state.fireworks[color] - 1] = 1;
  }
  out.fill(1, at, at + state.hints);
  at += hints;
  out.fill(1, at, at + state.lives);
  at += lives;
  for (let card = 0; card < state.discards.length; card++) {
    out.fill(1, at, at + state.discards[card]);
    at += copiesOf(card % ranks, params);
  }
  return at;
}

function writeLast(state: HanabiState, agent: number, out: Float32Array, start: number, params: HanabiParams): number {
  const { players, colors, ranks } = params;
  const hand = handSizeOf(params);
  const kinds = colors * ranks;
  const target = start + players + 4;
  const color = target + players;
  const rank = color + colors;
  const told = rank + ranks;
  const position = told + hand;
  const card = position + hand;
  const end = card + kinds + 2;
  if (state.lastPlayer < 0) return end;
  const { play, tellColor, tellRank } = movesOf(params);
  const { lastMove: move } = state;
  const player = (state.lastPlayer - agent + players) % players;
  out[start + player] = 1;
  if (move < tellColor) {
    const plays = move >= play;
    out[start + players + (plays ? 0 : 1)] = 1;
    out[position + (move % hand)] = 1;
    out[card + state.lastCard] = 1;
    if (plays && state.lastScored) out[card + kinds] = 1;
    if (plays && state.lastRegained) out[card + kinds + 1] = 1;
    return end;
  }
  const byRank = move >= tellRank;
  const word = move - (byRank ? tellRank : tellColor);
  const size = byRank ? ranks : colors;
  out[start + players + (byRank ? 3 : 2)] = 1;
  out[target + ((player + 1 + Math.floor(word / size)) % players)] = 1;
  out[(byRank ? rank : color) + (word % size)] = 1;
  for (let i = 0; i < hand; i++) if ((state.lastTold & (1 << i)) !== 0) out[told + i] = 1;
  return end;
}

function writeKnowledge(
  state: HanabiState,
  agent: number,
  out: Float32Array,
  start: number,
  params: HanabiParams,
): void {
  const { players, colors, ranks } = params;
  const hand = handSizeOf(params);
  const kinds = colors * ranks;
  for (let k = 0; k < players; k++) {
    const player = (agent + k) % players;
    for (let i = 0; i < state.held[player]; i++) {
      const place = player * hand + i;
      const at = start + (k * hand + i) * (kinds + colors + ranks);
      for (let color = 0; color < colors; color++) {
        if ((state.possibleColors[place] & (1 << color)) === 0) continue;
        for (let rank = 0; rank < ranks; rank++) {
          if ((state.possibleRanks[place] & (1 << rank)) !== 0) out[at + color * ranks + rank] = 1;
        }
      }
      if (state.knownColors[place] >= 0) out[at + kinds + state.knownColors[place]] = 1;
      if (state.knownRanks[place] >= 0) out[at + kinds + colors + state.knownRanks[place]] = 1;
    }
  }
}
