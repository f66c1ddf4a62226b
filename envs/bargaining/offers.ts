/** Names of the three kinds of item, in the order of every list. */
export const items = ['book', 'hat', 'ball'] as const;

/** Most items a pool may hold, and so the most of one kind. */
export const maxPoolItems = 7;
/** What the whole pool is worth to each party in the shipped instances; the largest value of a single item. */
export const maxItemValue = 10;

/**
 * Every offer: what the proposer keeps of each kind. All triples of at most 7 items in all, the first kind changing fastest.
 *
 * Shapes: [offerCount, 3].
 */
export const offerItems: Int32Array = Int32Array.from(listOffers());
export const offerCount = offerItems.length / 3;

/** The action that accepts the standing offer. */
export const agree = offerCount;
export const actionCount = offerCount + 1;

/** Action names: `keep 1 0 2`, and `agree`. */
export const actionNames: readonly string[] = [
  ...Array.from({ length: offerCount }, (_, id) => `keep ${offerItems.subarray(3 * id, 3 * id + 3).join(' ')}`),
  'agree',
];

function listOffers(): number[] {
  const list: number[] = [];
  for (let ball = 0; ball <= maxPoolItems; ball++) {
    for (let hat = 0; hat <= maxPoolItems; hat++) {
      for (let book = 0; book <= maxPoolItems; book++) {
        if (book + hat + ball <= maxPoolItems) list.push(book, hat, ball);
      }
    }
  }
  return list;
}
