import { describe, expect, it } from 'vitest';
import { parseSeeds } from '#cli/plan-runs';

describe('--seeds', () => {
  it.each([
    ['1..3', [1, 2, 3]],
    ['7', [7]],
    ['1, 2,5', [1, 2, 5]],
    ['spring,autumn-2', ['spring', 'autumn-2']],
  ])('reads %s', (text, seeds) => {
    expect(parseSeeds(text)).toEqual(seeds);
  });

  it.each([
    ['1-3', '--seeds: not a range: got "1-3", expected 1..10 or 1,2,5. Write 1..3'],
    ['3..1', '--seeds: an empty range'],
    ['1,1', '--seeds: the same seed twice'],
    ['', '--seeds: an empty seed'],
  ])('refuses %s and says what to write', (text, message) => {
    expect(() => parseSeeds(text)).toThrow(message);
  });
});
