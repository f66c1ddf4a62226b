/** What is negotiated over: outcomes by number, what each party makes of them, and the numbers that follow. */
export interface Domain {
  /** Values of each issue. */
  readonly sizes: readonly number[];
  readonly count: number;
  /** What an issue's value counts for in the number of an outcome; the last issue changes fastest. Shapes: [issues]. */
  readonly strides: Int32Array;
  /** Shapes: [party] of [count]. */
  readonly utilities: readonly Float64Array[];
  /** Outcomes of each party from its best to its worst, the lower number first among equals. Shapes: [party] of [count]. */
  readonly order: readonly Int32Array[];
  /** Utilities in that order, so that a level is found by halving. Shapes: [party] of [count]. */
  readonly ranked: readonly Float64Array[];
  /** What each party has without an agreement. */
  readonly reserved: readonly number[];
  /** How many of each party's outcomes bring it no loss: they come first in its order. Shapes: [party]. */
  readonly rational: Int32Array;
  /** What a gain is counted from: the reserved value, or the worst outcome where that is better. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** What each party's worst outcome is worth to it. */
  readonly worst: readonly number[];
  /** Distance of the nearest outcome from the best for everybody; 0 where there is no conflict. */
  readonly opposition: number;
}

/** A domain from its utilities. */
export function createDomain(
  sizes: readonly number[],
  utilities: readonly Float64Array[],
  reserved: readonly number[],
): Domain {
  const strides = stridesOf(sizes);
  const order = utilities.map((of) => Int32Array.from(of.keys()).sort((a, b) => of[b] - of[a] || a - b));
  const ranked = utilities.map((of, party) => Float64Array.from(order[party], (outcome) => of[outcome]));
  const worst = ranked.map((of) => of[of.length - 1]);
  return {
    sizes,
    count: utilities[0].length,
    strides,
    utilities,
    order,
    ranked,
    reserved,
    rational: Int32Array.from(ranked, (of, party) => countOf(of, reserved[party])),
    low: reserved.map((own, party) => Math.max(own, worst[party])),
    high: ranked.map((of) => of[0]),
    worst,
    opposition: oppositionOf(utilities),
  };
}

export function stridesOf(sizes: readonly number[]): Int32Array {
  const strides = new Int32Array(sizes.length);
  let stride = 1;
  for (let issue = sizes.length - 1; issue >= 0; issue--) {
    strides[issue] = stride;
    stride *= sizes[issue];
  }
  return strides;
}

/** The value of an issue in an outcome. */
export function issueValue({ sizes, strides }: Domain, outcome: number, issue: number): number {
  return Math.floor(outcome / strides[issue]) % sizes[issue];
}

/** Which share of what it can gain an outcome brings a party: 0 no more than it has anyway, 1 its best; below 0 a loss. */
export function shareOf({ utilities, low, high }: Domain, party: number, outcome: number): number {
  const span = high[party] - low[party];
  return span > 0 ? (utilities[party][outcome] - low[party]) / span : utilities[party][outcome] >= low[party] ? 1 : -1;
}

/** How many of a party's outcomes are worth at least `level` to it; its outcomes are those up to that rank. */
export function countAtLeast({ ranked }: Domain, party: number, level: number): number {
  return countOf(ranked[party], level);
}

function countOf(of: Float64Array, level: number): number {
  let from = 0;
  let to = of.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (of[middle] >= level) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Distance of the nearest outcome from 1 for everybody. Shapes: utilities [party] of [outcomes]. */
export function oppositionOf(utilities: readonly Float64Array[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let outcome = 0; outcome < utilities[0].length; outcome++) {
    let sum = 0;
    for (let party = 0; party < utilities.length; party++) sum += (1 - utilities[party][outcome]) ** 2;
    least = Math.min(least, sum);
  }
  return Math.sqrt(least);
}
