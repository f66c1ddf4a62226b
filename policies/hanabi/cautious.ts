import { defineScripted } from '#core';
import { cardAt, isToldAt, possibleAt, type TableLayout, type TableView, tableLayout, viewOf } from './table-view.ts';

/** Plays only what is sure, tells others what they can play, and discards what has not been told about. */
export const cautious = defineScripted<TableLayout, null>({
  id: 'cautious',
  card: {
    title: 'Cautious Hanabi player',
    description:
      'Plays a card that is sure to fit. Else tells somebody about a card that fits (so that it is sure, if one hint can do that). Else discards a card that is sure to be useless, or the oldest that nobody has told it about. No convention beyond the literal meaning of hints.',
    source:
      'Rules of the kind studied by Walton-Rivers et al. (2017), "Evaluating and modelling Hanabi-playing agents".',
    worlds: ['hanabi'],
  },
  prepare: (context) => tableLayout('cautious', context),
  remember: () => null,
  act({ observation, mask }, out, layout) {
    const view = viewOf(observation, layout);
    const own = Array.from({ length: layout.hand }, (_, place) =>
      possibleAt(observation, layout, 0, place).filter((card) => view.unseen[card] > 0),
    );
    out[0] =
      sureToFit(own, view, layout, mask) ??
      usefulHint(observation, view, layout, mask) ??
      discard(observation, own, view, layout, mask) ??
      anyHint(mask, layout) ??
      likeliestToFit(own, view, layout, mask);
  },
});

type Hand = readonly (readonly number[])[];

function sureToFit(own: Hand, { playable }: TableView, { play }: TableLayout, mask: Uint8Array): number | undefined {
  const place = own.findIndex(
    (cards, i) => mask[play + i] === 1 && cards.length > 0 && cards.every((card) => playable[card]),
  );
  return place < 0 ? undefined : play + place;
}

/** Tells about a card that fits and that its holder does not know to fit; a hint that makes it sure is better than one that does not. */
function usefulHint(
  observation: Float32Array,
  view: TableView,
  layout: TableLayout,
  mask: Uint8Array,
): number | undefined {
  let hint: number | undefined;
  for (let player = 1; player < layout.players; player++) {
    for (let place = 0; place < layout.hand; place++) {
      const card = cardAt(observation, layout, player, place);
      if (card < 0 || !view.playable[card]) continue;
      const possible = possibleAt(observation, layout, player, place);
      if (possible.every((other) => view.playable[other])) continue;
      for (const told of hintsAbout(card, player, layout)) {
        if (mask[told.move] === 0) continue;
        const left = possible.filter(told.fits);
        if (left.every((other) => view.playable[other])) return told.move;
        if (left.length < possible.length) hint ??= told.move;
      }
    }
  }
  return hint;
}

/** Both hints that touch a card: its rank, its colour. */
function hintsAbout(card: number, player: number, { tellColor, tellRank, colors, ranks }: TableLayout) {
  const [color, rank] = [Math.floor(card / ranks), card % ranks];
  return [
    { move: tellRank + (player - 1) * ranks + rank, fits: (other: number) => other % ranks === rank },
    { move: tellColor + (player - 1) * colors + color, fits: (other: number) => Math.floor(other / ranks) === color },
  ];
}

function discard(
  observation: Float32Array,
  own: Hand,
  { dead }: TableView,
  layout: TableLayout,
  mask: Uint8Array,
): number | undefined {
  const places = own.map((_, place) => place).filter((place) => mask[place] === 1);
  const useless = places.find((place) => own[place].length > 0 && own[place].every((card) => dead[card]));
  return useless ?? places.find((place) => !isToldAt(observation, layout, 0, place)) ?? places[0];
}

function anyHint(mask: Uint8Array, { tellRank }: TableLayout): number | undefined {
  for (let move = tellRank; move < mask.length; move++) if (mask[move] === 1) return move;
  return undefined;
}

function likeliestToFit(own: Hand, { playable, unseen }: TableView, { play }: TableLayout, mask: Uint8Array): number {
  const odds = own.map((cards, place) => {
    if (mask[play + place] === 0) return -1;
    const all = cards.reduce((sum, card) => sum + unseen[card], 0);
    return cards.reduce((sum, card) => sum + (playable[card] ? unseen[card] : 0), 0) / Math.max(1, all);
  });
  return play + odds.indexOf(Math.max(...odds));
}
