import { type ActorContext, fieldOffset, partsOf, type Rng } from '#core';
import { bayesianEstimate, updateBayesianModel } from '#math';
import type { Memory } from './memory.ts';
import { levelTolerance, named, tolerance } from './party.ts';

/** Where things are in the observations and actions of a party that chooses among outcomes. */
export interface OutcomeTable {
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly outcomes: number;
  readonly rounds: number;
  readonly time: number;
  readonly reserved: number;
  readonly utilities: number;
  /** The offer on the table: whether there is one, and its issues as shares of their highest value. */
  readonly standing: number;
  /** The same of the last offer of each of the others. */
  readonly others: readonly number[];
  /** Whether offers are chosen as a whole, under rules that judge each of them. */
  readonly whole: boolean;
  /** Values of an issue of one outcome, to work with. */
  readonly digits: Int32Array;
}

const issuesAt = 1;
const beforeOffers = 4;

/** Reads the layout once. The number of issues and values comes from the parameters of the world. */
export function outcomeTable({ env, role }: ActorContext): OutcomeTable {
  const { issues, values, domain, rounds, parties } = env.params as {
    issues: number | readonly [number, number];
    values: number | readonly [number, number];
    domain: { readonly sizes: readonly number[] } | null;
    rounds: number;
    parties: number;
  };
  const one = (given: number | readonly [number, number]) => (typeof given === 'number' ? given : given[0]);
  const sizes = domain?.sizes ?? Array.from({ length: one(issues) }, () => one(values));
  const strides = sizes.map((_, issue) => sizes.slice(issue + 1).reduce((product, size) => product * size, 1));
  const { observation, action } = role;
  return {
    sizes,
    strides,
    outcomes: sizes.reduce((product, size) => product * size, 1),
    rounds,
    time: fieldOffset(observation, 'time'),
    reserved: fieldOffset(observation, 'reserved'),
    utilities: fieldOffset(observation, 'utilities'),
    standing: fieldOffset(observation, 'outcome'),
    others: Array.from({ length: parties - 1 }, (_, i) => fieldOffset(observation, `offer/${i + 1}`)),
    whole: action.kind !== 'box' && partsOf(action).length === 2 && sizes.length > 1,
    digits: new Int32Array(sizes.length),
  };
}

/** Takes in what is new since its last turn. */
export function readOutcomes(table: OutcomeTable, observation: Float32Array, memory: Memory): void {
  const { party, order, shares, seen } = memory;
  if (!memory.ready) rankOutcomes(table, observation, memory);
  party.time = observation[table.time];
  party.round = Math.round(party.time * (table.rounds + 1)) - 1;
  const standing = readOffer(table, observation, table.standing, 0);
  party.standing = standing < 0 ? Number.NaN : shares[standing];
  if (standing >= 0) party.heard.push(shares[standing]);
  for (let other = 0; other < table.others.length; other++) {
    const outcome = readOffer(table, observation, table.others[other], 1);
    if (outcome < 0) continue;
    if (memory.models.length > 0) updateBayesianModel(memory.models[other], table.digits, party.time);
    if (seen[outcome] < 2) party.received++;
    seen[outcome] |= 2;
  }
  while (memory.cursor < order.length && (seen[order[memory.cursor]] & 1) === 1) memory.cursor++;
  const next = memory.cursor < order.length ? shares[order[memory.cursor]] : Number.NaN;
  party.next = next >= -tolerance / party.span ? next : Number.NaN;
  if (memory.models.length > 0) party.fair = fairShare(table, memory);
}

/** Writes the offer that a proposal means, or the nearest one that rules allow. */
export function chooseOutcome(
  table: OutcomeTable,
  memory: Memory,
  proposal: number,
  mask: Uint8Array,
  rng: Rng,
  out: Float64Array,
): void {
  const { party, order, shares, seen, sent } = memory;
  const outcome = allowed(table, memory, wished(memory, proposal, rng), mask);
  if ((seen[outcome] & 1) === 0) {
    seen[outcome] |= 1;
    sent.push(outcome);
    party.sent++;
  }
  party.lowestSent = Number.isNaN(party.lowestSent) ? shares[outcome] : Math.min(party.lowestSent, shares[outcome]);
  party.own.push(shares[outcome]);
  party.offeredIn = party.round;
  if (table.whole) {
    out[1] = outcome;
    return;
  }
  for (let issue = 0; issue < table.sizes.length; issue++) out[1 + issue] = valueAt(table, outcome, issue);
  while (memory.cursor < order.length && (seen[order[memory.cursor]] & 1) === 1) memory.cursor++;
}

/** Rank of the outcome that is meant. */
function wished({ party, order, shares, sent, cursor }: Memory, proposal: number, rng: Rng): number {
  if (proposal >= named.rank) return proposal - named.rank;
  if (proposal === named.next) return cursor;
  if (proposal === named.repeat) {
    const outcome = sent[rng.integer(0, sent.length)];
    return order.indexOf(outcome);
  }
  // The least that is at least the proposal, by halving.
  const level = proposal - levelTolerance / party.span;
  let from = 0;
  let to = order.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (shares[order[middle]] >= level) from = middle + 1;
    else to = middle;
  }
  return Math.max(0, from - 1);
}

/** The outcome of that rank; where rules close it, the nearest better one, else the nearest worse one. */
function allowed({ whole }: OutcomeTable, { order }: Memory, rank: number, mask: Uint8Array): number {
  if (!whole) return order[rank];
  for (let better = rank; better >= 0; better--) if (mask[beforeOffers + order[better]] !== 0) return order[better];
  for (let worse = rank; worse < order.length; worse++)
    if (mask[beforeOffers + order[worse]] !== 0) return order[worse];
  return order[rank];
}

function rankOutcomes(
  { utilities, reserved, outcomes }: OutcomeTable,
  observation: Float32Array,
  memory: Memory,
): void {
  const { order, shares, party } = memory;
  let worst = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let outcome = 0; outcome < outcomes; outcome++) {
    order[outcome] = outcome;
    worst = Math.min(worst, observation[utilities + outcome]);
    high = Math.max(high, observation[utilities + outcome]);
  }
  const low = Math.max(worst, observation[reserved]);
  // Where no outcome is worth more than no agreement there is nothing to gain, and shares are losses in utility.
  const span = high > low ? high - low : 1;
  for (let outcome = 0; outcome < outcomes; outcome++) {
    shares[outcome] = (observation[utilities + outcome] - low) / span;
  }
  order.sort((a, b) => shares[b] - shares[a] || a - b);
  for (let rank = 0; rank < outcomes; rank++) party.ranked[rank] = shares[order[rank]];
  party.worst = (worst - low) / span;
  party.without = (observation[reserved] - low) / span;
  party.span = span;
  memory.ready = true;
}

/** Number of the outcome that an observation shows at `at`; -1 for none. Leaves its values in `digits`. */
function readOffer(table: OutcomeTable, observation: Float32Array, at: number, exact: 0 | 1): number {
  if (observation[at] === 0) return -1;
  let outcome = 0;
  for (let issue = 0; issue < table.sizes.length; issue++) {
    const size = table.sizes[issue];
    // Messages have room for two values where an issue has one.
    const most = exact === 1 ? size - 1 : Math.max(2, size) - 1;
    table.digits[issue] = Math.round(observation[at + issuesAt + issue] * most);
    outcome += table.digits[issue] * table.strides[issue];
  }
  return outcome;
}

/** Outcomes that are looked at for a fair one. */
const mostCandidates = 64;

/** The own share of the outcome with the greatest product of the own share and what the others are thought to make of it. */
function fairShare(table: OutcomeTable, { order, shares, models }: Memory): number {
  let count = order.length;
  while (count > 1 && shares[order[count - 1]] < 0) count--;
  const stride = Math.max(1, count / mostCandidates);
  let most = -1;
  let fair = 1;
  for (let rank = 0; rank < count; rank += stride) {
    const outcome = order[Math.floor(rank)];
    for (let issue = 0; issue < table.sizes.length; issue++) table.digits[issue] = valueAt(table, outcome, issue);
    let least = 1;
    for (let other = 0; other < models.length; other++) {
      least = Math.min(least, bayesianEstimate(models[other], table.digits));
    }
    if (shares[outcome] * least <= most) continue;
    most = shares[outcome] * least;
    fair = shares[outcome];
  }
  return fair;
}

function valueAt({ strides, sizes }: OutcomeTable, outcome: number, issue: number): number {
  return Math.floor(outcome / strides[issue]) % sizes[issue];
}
