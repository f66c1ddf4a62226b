import { type ActorContext, type BoxSpace, fieldOffset } from '#core';
import { findField, refusal } from '../refusal.ts';

/** Where things stand in an observation of Hanabi, and which moves there are. */
export interface TableLayout {
  readonly players: number;
  readonly colors: number;
  readonly ranks: number;
  readonly hand: number;
  readonly kinds: number;
  readonly fireworks: number;
  readonly discards: number;
  /** By player from the observer on; the own hand is not shown. */
  readonly hands: readonly number[];
  readonly knowledge: readonly number[];
  /** Numbers of the first play, colour and rank move; discards begin at 0. */
  readonly play: number;
  readonly tellColor: number;
  readonly tellRank: number;
}

/** What one player sees, worked out. Cards are colour * ranks + rank. */
export interface TableView {
  /** Cards that are next of their colour, and cards that can never be laid out any more. */
  readonly playable: readonly boolean[];
  readonly dead: readonly boolean[];
  /** Copies of each card that the observer does not see anywhere. */
  readonly unseen: readonly number[];
}

/** Reads the sizes of the game from a role. Throws PolityError (input) for other worlds, or where hints are not observed. */
export function tableLayout(policy: string, context: ActorContext): TableLayout {
  const { env, role } = context;
  const { observation } = role;
  if (env.id !== 'hanabi') throw refusal(policy, context, { got: env.id, expected: 'hanabi' });
  if (findField(observation, 'knowledge/own') === undefined) {
    const remedy = 'Set the parameter observation to card-knowledge';
    throw refusal(policy, context, { got: 'observation minimal', expected: 'observation card-knowledge', remedy });
  }
  const { colors, ranks } = env.params as { readonly colors: number; readonly ranks: number };
  const players = role.count;
  const hand = sizeOf(observation, 'last/told');
  const others = Array.from({ length: players - 1 }, (_, k) => `other${k + 1}`);
  return {
    players,
    colors,
    ranks,
    hand,
    kinds: colors * ranks,
    fireworks: fieldOffset(observation, 'fireworks'),
    discards: fieldOffset(observation, 'discards'),
    hands: [-1, ...others.map((name) => fieldOffset(observation, `hand/${name}`))],
    knowledge: ['own', ...others].map((name) => fieldOffset(observation, `knowledge/${name}`)),
    play: hand,
    tellColor: 2 * hand,
    tellRank: 2 * hand + (players - 1) * colors,
  };
}

function sizeOf(observation: BoxSpace, name: string): number {
  return findField(observation, name)?.size ?? 0;
}

export function copiesOf(rank: number, ranks: number): number {
  if (rank === 0) return 3;
  return rank === ranks - 1 ? 1 : 2;
}

/** The card at a place of another player’s hand; -1 where there is none. */
export function cardAt(
  observation: Float32Array,
  { hands, kinds }: TableLayout,
  player: number,
  place: number,
): number {
  const at = hands[player] + place * kinds;
  for (let card = 0; card < kinds; card++) if (observation[at + card] > 0.5) return card;
  return -1;
}

/** What a card may be by the hints that its holder has had; empty where there is no card. */
export function possibleAt(observation: Float32Array, layout: TableLayout, player: number, place: number): number[] {
  const { knowledge, kinds, colors, ranks } = layout;
  const at = knowledge[player] + place * (kinds + colors + ranks);
  return Array.from({ length: kinds }, (_, card) => card).filter((card) => observation[at + card] > 0.5);
}

/** Whether the colour or the rank of a card has been told. */
export function isToldAt(observation: Float32Array, layout: TableLayout, player: number, place: number): boolean {
  const { knowledge, kinds, colors, ranks } = layout;
  const at = knowledge[player] + place * (kinds + colors + ranks) + kinds;
  for (let i = at; i < at + colors + ranks; i++) if (observation[i] > 0.5) return true;
  return false;
}

export function viewOf(observation: Float32Array, layout: TableLayout): TableView {
  const { kinds, colors, ranks, players, hand, fireworks } = layout;
  const heights = Array.from({ length: colors }, (_, color) => {
    for (let rank = ranks - 1; rank >= 0; rank--)
      if (observation[fireworks + color * ranks + rank] > 0.5) return rank + 1;
    return 0;
  });
  let at = layout.discards;
  const discarded = Array.from({ length: kinds }, (_, card) => {
    let count = 0;
    for (let i = 0; i < copiesOf(card % ranks, ranks); i++) count += observation[at++];
    return count;
  });
  const reachable = heights.map((height, color) => {
    let top = height;
    while (top < ranks && discarded[color * ranks + top] < copiesOf(top, ranks)) top++;
    return top;
  });
  const unseen = discarded.map((count, card) => {
    const laid = card % ranks < heights[Math.floor(card / ranks)] ? 1 : 0;
    return copiesOf(card % ranks, ranks) - count - laid;
  });
  for (let player = 1; player < players; player++) {
    for (let place = 0; place < hand; place++) {
      const card = cardAt(observation, layout, player, place);
      if (card >= 0) unseen[card]--;
    }
  }
  const color = (card: number) => Math.floor(card / ranks);
  return {
    playable: unseen.map((_, card) => card % ranks === heights[color(card)]),
    dead: unseen.map((_, card) => card % ranks < heights[color(card)] || card % ranks >= reachable[color(card)]),
    unseen,
  };
}
