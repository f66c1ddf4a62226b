import type { Rng } from '#core';
import { createDomain, type Domain, oppositionOf } from './domain.ts';
import { boundsOf, type NegotiationParams, type UtilitySpec } from './params.ts';
import { tabulateUtility } from './utility.ts';

/** Steps of the search for the wanted opposition; each halves what is left. */
const halvings = 12;
/** Boxes of made-up constraint utilities, for each party. */
const boxCount = 12;

/** Utilities of one party, between sharing everybody's taste (0) and opposing the others as far as can be (1). */
type Blend = (party: number, conflict: number) => Float64Array;

/**
 * Makes a domain up: sizes, opposition and reserved values are drawn between the bounds of the parameters, then the parties'
 * tastes are blended between the same for all and opposed ones until the opposition is as near to the drawn one as can be.
 *
 * Source: opposition after Baarslag et al. (2013), over all outcomes: the distance from the nearest to the best for everybody.
 */
export function generateDomain(params: NegotiationParams, rng: Rng): Domain {
  const { parties } = params;
  const sizes = drawSizes(params, rng);
  const [least, most] = boundsOf(params.opposition);
  const wanted = rng.uniform(least, most);
  const [lowest, highest] = boundsOf(params.reserved);
  const reserved = Array.from({ length: parties }, () => rng.uniform(lowest, highest));
  const blend = blends[params.utilities](sizes, parties, rng);
  const at = (conflict: number) => Array.from({ length: parties }, (_, party) => blend(party, conflict));
  let from = 0;
  let to = 1;
  for (let i = 0; i < halvings; i++) {
    const middle = (from + to) / 2;
    if (oppositionOf(at(middle)) < wanted) from = middle;
    else to = middle;
  }
  const utilities = at((from + to) / 2);
  return createDomain(sizes, utilities, reachable(reserved, utilities));
}

function drawSizes({ issues, values }: NegotiationParams, rng: Rng): number[] {
  const [fewest, most] = boundsOf(issues);
  const [least, largest] = boundsOf(values);
  return Array.from({ length: rng.integer(fewest, most + 1) }, () => rng.integer(least, largest + 1));
}

/** Lowers reserved values, all alike, until some outcome is worth it to everybody. */
function reachable(reserved: readonly number[], utilities: readonly Float64Array[]): readonly number[] {
  let best = Number.NEGATIVE_INFINITY;
  for (let outcome = 0; outcome < utilities[0].length; outcome++) {
    let least = Number.POSITIVE_INFINITY;
    for (let party = 0; party < reserved.length; party++) {
      least = Math.min(least, utilities[party][outcome] - reserved[party]);
    }
    best = Math.max(best, least);
  }
  return best >= 0 ? reserved : reserved.map((own) => Math.max(0, own + best));
}

const blends: Readonly<
  Record<NegotiationParams['utilities'], (sizes: readonly number[], parties: number, rng: Rng) => Blend>
> = { additive: blendSums, table: blendTables, constraints: blendBoxes };

/**
 * Sums over issues. Opposed parties find the same issues important and want the other's worst values first; parties that
 * share a taste differ in nothing. In between, what is important to one is not to the other, so that trades pay.
 */
function blendSums(sizes: readonly number[], parties: number, rng: Rng): Blend {
  const shared = sizes.map((size) => spread(size, rng));
  const weights = Array.from({ length: parties }, () => normalised(sizes.map(() => 0.1 + rng.random())));
  const jitter = Array.from({ length: parties }, () => sizes.map((size) => spread(size, rng)));
  return (party, conflict) => {
    const spec: UtilitySpec = {
      kind: 'additive',
      weights: weights[party].map((weight, issue) => (1 - conflict) * weight + conflict * weights[0][issue]),
      values: sizes.map((_, issue) =>
        stretched(
          shared[issue].map((worth, value) => {
            const opposed = opposedTo(shared[issue], value, party, parties);
            return (
              (1 - conflict) * worth +
              conflict * opposed +
              0.2 * conflict * (1 - conflict) * jitter[party][issue][value]
            );
          }),
        ),
      ),
    };
    return tabulateUtility(spec, sizes, 'made-up domain');
  };
}

/** A number for each outcome, without any order among the issues. */
function blendTables(sizes: readonly number[], parties: number, rng: Rng): Blend {
  const count = sizes.reduce((product, size) => product * size, 1);
  const shared = spread(count, rng);
  const jitter = Array.from({ length: parties }, () => spread(count, rng));
  return (party, conflict) =>
    Float64Array.from(
      stretched(
        shared.map(
          (worth, outcome) =>
            (1 - conflict) * worth +
            conflict * opposedTo(shared, outcome, party, parties) +
            0.2 * conflict * (1 - conflict) * jitter[party][outcome],
        ),
      ),
    );
}

/** Boxes of outcomes: a party's own ones count for more the more conflict there is, those of all for less. */
function blendBoxes(sizes: readonly number[], parties: number, rng: Rng): Blend {
  const draw = (owner: number) =>
    Array.from({ length: boxCount }, () => {
      const centre = sizes.map((size) => rng.integer(0, size));
      const from = sizes.map((size, issue) => Math.max(0, centre[issue] - rng.integer(0, Math.ceil(size / 2) + 1)));
      const to = sizes.map((size, issue) =>
        Math.min(size - 1, centre[issue] + rng.integer(0, Math.ceil(size / 2) + 1)),
      );
      // Boxes of one party lie on its own side of the first issue.
      if (owner >= 0) {
        const side = Math.floor((owner * (sizes[0] - 1)) / Math.max(1, parties - 1));
        from[0] = side;
        to[0] = side;
      }
      return { from, to, worth: 0.2 + rng.random() };
    });
  const shared = draw(-1);
  const own = Array.from({ length: parties }, (_, party) => draw(party));
  return (party, conflict) => {
    const scaled = (boxes: typeof shared, by: number) => boxes.map((box) => ({ ...box, worth: box.worth * by }));
    const boxes = [...scaled(shared, 1 - conflict), ...scaled(own[party], conflict)];
    return tabulateUtility({ kind: 'constraints', boxes }, sizes, 'made-up domain');
  };
}

/** What the wish of party 0 becomes for a party that wants the opposite; more than two shift it around. */
function opposedTo(worths: readonly number[], at: number, party: number, parties: number): number {
  if (parties === 2) return party === 0 ? worths[at] : 1 - worths[at];
  const shift = Math.floor((party * worths.length) / parties);
  return worths[(at + shift) % worths.length];
}

/** Random numbers of which the least is 0 and the greatest 1. */
function spread(count: number, rng: Rng): readonly number[] {
  return stretched(Array.from({ length: count }, () => rng.random()));
}

function stretched(numbers: readonly number[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const number of numbers) {
    least = Math.min(least, number);
    most = Math.max(most, number);
  }
  return numbers.map((number) => (most > least ? (number - least) / (most - least) : 1));
}

function normalised(numbers: readonly number[]): readonly number[] {
  const total = numbers.reduce((sum, number) => sum + number, 0);
  return numbers.map((number) => number / total);
}
