import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv } from '#core';
import { kuhnPoker, leducPoker } from '#envs';

/** Settings that change who plays, what is seen or when it ends. */
const settings: readonly (readonly [AnyEnv, ...object[]])[] = [
  [kuhnPoker, { view: 'observation' }, { players: 3 }, { players: 10, view: 'observation' }],
  [
    leducPoker,
    { view: 'observation' },
    { players: 3, startingPlayer: 2, suits: false, view: 'observation' },
    { players: 10, mapActions: true },
  ],
];

describe('exact games under other settings', () => {
  for (const [world, ...list] of settings) {
    for (const params of list) {
      it(`${world.id} passes the conformance kit with ${JSON.stringify(params)}`, () => {
        expect(checkEnv(world, { params, seed: 7 }).failures).toEqual([]);
      });
    }
  }
});
