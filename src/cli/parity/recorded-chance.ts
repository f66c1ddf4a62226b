import { PolityError, type Rng } from '#core';

/** A world asked chance for something that the record does not hold. */
export class ChanceMismatch extends Error {
  readonly expected: string;
  readonly got: string;

  constructor(expected: string, got: string) {
    super(`chance: expected ${expected}, got ${got}`);
    this.expected = expected;
    this.got = got;
  }
}

/** A generator that gives out recorded outcomes, in order, whatever kind of draw the world makes. */
export class RecordedChance implements Rng {
  readonly #queue: (number | readonly number[])[] = [];

  /** Outcomes that nobody has drawn yet. */
  get left(): number {
    return this.#queue.length;
  }

  put(draws: readonly (number | readonly number[])[]): void {
    this.#queue.push(...draws);
  }

  random(): number {
    return this.#number('a draw between 0 and 1', 0, 1);
  }

  uniform(low: number, high: number): number {
    return this.#number(`a draw between ${low} and ${high}`, low, high);
  }

  integer(low: number, high: number): number {
    return high - low <= 1 && this.#queue.length === 0
      ? low
      : this.#number(`a whole draw in ${low}..${high - 1}`, low, high);
  }

  normal(): number {
    return this.#number('a normal draw', Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  }

  permutation(n: number): number[] {
    const next = this.#queue.shift();
    if (!Array.isArray(next) || next.length !== n) {
      throw new ChanceMismatch(next === undefined ? 'no draw' : `outcome ${next}`, `a permutation of ${n}`);
    }
    return [...next];
  }

  state(): number[] {
    throw noSnapshot();
  }

  restore(): void {
    throw noSnapshot();
  }

  #number(asked: string, low: number, high: number): number {
    const next = this.#queue.shift();
    if (typeof next !== 'number') throw new ChanceMismatch(next === undefined ? 'no draw' : `outcome ${next}`, asked);
    if (!(next >= low && next < high)) throw new ChanceMismatch(`outcome ${next}`, asked);
    return next;
  }
}

function noSnapshot(): PolityError {
  return new PolityError({
    code: 'contract',
    where: 'RecordedChance',
    message: 'recorded chance has no state to keep',
  });
}
