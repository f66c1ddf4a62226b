import type { Table } from './table.ts';

/**
 * Guesses what items are worth to the other party. Every list of values by which the pool is worth as much to the other as to
 * oneself is possible at first, given that each kind has a value for someone and some kind for both. Each offer of
 * the other makes a list more likely in proportion to the share of the pool's worth that the offer would keep.
 *
 * Source: candidates by the conditions of the Deal-or-No-Deal instances (Lewis et al. 2017); Bayesian reweighting of
 * candidates after Hindriks and Tykhonov (2008), "Opponent modelling in automated multi-issue negotiation", with the simplest likelihood.
 */
export class OtherModel {
  /** Expected worth of one item of each kind to the other. */
  readonly expected: Float64Array;
  readonly #candidate: Int32Array;
  readonly #maxValue: number;
  #weight = 0;

  constructor(kinds: number, maxValue: number) {
    this.expected = new Float64Array(kinds);
    this.#candidate = new Int32Array(kinds);
    this.#maxValue = maxValue;
  }

  /**
   * Works out `expected`. Offers that contradict every list, and conditions that none meets (in a pool made by hand), are left
   * out; without conditions one's own values are always a possible list.
   *
   * Shapes: offers, what the other kept in each of its offers so far, [offers, kinds] in one list.
   */
  estimate(table: Table, offers: readonly number[]): void {
    if (!this.#sum(table, offers, true) && !this.#sum(table, [], true)) this.#sum(table, [], false);
    for (let i = 0; i < this.expected.length; i++) this.expected[i] /= this.#weight;
  }

  /** What the other would get by one's own offer that keeps `keeps[at ..]`, as expected, as a share of the pool's worth. */
  shareLeft({ pool, total }: Table, keeps: Int32Array, at: number): number {
    let sum = 0;
    for (let i = 0; i < pool.length; i++) sum += this.expected[i] * (pool[i] - keeps[at + i]);
    return total === 0 ? 1 : sum / total;
  }

  /** Adds up all candidates by weight; whether there was any. */
  #sum(table: Table, offers: readonly number[], conditions: boolean): boolean {
    this.expected.fill(0);
    this.#weight = 0;
    this.#visit(0, table.total, table, offers, conditions);
    return this.#weight > 0;
  }

  #visit(kind: number, left: number, table: Table, offers: readonly number[], conditions: boolean): void {
    const { pool } = table;
    if (kind === pool.length) {
      if (left === 0 && (!conditions || this.#fits(table))) this.#add(table, offers);
      return;
    }
    const most = pool[kind] === 0 ? 0 : Math.min(this.#maxValue, Math.floor(left / pool[kind]));
    for (let value = 0; value <= most; value++) {
      this.#candidate[kind] = value;
      this.#visit(kind + 1, left - value * pool[kind], table, offers, conditions);
    }
  }

  #fits({ pool, values }: Table): boolean {
    let shared = false;
    for (let i = 0; i < pool.length; i++) {
      if (pool[i] === 0) continue;
      if (values[i] === 0 && this.#candidate[i] === 0) return false;
      if (values[i] > 0 && this.#candidate[i] > 0) shared = true;
    }
    return shared;
  }

  #add({ pool, total }: Table, offers: readonly number[]): void {
    const kinds = pool.length;
    let weight = 1;
    for (let at = 0; at < offers.length; at += kinds) {
      let kept = 0;
      for (let i = 0; i < kinds; i++) kept += this.#candidate[i] * offers[at + i];
      weight *= kept / total;
    }
    this.#weight += weight;
    for (let i = 0; i < kinds; i++) this.expected[i] += weight * this.#candidate[i];
  }
}
