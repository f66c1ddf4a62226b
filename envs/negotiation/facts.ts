import type { Facts, FactsAtOnce } from '#protocol';
import { type Domain, stridesOf } from './domain.ts';
import type { NegotiationParams } from './params.ts';
import { hasOffered, type NegotiationState, relativeTime } from './state.ts';

/**
 * What rules may know of a negotiation: gains over having no agreement, what was offered, how late it is. A value is the number of
 * an outcome on the grid of messages, which is that of the domain where all domains are of one size.
 */
export class NegotiationFacts implements Facts, FactsAtOnce {
  #turnedTo: NegotiationState | null = null;
  #itsDomain: Domain | null = null;
  readonly #params: NegotiationParams;
  readonly #issues: readonly number[];
  readonly #domainAt: (number: number) => Domain;
  readonly #strides: Int32Array;
  /** Where messages number outcomes as domains do, all of them are judged at once. */
  readonly atOnce: FactsAtOnce | undefined;

  constructor(params: NegotiationParams, issues: readonly number[], domainAt: (number: number) => Domain) {
    this.#params = params;
    this.#issues = issues;
    this.#domainAt = domainAt;
    this.#strides = stridesOf(issues);
    const { domain, face } = params;
    this.atOnce = face === 'outcomes' && (domain === null || domain.sizes.every((size) => size > 1)) ? this : undefined;
  }

  /** Turns to a negotiation; returns itself. */
  of(state: NegotiationState): this {
    this.#turnedTo = state;
    this.#itsDomain = this.#domainAt(state.domain);
    return this;
  }

  /** From 0 to 1 on the way to the deadline that is known. */
  get time(): number {
    return relativeTime(this.#state, this.#params);
  }

  /** What an agent has without an agreement. */
  reserved(agent: number): number {
    return this.#domain.reserved[agent];
  }

  /** What a value is worth to an agent; -Infinity for one that the domain does not have. */
  utility(agent: number, value: number): number {
    const outcome = this.#outcomeOf(value);
    return outcome < 0 ? Number.NEGATIVE_INFINITY : this.#domain.utilities[agent][outcome];
  }

  /** What the offer on the table is worth to an agent; -Infinity where there is none. */
  standing(agent: number): number {
    const { standing } = this.#state;
    return standing < 0 ? Number.NEGATIVE_INFINITY : this.#domain.utilities[agent][standing];
  }

  gain(agent: number, value: number): number {
    return this.utility(agent, value) - this.reserved(agent);
  }

  lastGain(agent: number): number {
    const { acts, offers, actors } = this.#state;
    for (let act = acts - 1; act >= 0; act--) {
      if (actors[act] !== agent || offers[act] < 0) continue;
      const { utilities, reserved } = this.#domain;
      return utilities[agent][offers[act]] - reserved[agent];
    }
    return Number.POSITIVE_INFINITY;
  }

  offered(agent: number, value: number): boolean {
    const outcome = this.#outcomeOf(value);
    return outcome >= 0 && hasOffered(this.#state, agent, outcome);
  }

  /** Those at the end of the agent's own order. */
  closeLosses(agent: number, open: Uint8Array | null, at: number): number {
    const { order, rational, count } = this.#domain;
    return closeRanks(order[agent], rational[agent], count, open, at);
  }

  closeOffered(agent: number, open: Uint8Array | null, at: number): number {
    const { acts, offers, sent } = this.#state;
    if (open === null) return sent[agent];
    // Parties take turns, the first one first.
    for (let act = agent; act < acts; act += this.#params.parties) if (offers[act] >= 0) open[at + offers[act]] = 0;
    return sent[agent];
  }

  /** Those at the beginning of the agent's own order. */
  closeBetter(agent: number, open: Uint8Array | null, at: number): number {
    const { order, ranked, reserved, count } = this.#domain;
    const last = this.lastGain(agent);
    if (last === Number.POSITIVE_INFINITY) return 0;
    const own = ranked[agent];
    let from = 0;
    let to = count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (own[middle] - reserved[agent] > last) from = middle + 1;
      else to = middle;
    }
    return closeRanks(order[agent], 0, from, open, at);
  }

  affords(): boolean {
    return true;
  }

  holds(): boolean {
    return true;
  }

  get #state(): NegotiationState {
    if (this.#turnedTo === null) throw new Error('facts of no negotiation');
    return this.#turnedTo;
  }

  get #domain(): Domain {
    return this.#itsDomain ?? this.#domainAt(this.#state.domain);
  }

  #outcomeOf(value: number): number {
    const { sizes, strides } = this.#domain;
    let outcome = 0;
    for (let issue = 0; issue < this.#issues.length; issue++) {
      const choice = Math.floor(value / this.#strides[issue]) % this.#issues[issue];
      if (choice >= (sizes[issue] ?? 1)) return -1;
      if (issue < sizes.length) outcome += choice * strides[issue];
    }
    return outcome;
  }
}

function closeRanks(order: Int32Array, from: number, to: number, open: Uint8Array | null, at: number): number {
  if (open === null) return to - from;
  for (let rank = from; rank < to; rank++) open[at + order[rank]] = 0;
  return to - from;
}
