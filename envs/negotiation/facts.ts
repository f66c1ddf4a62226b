import type { Facts } from '#protocol';
import { type Domain, stridesOf } from './domain.ts';
import type { NegotiationParams } from './params.ts';
import { hasOffered, type NegotiationState, relativeTime } from './state.ts';

/**
 * What rules may know of a negotiation: gains over having no agreement, what was offered, how late it is. A value is the number of
 * an outcome on the grid of messages, which is that of the domain where all domains are of one size.
 */
export class NegotiationFacts implements Facts {
  state: NegotiationState | null = null;
  readonly #params: NegotiationParams;
  readonly #issues: readonly number[];
  readonly #domainAt: (number: number) => Domain;
  readonly #strides: Int32Array;

  constructor(params: NegotiationParams, issues: readonly number[], domainAt: (number: number) => Domain) {
    this.#params = params;
    this.#issues = issues;
    this.#domainAt = domainAt;
    this.#strides = stridesOf(issues);
  }

  /** Turns to a negotiation; returns itself. */
  of(state: NegotiationState): this {
    this.state = state;
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
      return this.#domain.utilities[agent][offers[act]] - this.reserved(agent);
    }
    return Number.POSITIVE_INFINITY;
  }

  offered(agent: number, value: number): boolean {
    const outcome = this.#outcomeOf(value);
    return outcome >= 0 && hasOffered(this.#state, agent, outcome);
  }

  affords(): boolean {
    return true;
  }

  holds(): boolean {
    return true;
  }

  get #state(): NegotiationState {
    if (this.state === null) throw new Error('facts of no negotiation');
    return this.state;
  }

  get #domain(): Domain {
    return this.#domainAt(this.#state.domain);
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
