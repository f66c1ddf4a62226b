import { chanceMoves, type ExactRules, gameOver } from '../exact/rules.ts';
import { copiesOf, deckSizeOf, type HanabiParams, handSizeOf } from './params.ts';

/**
 * A card is colour * ranks + rank. Knowledge is what hints have told about it, each place of a hand for itself.
 *
 * Shapes: n players, h cards in a hand, k kinds of cards: hands, knownColors, knownRanks (-1 unless told), colors and ranks still possible
 * (a bit each) [n, h]; held [n]; deck, discards [k]; fireworks [colours].
 */
export interface HanabiState {
  readonly hands: Int8Array;
  readonly held: Int8Array;
  readonly knownColors: Int8Array;
  readonly knownRanks: Int8Array;
  readonly possibleColors: Uint8Array;
  readonly possibleRanks: Uint8Array;
  readonly deck: Int8Array;
  readonly discards: Int8Array;
  readonly fireworks: Int8Array;
  /** Everything that happened, for information states: deals and moves as `dealEvent` and `moveEvent` write them. */
  readonly history: Int16Array;
  happened: number;
  deckSize: number;
  hints: number;
  lives: number;
  /** Whose turn it is, once all hands are full; -1 before the first player is drawn. */
  mover: number;
  /** Turns that are left once the deck is empty. */
  turnsLeft: number;
  /** The last move: its player (-1 before the first), number, the card it showed (or -1), cards it told about (a bit each), what came of it. */
  lastPlayer: number;
  lastMove: number;
  lastCard: number;
  lastTold: number;
  lastScored: boolean;
  lastRegained: boolean;
  /** Cards on the table. */
  laid: number;
  /** The score before the last move. */
  scoreBefore: number;
}

/**
 * Everybody sees all cards but its own. In turn a player tells another all cards of a colour or rank (for a hint token), discards a
 * card (and regains one), or plays a card, which must be the next of its colour. Full colours regain a token. When the deck is empty
 * everybody has one more turn; three mistakes end the game with nothing.
 *
 * Source: Bauza (2010); Bard et al. (2020), "The Hanabi challenge"; as in google-deepmind/hanabi-learning-environment, hanabi_lib, through
 * open_spiel 2.0.2, games/hanabi.
 */
export const hanabiRules: ExactRules<HanabiParams, HanabiState> = {
  players: ({ players }) => players,
  actions: (params) => {
    const hand = handSizeOf(params);
    return 2 * hand + (params.players - 1) * (params.colors + params.ranks);
  },
  outcomes: ({ players, colors, ranks }) => Math.max(players, colors * ranks),

  start(params) {
    const { players, colors, ranks, hints, lives, randomStart } = params;
    const places = players * handSizeOf(params);
    const deckSize = deckSizeOf(params);
    const deck = new Int8Array(colors * ranks);
    for (let card = 0; card < deck.length; card++) deck[card] = copiesOf(card % ranks, params);
    return {
      hands: new Int8Array(places).fill(-1),
      held: new Int8Array(players),
      knownColors: new Int8Array(places).fill(-1),
      knownRanks: new Int8Array(places).fill(-1),
      possibleColors: new Uint8Array(places),
      possibleRanks: new Uint8Array(places),
      deck,
      discards: new Int8Array(colors * ranks),
      fireworks: new Int8Array(colors),
      // Every card is dealt once and laid down once; each discard and each full colour pays for a hint.
      history: new Int16Array(3 * deckSize + colors + hints),
      happened: 0,
      deckSize,
      hints,
      lives,
      mover: randomStart ? -1 : 0,
      turnsLeft: players,
      lastPlayer: -1,
      lastMove: -1,
      lastCard: -1,
      lastTold: 0,
      lastScored: false,
      lastRegained: false,
      laid: 0,
      scoreBefore: 0,
    };
  },

  turn(state, params) {
    if (state.lives < 1 || state.turnsLeft <= 0 || scoreOf(state) >= params.colors * params.ranks) return gameOver;
    if (state.mover < 0) return chanceMoves;
    return state.deckSize > 0 && playerToDeal(state, params) >= 0 ? chanceMoves : state.mover;
  },

  legal(state, player, mask, params) {
    const { players, colors, ranks } = params;
    const hand = handSizeOf(params);
    const held = state.held[player];
    mask.fill(0);
    if (state.hints < params.hints) mask.fill(1, 0, held);
    mask.fill(1, hand, hand + held);
    if (state.hints === 0) return;
    const tellRank = 2 * hand + (players - 1) * colors;
    for (let offset = 1; offset < players; offset++) {
      const other = (player + offset) % players;
      for (let i = 0; i < state.held[other]; i++) {
        const card = state.hands[other * hand + i];
        mask[2 * hand + (offset - 1) * colors + Math.floor(card / ranks)] = 1;
        mask[tellRank + (offset - 1) * ranks + (card % ranks)] = 1;
      }
    }
  },

  weigh({ mover, deck, deckSize }, weights, { players }) {
    if (mover < 0) {
      weights.fill(1, 0, players);
      return players;
    }
    for (let card = 0; card < deck.length; card++) weights[card] = deck[card];
    return deckSize;
  },

  draw(state, outcome, params) {
    if (state.mover < 0) {
      state.mover = outcome;
      return;
    }
    const player = playerToDeal(state, params);
    const place = player * handSizeOf(params) + state.held[player]++;
    const color = Math.floor(outcome / params.ranks);
    const rank = outcome % params.ranks;
    const seen = params.observation === 'seer';
    state.hands[place] = outcome;
    state.knownColors[place] = seen ? color : -1;
    state.knownRanks[place] = seen ? rank : -1;
    state.possibleColors[place] = seen ? 1 << color : (1 << params.colors) - 1;
    state.possibleRanks[place] = seen ? 1 << rank : (1 << params.ranks) - 1;
    state.deck[outcome]--;
    state.deckSize--;
    state.history[state.happened++] = dealEvent(player, outcome);
  },

  play(state, actions, params) {
    const { players, colors, ranks } = params;
    const hand = handSizeOf(params);
    const player = state.mover;
    const move = actions[player];
    if (state.deckSize === 0) state.turnsLeft--;
    state.scoreBefore = scoreOf(state);
    state.lastPlayer = player;
    state.lastMove = move;
    state.lastCard = -1;
    state.lastTold = 0;
    state.lastScored = false;
    state.lastRegained = false;
    if (move < 2 * hand) layDown(state, player, move % hand, move >= hand, params);
    else {
      const tellRank = 2 * hand + (players - 1) * colors;
      const byRank = move >= tellRank;
      const kinds = byRank ? ranks : colors;
      const told = move - (byRank ? tellRank : 2 * hand);
      const target = (player + 1 + Math.floor(told / kinds)) % players;
      state.hints--;
      state.lastTold = tell(state, target, told % kinds, byRank, hand, ranks);
    }
    state.history[state.happened++] = moveEvent(move, state.lastCard);
    state.mover = (player + 1) % players;
  },

  returns(state, out, { players }) {
    out.fill(scoreOf(state), 0, players);
  },

  pays(state, out, { players }) {
    out.fill(scoreOf(state) - state.scoreBefore, 0, players);
  },

  informationState({ history, happened }, player) {
    const events: string[] = [];
    for (let i = 0; i < happened; i++) {
      const own = history[i] >= dealEvent(player, 0) && history[i] < dealEvent(player + 1, 0);
      events.push(own ? '?' : String(history[i]));
    }
    return events.join(' ');
  },
};

/** A point a card on the table; nothing once the lives are lost. */
export function scoreOf({ lives, laid }: HanabiState): number {
  return lives <= 0 ? 0 : laid;
}

function dealEvent(player: number, card: number): number {
  return 10_000 + 100 * player + card;
}

function moveEvent(move: number, card: number): number {
  return 100 * move + card + 1;
}

/** The first player whose hand is not full; -1 where all are. */
function playerToDeal({ held }: HanabiState, params: HanabiParams): number {
  const hand = handSizeOf(params);
  for (let p = 0; p < held.length; p++) if (held[p] < hand) return p;
  return -1;
}

/** Plays or discards a card; the cards behind it move up. */
function layDown(state: HanabiState, player: number, index: number, plays: boolean, params: HanabiParams): void {
  const { ranks } = params;
  const hand = handSizeOf(params);
  const from = player * hand;
  const card = state.hands[from + index];
  const color = Math.floor(card / ranks);
  state.lastCard = card;
  if (!plays) {
    state.hints++;
    state.lastRegained = true;
    state.discards[card]++;
  } else if (state.fireworks[color] === card % ranks) {
    state.lastScored = true;
    state.fireworks[color]++;
    state.laid++;
    if (state.fireworks[color] === ranks && state.hints < params.hints) {
      state.hints++;
      state.lastRegained = true;
    }
  } else {
    state.lives--;
    state.discards[card]++;
  }
  for (let place = from + index; place < from + state.held[player] - 1; place++) {
    state.hands[place] = state.hands[place + 1];
    state.knownColors[place] = state.knownColors[place + 1];
    state.knownRanks[place] = state.knownRanks[place + 1];
    state.possibleColors[place] = state.possibleColors[place + 1];
    state.possibleRanks[place] = state.possibleRanks[place + 1];
  }
  state.hands[from + --state.held[player]] = -1;
}

/** Tells a player all its cards of a kind; the cards told about, a bit each. */
function tell(state: HanabiState, target: number, kind: number, byRank: boolean, hand: number, ranks: number): number {
  const known = byRank ? state.knownRanks : state.knownColors;
  const possible = byRank ? state.possibleRanks : state.possibleColors;
  let told = 0;
  for (let i = 0; i < state.held[target]; i++) {
    const place = target * hand + i;
    const card = state.hands[place];
    if ((byRank ? card % ranks : Math.floor(card / ranks)) === kind) {
      told |= 1 << i;
      known[place] = kind;
      possible[place] = 1 << kind;
    } else possible[place] &= ~(1 << kind);
  }
  return told;
}
