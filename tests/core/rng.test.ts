import { describe, expect, it } from 'vitest';
import { CountedRng, createStreams, type Rng, Xoshiro } from '#core';

/** xoshiro128** as Blackman and Vigna print it, on unbounded integers: slow and plain. */
function* reference(seed: readonly number[]): Generator<number> {
  const word = (value: bigint) => value & 0xffffffffn;
  const rotate = (value: bigint, k: bigint) => word(value << k) | (value >> (32n - k));
  const s = seed.map(BigInt);
  for (;;) {
    yield Number(word(rotate(word(s[1] * 5n), 7n) * 9n));
    const t = word(s[1] << 9n);
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11n);
  }
}

describe('Xoshiro', () => {
  it('gives the words of the published algorithm', () => {
    const rng = new Xoshiro([1, 2, 3, 4]);
    // 2 * 5 = 10, rotated by 7 is 1280, times 9.
    expect([rng.bits(), rng.bits(), rng.bits(), rng.bits()]).toEqual([11520, 0, 5927040, 70819200]);
    const seed = [0xdeadbeef, 0x9e3779b9, 0x80000000, 7];
    const [ours, theirs] = [new Xoshiro(seed), reference(seed)];
    for (let i = 0; i < 1000; i++) expect(ours.bits()).toBe(theirs.next().value);
  });

  it('makes 53-bit fractions of two words, the high bits first', () => {
    const [rng, words] = [new Xoshiro([1, 2, 3, 4]), reference([1, 2, 3, 4])];
    const [high, low] = [words.next().value, words.next().value];
    expect(rng.random()).toBe(((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53);
  });

  it('never stays at zero', () => {
    const rng = new Xoshiro([0, 0, 0, 0]);
    expect(rng.state()).toEqual([0, 0, 0, 1]);
    expect(new Set(Array.from({ length: 50 }, () => rng.bits())).size).toBeGreaterThan(40);
  });

  it('draws whole numbers of a half-open range equally often, and the only one of a range of one', () => {
    const rng = createStreams(1).stream('dice');
    const counts = new Array(6).fill(0);
    for (let i = 0; i < 6000; i++) counts[rng.integer(0, 6)]++;
    // Chi-square with 5 degrees of freedom: 20.5 is its 0.999 quantile.
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5);
    expect([rng.integer(3, 4), rng.integer(-2, -1)]).toEqual([3, -2]);
    const before = rng.state();
    rng.integer(5, 6);
    expect(rng.state()).toEqual(before);
  });

  it('throws away words that would favour small numbers', () => {
    // In a range of 3 * 2^30, words from there on are a partial round: exact draws skip them, plain remainders would not.
    const range = 3 * 2 ** 30;
    const seed = [5, 6, 7, 8];
    const [rng, words] = [new Xoshiro(seed), reference(seed)];
    for (let i = 0; i < 200; i++) {
      let word = words.next().value;
      while (word >= range) word = words.next().value;
      expect(rng.integer(10, 10 + range)).toBe(10 + word);
    }
  });

  it('draws between bounds and from a standard normal', () => {
    const rng = createStreams(2).stream('numbers');
    const uniform = Array.from({ length: 4000 }, () => rng.uniform(-1, 3));
    const normal = Array.from({ length: 4000 }, () => rng.normal());
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(uniform.every((value) => value >= -1 && value < 3)).toBe(true);
    expect(Math.abs(mean(uniform) - 1)).toBeLessThan(0.08);
    expect(Math.abs(mean(normal))).toBeLessThan(0.07);
    expect(Math.abs(mean(normal.map((value) => value ** 2)) - 1)).toBeLessThan(0.1);
    // Beyond 1.96 lie 5 %.
    expect(Math.abs(normal.filter((value) => Math.abs(value) > 1.96).length / 4000 - 0.05)).toBeLessThan(0.015);
  });

  it('permutes all numbers, every order about equally often', () => {
    const rng = createStreams(3).stream('order');
    const counts = new Map<string, number>();
    for (let i = 0; i < 3000; i++) {
      const order = rng.permutation(3);
      expect([...order].sort()).toEqual([0, 1, 2]);
      counts.set(order.join(''), (counts.get(order.join('')) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(100);
  });

  it('goes on exactly from a kept state', () => {
    const rng: Rng = createStreams('x').stream('y');
    rng.normal();
    const state = rng.state();
    const next = [rng.random(), rng.integer(0, 100), rng.normal()];
    rng.restore(JSON.parse(JSON.stringify(state)));
    expect([rng.random(), rng.integer(0, 100), rng.normal()]).toEqual(next);
    expect(new Xoshiro(state).random()).toBe(next[0]);
  });
});

describe('createStreams', () => {
  it('gives the same stream for the same seed and name, whoever asks and in whatever order', () => {
    const [one, two] = [createStreams('paper'), createStreams('paper')];
    const first = [one.stream('env/0').random(), one.stream('env/1').random()];
    const second = [two.stream('env/1').random(), two.stream('env/0').random()];
    expect(second.reverse()).toEqual(first);
  });

  it('takes a number for the string that it is written as', () => {
    expect(createStreams(7).stream('a').state()).toEqual(createStreams('7').stream('a').state());
  });

  it('gives other streams for other names and other seeds, however alike', () => {
    const names = ['', 'a', 'b', 'aa', 'ab', 'ba', 'env/1', 'env/11', 'env/111', 'policy/act', 'policy/acts'];
    const states = ['1', '2', 'paper', 'Paper'].flatMap((seed) =>
      names.map((name) => createStreams(seed).stream(name).state()),
    );
    expect(new Set(states.map((state) => state.join())).size).toBe(4 * names.length);
    expect(new Set(states.flat()).size).toBe(4 * 4 * names.length);
  });

  it('has streams that do not follow each other', () => {
    const streams = createStreams(0);
    const columns = Array.from({ length: 64 }, (_, i) => streams.stream(`env/${i}`).random());
    const mean = columns.reduce((sum, value) => sum + value, 0) / 64;
    // Four standard errors of a mean of 64 uniforms are 4 / sqrt(12 * 64).
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * 64));
  });

  it('is the same everywhere and for ever: these words are in every recorded episode', () => {
    expect(createStreams('polity').stream('env').state()).toMatchInlineSnapshot(`
      [
        1311928040,
        2816508266,
        417125080,
        3947287844,
      ]
    `);
  });
});

describe('a generator that counts', () => {
  it('draws what the one inside draws, and says how often', () => {
    const [inside, plain] = [createStreams(1).stream('a'), createStreams(1).stream('a')];
    const counted = new CountedRng(inside);
    const draw = (rng: Rng) => [
      rng.random(),
      rng.uniform(2, 3),
      rng.integer(0, 9),
      rng.normal(),
      ...rng.permutation(5),
    ];
    expect(draw(counted)).toEqual(draw(plain));
    expect(counted.drawn).toBe(4 + 4);
    expect(counted.state()).toEqual(plain.state());
    const start = createStreams(2).stream('b').state();
    counted.restore(start);
    expect([inside.state(), counted.drawn]).toEqual([start, 8]);
    expect([counted.permutation(0), counted.permutation(1), counted.drawn]).toEqual([[], [0], 8]);
  });
});
