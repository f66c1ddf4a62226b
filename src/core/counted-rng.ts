import type { Rng } from './rng.ts';

/** A generator that counts what it hands out: a number is one draw, the order of n things n - 1. It draws what the one inside draws. */
export class CountedRng implements Rng {
  drawn = 0;
  readonly #inner: Rng;

  constructor(inner: Rng) {
    this.#inner = inner;
  }

  random(): number {
    this.drawn++;
    return this.#inner.random();
  }

  uniform(low: number, high: number): number {
    this.drawn++;
    return this.#inner.uniform(low, high);
  }

  integer(low: number, high: number): number {
    this.drawn++;
    return this.#inner.integer(low, high);
  }

  normal(): number {
    this.drawn++;
    return this.#inner.normal();
  }

  permutation(n: number): number[] {
    this.drawn += Math.max(0, n - 1);
    return this.#inner.permutation(n);
  }

  state(): number[] {
    return this.#inner.state();
  }

  restore(state: readonly number[]): void {
    this.#inner.restore(state);
  }
}
