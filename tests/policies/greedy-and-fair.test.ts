import { describe, expect, test } from 'vitest';
import { fair, greedy } from '#policies';
import { booksAndBalls, repliesOf, stubbornly } from './bargaining-talk.ts';

describe('greedy', () => {
  test('keeps all that it values and nothing else, at every turn', () => {
    expect(repliesOf(greedy, 0, stubbornly('keep 1 2 3', 8))).toEqual(Array(5).fill('keep 1 2 0'));
    expect(repliesOf(greedy, 1, stubbornly('keep 1 2 0', 7))).toEqual(Array(4).fill('keep 1 0 3'));
  });

  test('accepts less than everything only at the last turn, and only if it is something', () => {
    // keep 0 2 0 leaves party 1 all it values; keep 1 2 2 leaves it one ball, 2 of 10; keep 1 0 3 leaves it two worthless hats.
    expect(repliesOf(greedy, 1, ['keep 0 2 0'])).toEqual(['agree']);
    expect(repliesOf(greedy, 1, stubbornly('keep 1 2 2', 9))).toEqual([...Array(4).fill('keep 1 0 3'), 'agree']);
    expect(repliesOf(greedy, 1, stubbornly('keep 1 0 3', 9))).toEqual(Array(5).fill('keep 1 0 3'));
  });
});

describe('fair', () => {
  test('opens with the split whose smaller share is largest under what it can know', () => {
    // Party 0 values (8, 1, 0). The other may have 701 511 321 131 402 212 022 103: a book is worth 23/8, a hat 9/8, a ball 13/8 on
    // average. Keeping the book alone is 0.8 for itself and (2 * 9/8 + 3 * 13/8) / 10 = 0.7125 for the other; adding a hat leaves 0.6.
    expect(repliesOf(fair, 0, [])).toEqual(['keep 1 0 0']);
  });

  test('learns from what the other asks for, and accepts what is as good as its own fair split', () => {
    // Party 1 values (4, 0, 2) and is offered hats and balls: 6 of 10. Weights by the book that was asked for: 8 6 4 2 5 3 1 2 0 of 31
    // for 810 620 430 240 511 321 131 212 022. Keeping three balls is 0.6 for itself and 0.87 for the other; book and ball 0.45.
    expect(repliesOf(fair, 1, ['keep 1 0 0'])).toEqual(['agree']);
    // Two balls and two hats (4 of 10) is less than it would ask for.
    expect(repliesOf(fair, 1, ['keep 1 0 1'])).toEqual(['keep 0 0 3']);
  });

  test('takes anything but nothing at the last turn', () => {
    expect(repliesOf(fair, 1, stubbornly('keep 1 2 2', 9)).at(-1)).toBe('agree');
    expect(repliesOf(fair, 1, stubbornly('keep 1 0 3', 9)).at(-1)).not.toBe('agree');
  });

  test('asks for the larger half where halves are all there is', () => {
    // Worth 30, and only (10, 10, 10) is worth as much to the other: one item kept is 1/3 and 2/3, two are 2/3 and 1/3.
    const alike = { pool: [1, 1, 1], values: [[10, 10, 10] as const, [1, 1, 1] as const] };
    expect(repliesOf(fair, 0, [], alike)).toEqual(['keep 1 1 0']);
  });

  test('takes its own values for the other’s where no list meets the conditions of the game', () => {
    // The pool is worth 1; hats and balls come in threes, so the other can value neither although somebody should.
    const byHand = { pool: [1, 3, 3], values: [[1, 0, 0] as const, [0, 1, 1] as const] };
    expect(repliesOf(fair, 0, [], byHand)).toEqual(['keep 1 0 0']);
  });

  test('does not look at what the other really values', () => {
    const other = { ...booksAndBalls, values: [booksAndBalls.values[0], [0, 5, 0] as const] };
    const talk = stubbornly('keep 0 1 2', 8);
    expect(repliesOf(fair, 0, talk, other)).toEqual(repliesOf(fair, 0, talk));
  });
});
