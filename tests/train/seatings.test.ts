import { describe, expect, it } from 'vitest';
import { type AgentLayout, box, defineEnv, discrete, layOutAgents } from '#core';
import { lineUps } from '#train';

function layout(...roles: [name: string, count: number][]): AgentLayout {
  const space = { observation: box([1], 0, 1), action: discrete(2) };
  const env = defineEnv({
    id: 'seats',
    roles: () => roles.map(([name, count]) => ({ name, count, ...space })),
    init: () => ({}),
    observe: () => {},
    step: () => true,
  });
  return layOutAgents(env, {});
}

const anybody = () => true;
const joined = (orders: readonly (readonly string[])[]) => orders.map((order) => order.join(''));

describe('line-ups', () => {
  it('seat one policy everywhere', () => {
    expect(joined(lineUps(layout(['player', 3]), ['a'], anybody))).toEqual(['aaa']);
  });

  it('seat two policies in both orders', () => {
    expect(joined(lineUps(layout(['player', 2]), ['a', 'b'], anybody))).toEqual(['ab', 'ba']);
  });

  it('fill more seats than policies in turn, in every different order', () => {
    expect(joined(lineUps(layout(['player', 3]), ['a', 'b'], anybody))).toEqual(['aba', 'aab', 'baa']);
  });

  it('give every agent of a role the same policy when there is one for each role', () => {
    expect(joined(lineUps(layout(['cat', 1], ['mouse', 2]), ['a', 'b'], anybody))).toEqual(['abb', 'baa']);
  });

  it('leave out orders in which a policy would play a role it cannot', () => {
    const only = (policy: string, role: string) => policy !== 'c' || role === 'cat';
    expect(joined(lineUps(layout(['cat', 1], ['mouse', 2]), ['m', 'c'], only))).toEqual(['cmm']);
  });

  it('rotate where there would be too many orders', () => {
    const orders = joined(lineUps(layout(['player', 6]), ['a', 'b', 'c'], anybody));
    expect(orders).toEqual(['abcabc', 'bcabca', 'cabcab']);
  });

  it('refuse more policies than seats, and policies that fit no role', () => {
    expect(() => lineUps(layout(['player', 2]), ['a', 'b', 'c'], anybody)).toThrow('at most 2 player');
    expect(() => lineUps(layout(['cat', 1]), ['a'], () => false)).toThrow('no order of these policies fits');
  });
});
