import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { sheriff, sheriffMended } from '#envs';
import { field, play, start } from './worlds.ts';

const load = (items: number) => 2 + items;
const offer = (bribe: number) => 6 + bribe;
const [pass, inspect] = [0, 1];

/** A game of two rounds with at most 3 items and bribes up to 3. */
function game(world = sheriff, ...moves: number[]) {
  const driver = start(world, { rounds: 2 });
  for (const move of moves) {
    const row = [load(0), pass];
    row[driver.acting.indexOf(1)] = move;
    play(driver, ...row);
  }
  return driver;
}

describe('the last round', () => {
  it('pays the goods to the smuggler and the bribe to the sheriff when the load passes', () => {
    expect([...game(sheriff, load(3), offer(3), inspect, offer(1), pass).returns]).toEqual([3 - 1, 1]);
  });

  it('costs the smuggler 2 an item found, and the sheriff 3 for an empty load', () => {
    expect([...game(sheriff, load(2), offer(0), pass, offer(3), inspect).returns]).toEqual([-4, 4]);
    expect([...game(sheriff, load(0), offer(0), pass, offer(3), inspect).returns]).toEqual([3, -3]);
  });
});

it('is a load, then a bribe and an answer a round', () => {
  const driver = game();
  const legal = (player: number) =>
    [...driver.maskOf(0, player).keys()].filter((a) => driver.maskOf(0, player)[a] === 1);
  expect([...driver.acting]).toEqual([1, 0]);
  expect(legal(0)).toEqual([2, 3, 4, 5]);
  play(driver, load(1), pass);
  expect(legal(0)).toEqual([6, 7, 8, 9]);
  play(driver, offer(0), pass);
  expect([...driver.acting]).toEqual([0, 1]);
  expect(legal(1)).toEqual([pass, inspect]);
});

describe('what is observed', () => {
  it('never tells the sheriff what is loaded', () => {
    for (const world of [sheriff, sheriffMended]) {
      const seen = [1, 3].map((items) => [...game(world, load(items), offer(2)).observationOf(0, 1)]);
      expect(seen[0]).toEqual(seen[1]);
    }
  });

  it('upstream has the move number run into the places of items and bribes', () => {
    const driver = game(sheriff, load(1), offer(2), pass);
    // Three places for the move; after three moves it is in the first place of the items, beside the true item.
    expect(field(driver, 0, 'move')).toEqual([0, 0, 0]);
    expect(field(driver, 0, 'items')).toEqual([1, 1, 0, 0]);
    expect(field(driver, 0, 'round0')).toEqual([0, 0, 1, 0, 1]);
    const inspected = game(sheriff, load(1), offer(2), inspect);
    expect(field(inspected, 0, 'round0')).toEqual([0, 0, 1, 0, 0]);
  });

  it('mended has a place for everything', () => {
    const driver = game(sheriffMended, load(1), offer(2), inspect);
    expect(field(driver, 0, 'move')).toEqual([0, 0, 0, 1, 0, 0]);
    expect(field(driver, 0, 'items')).toEqual([0, 1, 0, 0]);
    expect(field(driver, 0, 'round0/answer')).toEqual([0, 1]);
    expect(field(driver, 0, 'round1/answer')).toEqual([0, 0]);
    expect(field(game(sheriffMended), 0, 'items')).toEqual([0, 0, 0, 0]);
  });

  it('as text tells each side what it knows', () => {
    const driver = game(sheriff, load(2), offer(3), inspect);
    const text = (player: number) => sheriff.text?.(driver.stateOf(0) as never, player, driver.params as never);
    expect(text(0)).toContain('Your load holds 2 illegal items.');
    expect(text(0)).toContain('Round 1 of 2: a bribe of 3, the sheriff would inspect.\nOffer a bribe of 0 to 3.');
    expect(text(1)).not.toContain('2 illegal');
  });
});

it('refuses impossible settings with the constraint named', () => {
  expect(() => parseWith(sheriff.params, { maxItems: 0 }, 'sheriff')).toThrow('sheriff › maxItems');
  expect(() => parseWith(sheriff.params, { itemValue: -1 }, 'sheriff')).toThrow('sheriff › itemValue');
  expect(() => parseWith(sheriff.params, { rounds: 0 }, 'sheriff')).toThrow('sheriff › rounds');
});
