import { describe, expect, it } from 'vitest';
import { NumpyRng } from '#cli/parity/index';

/** Expected numbers were printed by numpy 2.4.6; the larger record is cases/numpy-rng.json. */
describe('numpy’s generator', () => {
  it('draws from ranges beyond 32 bits, and by the tail of a shuffle from large populations', () => {
    const rng = new NumpyRng(7);
    expect(rng.choiceWithoutReplacement(20_000, 500).slice(0, 5)).toEqual([7349, 10231, 16198, 13269, 12921]);
    expect(rng.choiceWithoutReplacement(20_000, 300).slice(0, 5)).toEqual([16481, 10851, 14006, 11419, 18782]);
    expect(rng.integer(0, 2 ** 40)).toBe(485249880162);
    expect(rng.integer(0, 2 ** 33 + 1)).toBe(5496039919);
    expect(rng.permutation(70_000).slice(0, 4)).toEqual([49567, 7127, 36813, 16558]);
    expect(rng.choiceWithoutReplacement(10_001, 10_001).slice(0, 3)).toEqual([8466, 6837, 8633]);
    expect(rng.random()).toBe(0.9817381572587545);
  });

  it('takes seeds of more than 128 bits', () => {
    const rng = new NumpyRng(2n ** 140n + 12345n);
    expect(rng.random()).toBe(0.4257123854243743);
    expect(rng.integer(0, 7)).toBe(2);
  });

  it('draws nothing for an empty choice or a single possibility', () => {
    const rng = new NumpyRng(3);
    expect(rng.choiceWithoutReplacement(5, 0)).toEqual([]);
    expect(rng.random()).toBe(0.08564916714362436);
    expect(rng.choiceWithoutReplacement(1, 1)).toEqual([0]);
    expect(rng.random()).toBe(0.2368105065960997);
  });

  it('goes on from a kept state, the unused half word included', () => {
    const rng = new NumpyRng(5);
    rng.integer(0, 10);
    const kept = rng.state();
    const draws = () => [rng.integer(0, 1000), rng.random(), rng.integer(0, 1000), ...rng.permutation(6)];
    const first = draws();
    rng.restore(kept);
    expect(draws()).toEqual(first);
    expect(kept).toHaveLength(10);
  });

  it('refuses what it cannot do', () => {
    expect(() => new NumpyRng(-1)).toThrow('numpy seed: not accepted: got -1');
    expect(() => new NumpyRng(0.5)).toThrow('a whole number of at least 0');
    expect(() => new NumpyRng(0).normal()).toThrow('normal draws are not reproduced');
    expect(() => new NumpyRng(0).choiceWithoutReplacement(3, 4)).toThrow('got 4, expected at most 3');
  });
});
