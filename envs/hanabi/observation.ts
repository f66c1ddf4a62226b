import { type BoxSpace, type Field, fieldBox } from '#core';
import { onceFor } from '#core/once-for';
import { copiesOf, deckSizeOf, type HanabiParams, handSizeOf, type Moves, movesOf } from './params.ts';
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

/** Sizes that the encoding is made of, by parameters, which never change during a run: worked out once. */
interface Layout {
  readonly hand: number;
  readonly kinds: number;
  /** Cards in the deck once all hands are dealt. */
  readonly deck: number;
  /** Where the discards of each kind of card begin, and behind the last one where they end. */
  readonly discards: Int32Array;
  readonly moves: Moves;
  /** What an observation and a state vector begin as: every card may be any card. Few have to be taken back. */
  readonly blank: Float32Array;
  readonly blankVector: Float32Array;
  /**
   * The cards that one cannot be, for every set of colours and ranks that are still possible, and how many they are.
   *
   * Shapes: s = 2^colours * 2^ranks sets, kinds k: impossible [s, k], impossibleCount [s].
   */
  readonly impossible: Uint8Array;
  readonly impossibleCount: Uint8Array;
}

const layoutOf = onceFor((params: HanabiParams): Layout => {
  const hand = handSizeOf(params);
  const kinds = params.colors * params.ranks;
  const discards = new Int32Array(kinds + 1);
  for (let card = 0; card < kinds; card++) discards[card + 1] = discards[card] + copiesOf(card % params.ranks, params);
  const deck = discards[kinds] - params.players * hand;
  return {
    hand,
    kinds,
    deck,
    discards,
    moves: movesOf(params),
    blank: blankOf(observationSpace(params).low.length, params),
    blankVector: blankOf(stateVectorSize(params), { ...params, observation: 'card-knowledge' }),
    ...impossibleCards(params),
  };
});

/** Knowledge comes last: of each card first what it may be, then the colour and the rank that were told. */
function blankOf(size: number, params: HanabiParams): Float32Array {
  const { players, colors, ranks, observation } = params;
  const blank = new Float32Array(size);
  const card = colors * ranks + colors + ranks;
  const cards = observation === 'minimal' ? 0 : players * handSizeOf(params);
  for (let i = 1; i <= cards; i++) blank.fill(1, size - i * card, size - i * card + colors * ranks);
  return blank;
}

function impossibleCards({ colors, ranks }: HanabiParams): Pick<Layout, 'impossible' | 'impossibleCount'> {
  const kinds = colors * ranks;
  const sets = 1 << (colors + ranks);
  const impossible = new Uint8Array(sets * kinds);
  const impossibleCount = new Uint8Array(sets);
  for (let set = 0; set < sets; set++) {
    for (let card = 0; card < kinds; card++) {
      const color = ranks + Math.floor(card / ranks);
      const possible = (set >> color) & (set >> (card % ranks)) & 1;
      if (possible === 0) impossible[set * kinds + impossibleCount[set]++] = card;
    }
  }
  return { impossible, impossibleCount };
}

/** What `agent` sees. Source: hanabi-learning-environment, hanabi_lib, canonical_encoders.cc. */
export function writeObservation(state: HanabiState, agent: number, out: Float32Array, params: HanabiParams): void {
  const layout = layoutOf(params);
  out.set(layout.blank);
  let at = writeHands(state, agent, 1, out, 0, params, layout);
  at = writeTable(state, out, at, params, layout);
  at = writeLast(state, agent, out, at, params, layout);
  if (params.observation !== 'minimal') writeKnowledge(state, agent, out, at, params, layout);
}

/** Everything, for central critics: all hands, whose turn it is, the table, the last move and what hints have told. */
export function stateVectorSize(params: HanabiParams): number {
  const { players, colors, ranks } = params;
  const hand = handSizeOf(params);
  const full = observationSpace({ ...params, observation: 'card-knowledge' }).low.length;
  return full + hand * colors * ranks + players;
}

export function writeStateVector(state: HanabiState, out: Float32Array, params: HanabiParams): void {
  const layout = layoutOf(params);
  out.set(layout.blankVector);
  out[Math.max(0, state.mover)] = 1;
  let at = writeHands(state, 0, 0, out, params.players, params, layout);
  at = writeTable(state, out, at, params, layout);
  at = writeLast(state, 0, out, at, params, layout);
  writeKnowledge(state, 0, out, at, params, layout);
}

/** Hands of the players from `first` after the observer on, and whose hand misses a card. */
function writeHands(
  { hands, held }: HanabiState,
  agent: number,
  first: number,
  out: Float32Array,
  start: number,
  { players }: HanabiParams,
  { hand, kinds }: Layout,
): number {
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
function writeTable(
  state: HanabiState,
  out: Float32Array,
  start: number,
  { colors, ranks, hints, lives }: HanabiParams,
  { deck, kinds, discards }: Layout,
): number {
  out.fill(1, start, start + state.deckSize);
  let at = start + deck;
  for (let color = 0; color < colors; color++, at += ranks) {
    if (state.fireworks[color] > 0) out[at + state.fireworks[color] - 1] = 1;
  }
  writeOnes(out, at, state.hints);
  at += hints;
  writeOnes(out, at, state.lives);
  at += lives;
  for (let card = 0; card < kinds; card++) {
    if (state.discards[card] > 0) writeOnes(out, at + discards[card], state.discards[card]);
  }
  return at + discards[kinds];
}

/** A handful of ones is written faster one by one than by `fill`. */
function writeOnes(out: Float32Array, at: number, count: number): void {
  for (let i = at; i < at + count; i++) out[i] = 1;
}

function writeLast(
  state: HanabiState,
  agent: number,
  out: Float32Array,
  start: number,
  { players, colors, ranks }: HanabiParams,
  { hand, kinds, moves }: Layout,
): number {
  const target = start + players + 4;
  const color = target + players;
  const rank = color + colors;
  const told = rank + ranks;
  const position = told + hand;
  const card = position + hand;
  const end = card + kinds + 2;
  if (state.lastPlayer < 0) return end;
  const { play, tellColor, tellRank } = moves;
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
  { players, colors, ranks }: HanabiParams,
  { hand, kinds, impossible, impossibleCount }: Layout,
): void {
  const { held, possibleColors, possibleRanks, knownColors, knownRanks } = state;
  const size = kinds + colors + ranks;
  // Nothing can have been told of such a card; where there is but one colour or rank, it can.
  const anything = colors > 1 && ranks > 1 ? (1 << (colors + ranks)) - 1 : -1;
  for (let k = 0; k < players; k++) {
    const player = (agent + k) % players;
    for (let i = 0; i < hand; i++) {
      const place = player * hand + i;
      const set = i < held[player] ? (possibleColors[place] << ranks) | possibleRanks[place] : 0;
      if (set === anything) continue;
      const at = start + (k * hand + i) * size;
      const first = set * kinds;
      const end = first + impossibleCount[set];
      for (let j = first; j < end; j++) out[at + impossible[j]] = 0;
      if (set === 0) continue;
      if (knownColors[place] >= 0) out[at + kinds + knownColors[place]] = 1;
      if (knownRanks[place] >= 0) out[at + kinds + colors + knownRanks[place]] = 1;
    }
  }
}
