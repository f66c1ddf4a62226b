import { describe, expect, test } from 'vitest';
import { aspiration, boulware, conceder, linear } from '#policies';
import { booksAndBalls, repliesOf, stubbornly } from './bargaining-talk.ts';

describe('the aspiration curve', () => {
  // negmas 0.16.0, PolyAspiration(1.0, exponent).utility_at(t)
  const times = [0, 0.0909090909091, 0.25, 0.5, 0.909090909091, 0.98, 1];
  test.each([
    [4, [1, 0.999931698654, 0.99609375, 0.9375, 0.316986544635, 0.07763184, 0]],
    [1, [1, 0.909090909091, 0.75, 0.5, 0.0909090909091, 0.02, 0]],
    [0.25, [1, 0.450899513224, 0.292893218813, 0.159103584746, 0.0235459103237, 0.00503794360731, 0]],
    [Number.POSITIVE_INFINITY, [1, 1, 1, 1, 1, 1, 0]],
  ])('with exponent %d is that of NegMAS', (exponent, targets) => {
    times.forEach((t, i) => {
      expect(aspiration(t, exponent)).toBeCloseTo(targets[i], 10);
    });
  });

  test('ends at the reserved value', () => {
    expect(aspiration(0.5, 1, 0.4)).toBeCloseTo(0.4 + 0.6 * 0.5, 12);
    expect(aspiration(1, 4, 0.4)).toBe(0.4);
  });
});

// Party 0 has values 8, 1, 0 for one book, two hats, three balls, so an own offer is worth 8a + b of 10; balls are free to give.
describe('offers are the least above the target', () => {
  test('boulware asks for 10, 10, 10, 9 and 8 of 10 in its five turns of a talk of ten', () => {
    // 10 (1 - (k/9)^4) at k = 0, 2, 4, 6, 8: 10, 9.976, 9.610, 8.025, 3.757; what can be had is 0, 1, 2, 8, 9, 10.
    expect(repliesOf(boulware, 0, stubbornly('keep 1 2 3', 8))).toEqual([
      'keep 1 2 0',
      'keep 1 2 0',
      'keep 1 2 0',
      'keep 1 1 0',
      'keep 1 0 0',
    ]);
  });

  test('linear asks for 10, 8, 8, 8 and 2 of 10', () => {
    // 10 (1 - k/9): 10, 7.78, 5.56, 3.33, 1.11.
    expect(repliesOf(linear, 0, stubbornly('keep 1 2 3', 8))).toEqual([
      'keep 1 2 0',
      'keep 1 0 0',
      'keep 1 0 0',
      'keep 1 0 0',
      'keep 0 2 0',
    ]);
  });

  test('conceder asks for 10, 8, 2, 1 and 1 of 10', () => {
    // 10 (1 - (k/9)^0.25): 10, 3.13, 1.84, 0.96, 0.29.
    expect(repliesOf(conceder, 0, stubbornly('keep 1 2 3', 8))).toEqual([
      'keep 1 2 0',
      'keep 1 0 0',
      'keep 0 2 0',
      'keep 0 1 0',
      'keep 0 1 0',
    ]);
  });

  test('a longer talk stretches the same curve', () => {
    // maxTurns 21: k = 10 of 20 is t = 0.5, so boulware wants 9.375 and linear 5 of 10.
    const talk = stubbornly('keep 1 2 3', 10);
    expect(repliesOf(boulware, 0, talk, booksAndBalls, { maxTurns: 21 }).at(-1)).toBe('keep 1 2 0');
    expect(repliesOf(linear, 0, talk, booksAndBalls, { maxTurns: 21 }).at(-1)).toBe('keep 1 0 0');
  });
});

// Party 1 has values 4, 0, 2: it gets 4 (1 - a) + 2 (3 - c) of 10 by an offer that keeps a, b, c.
describe('acceptance', () => {
  test('takes what is as good as the target and refuses what is worse', () => {
    // k = 1, t = 1/9: conceder wants 10 (1 - 0.5774) = 4.23; keep 1 2 0 leaves it 6, keep 0 1 3 leaves it 4.
    expect(repliesOf(conceder, 1, ['keep 1 2 0'])).toEqual(['agree']);
    expect(repliesOf(conceder, 1, ['keep 0 1 3'])).not.toEqual(['agree']);
    // Linear wants 8.89, boulware 9.998.
    expect(repliesOf(linear, 1, ['keep 0 0 0'])).toEqual(['agree']);
    expect(repliesOf(linear, 1, ['keep 0 0 1'])).not.toEqual(['agree']);
    expect(repliesOf(boulware, 1, ['keep 0 0 1'])).not.toEqual(['agree']);
  });

  test('boulware accepts 6 of 10 at its last turn but one only when its curve has come down to it', () => {
    // k = 7: 10 (1 - (7/9)^4) = 6.34 is more than the 6 that keep 1 2 0 leaves; keep 1 2 0 is taken at k = 9, where t = 1.
    const replies = repliesOf(boulware, 1, stubbornly('keep 1 2 0', 9));
    expect(replies.slice(0, 4)).not.toContain('agree');
    expect(replies[4]).toBe('agree');
  });

  test('at the last turn anything is better than an offer that nobody can accept', () => {
    for (const policy of [boulware, linear, conceder]) {
      expect(repliesOf(policy, 1, stubbornly('keep 1 2 3', 9)).at(-1)).toBe('agree');
    }
  });
});

describe('ties are broken for the other', () => {
  // For party 1 of (4, 0, 2), 6 of 10 is a book and a ball, or three balls. Lists of values by which the pool is worth 10 to the
  // other too: 810 620 430 240 511 321 131 212 022 (hats must have a value for it, and books or balls as well).
  test('an other that asked for hats and balls more than books is left the balls', () => {
    // Asked for 0 0 3: weights 3z, so 1 1 1 2 2 for the last five; a book is worth (5+3+1+4)/7 = 1.86, two balls 2*11/7 = 3.14.
    expect(repliesOf(conceder, 1, ['keep 0 0 3'])).toEqual(['keep 1 0 1']);
  });

  test('an other that asked for a hat besides is thought to value books more', () => {
    // Asked for 0 1 3: weights y + 3z = 1 2 3 4 4 5 6 7 8; a book is worth 95/40 = 2.375, two balls 2*45/40 = 2.25.
    expect(repliesOf(conceder, 1, ['keep 0 1 3'])).toEqual(['keep 0 0 3']);
  });
});

test('a pool that is worth nothing to a party leaves it content with everything', () => {
  const worthless = { pool: [1, 1, 1], values: [[0, 0, 0] as const, [5, 5, 0] as const] };
  expect(repliesOf(boulware, 0, [], worthless)).toHaveLength(1);
  expect(repliesOf(boulware, 0, ['keep 1 1 1', 'keep 1 1 1'], worthless)[1]).toBe('agree');
});
