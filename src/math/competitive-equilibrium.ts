/** Where demand meets supply. */
export interface CompetitiveEquilibrium {
  /** Units that change hands. */
  readonly quantity: number;
  /** Prices at which just these do, from .. to; undefined where nothing is traded. */
  readonly prices: readonly [low: number, high: number] | undefined;
  /** The most that all traders together can gain. */
  readonly surplus: number;
}

/**
 * The competitive equilibrium of a market in single units: the dearest values meet the cheapest costs as long as both gain.
 *
 * Shapes: values [B], costs [S], one a unit.
 * Source: Smith (1962), "An experimental study of competitive market behavior": induced supply and demand.
 *
 * @example
 * competitiveEquilibrium([10, 8, 3], [2, 6, 9]) // { quantity: 2, prices: [6, 8], surplus: 10 }
 */
export function competitiveEquilibrium(values: readonly number[], costs: readonly number[]): CompetitiveEquilibrium {
  const demand = [...values].sort((a, b) => b - a);
  const supply = [...costs].sort((a, b) => a - b);
  let quantity = 0;
  let surplus = 0;
  while (quantity < Math.min(demand.length, supply.length) && demand[quantity] > supply[quantity]) {
    surplus += demand[quantity] - supply[quantity];
    quantity++;
  }
  if (quantity === 0) return { quantity, prices: undefined, surplus };
  // A unit more must not be worth its price to both sides; a unit less must not either.
  const low = Math.max(supply[quantity - 1], demand[quantity] ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(demand[quantity - 1], supply[quantity] ?? Number.POSITIVE_INFINITY);
  return { quantity, prices: [low, high], surplus };
}

/**
 * How far prices lie from the equilibrium price, in percent of it: Smith's coefficient of convergence.
 *
 * Units: percent.
 * Source: Smith (1962), section 3: 100 times the root mean square deviation over the equilibrium price.
 *
 * @example
 * smithsAlpha([9, 11], 10) // 10
 */
export function smithsAlpha(prices: readonly number[], equilibrium: number): number {
  const squares = prices.reduce((sum, price) => sum + (price - equilibrium) ** 2, 0);
  return (100 * Math.sqrt(squares / prices.length)) / equilibrium;
}
