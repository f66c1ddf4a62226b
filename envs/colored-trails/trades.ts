import { colorName, mostChips } from './boards.ts';

/**
 * Every trade of at least one and at most `most` chips on either side, no colour on both, in the order in which upstream meets them: all
 * pairs of hands, in the order of their spelling, with what they have in common taken away.
 *
 * Source: open_spiel 2.0.2, games/colored_trails, `InitTradeInfo`.
 *
 * Shapes: c colours, n trades: moves [n, c], chips that the proposer gives (above 0) or gets (below 0).
 */
export interface Trades {
  readonly count: number;
  readonly moves: Int8Array;
  /** The number of a trade by its `tradeKey`. */
  readonly ids: ReadonlyMap<number, number>;
}

const base = 2 * mostChips + 1;

const lists = new Map<string, Trades>();

/** The trades between hands of so many colours; listed once. */
export function tradesOf(colors: number, most: number): Trades {
  const key = `${colors}/${most}`;
  let list = lists.get(key);
  if (list === undefined) {
    list = listTrades(colors, most);
    lists.set(key, list);
  }
  return list;
}

/** How many hands of 1 to `most` chips there are: (colours + most over most) - 1. */
export function handCount(colors: number, most: number): number {
  let count = 1;
  for (let i = 1; i <= most; i++) count = (count * (colors + i)) / i;
  return Math.round(count) - 1;
}

/** A number for a trade, from which it can be looked up: its moves as digits. */
export function tradeKey(moves: ArrayLike<number>, at: number, colors: number): number {
  let key = 0;
  for (let color = 0; color < colors; color++) key = key * base + moves[at + color] + mostChips;
  return key;
}

/** `AAB for C`: what the proposer gives and gets. */
export function tradeName({ moves }: Trades, trade: number, colors: number): string {
  const spelled = (sign: number) => {
    const chips = Array.from({ length: colors }, (_, color) =>
      colorName(color).repeat(Math.max(0, sign * moves[trade * colors + color])),
    );
    return chips.join('');
  };
  return `${spelled(1)} for ${spelled(-1)}`;
}

function listTrades(colors: number, most: number): Trades {
  const hands = listHands(colors, most);
  const ids = new Map<number, number>();
  const moves: number[] = [];
  const trade = new Int32Array(colors);
  for (let a = 0; a < hands.length; a += colors) {
    for (let b = 0; b < hands.length; b += colors) {
      let gives = false;
      let gets = false;
      for (let color = 0; color < colors; color++) {
        trade[color] = hands[a + color] - hands[b + color];
        if (trade[color] > 0) gives = true;
        if (trade[color] < 0) gets = true;
      }
      if (!gives || !gets) continue;
      const key = tradeKey(trade, 0, colors);
      if (ids.has(key)) continue;
      ids.set(key, ids.size);
      moves.push(...trade);
    }
  }
  return { count: ids.size, moves: Int8Array.from(moves), ids };
}

/** Hands in the order of their spelling: A, AA, .., AAB, .., B. Shapes: [hands, colors] in one list. */
function listHands(colors: number, most: number): Int8Array {
  const list: number[] = [];
  const hand = new Array<number>(colors).fill(0);
  const spell = (first: number, chips: number): void => {
    if (chips > 0) list.push(...hand);
    if (chips === most) return;
    for (let color = first; color < colors; color++) {
      hand[color]++;
      spell(color, chips + 1);
      hand[color]--;
    }
  };
  spell(0, 0);
  return Int8Array.from(list);
}
