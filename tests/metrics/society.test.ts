import { expect, test } from 'vitest';
import { gini, metrics } from '#metrics';
import { episode, means } from './episodes.ts';

test('the Gini coefficient of 1, 2, 3, 4 is 1/4', () => {
  expect(gini([1, 2, 3, 4])).toBe(0.25);
});

test('the Gini coefficient is 0 for equals and (n-1)/n where one has all', () => {
  expect(gini([3, 3, 3])).toBe(0);
  expect(gini([0, 0, 0, 8])).toBe(3 / 4);
});

test('the Gini coefficient is undefined for one value, negative values and a sum of zero', () => {
  expect([gini([1]), gini([2, -1]), gini([0, 0])]).toEqual([undefined, undefined, undefined]);
  expect(means(metrics.get('society/gini'), episode({ returns: [0, 0] }))).toEqual({});
});

test('gap and worst return are defined for returns of any sign', () => {
  const loss = episode({ returns: [-3, 4] });
  expect(means(metrics.get('society/returnGap'), loss)).toEqual({ 'society/returnGap': 7 });
  expect(means(metrics.get('society/worstReturn'), loss)).toEqual({ 'society/worstReturn': -3 });
});

test('a lone agent has no inequality', () => {
  const alone = episode({ returns: [5] });
  for (const id of ['society/gini', 'society/returnGap', 'society/worstReturn']) {
    expect(means(metrics.get(id), alone)).toEqual({});
  }
});

test('the return is the team’s sum, and per agent of each role', () => {
  const city = episode({ returns: [1, 2, 6], agents: ['bus_0', 'signal_0', 'signal_1'] });
  expect(means(metrics.get('episode/return'), city)).toEqual({
    'episode/return': 9,
    'episode/return/bus': 1,
    'episode/return/signal': 4,
  });
});

test('the length counts steps', () => {
  expect(means(metrics.get('episode/length'), episode({ length: 7 }), episode({ length: 8 }))).toEqual({
    'episode/length': 7.5,
  });
});
