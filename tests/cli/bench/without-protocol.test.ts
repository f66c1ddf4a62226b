import { describe, expect, it } from 'vitest';
import { type AnyEnv, createStreams, Driver, parseWith } from '#core';
import { worlds } from '#envs';
import { randomActions } from '../../../src/cli/bench/random-actions.ts';
import { remembering, type Told, withoutProtocol } from '../../../src/cli/bench/without-protocol.ts';

const real = worlds.get('negotiation');
const params = parseWith(real.params, { issues: 2, values: 4, rules: ['R1', 'R2'] }, 'negotiation');

/** Episodes of random play: how long they were, and the driver after the last of them. */
function play(env: AnyEnv, episodes: number) {
  const streams = createStreams('test');
  const driver = new Driver(env, params, { envs: 1, autoreset: 'disabled', rng: () => streams.stream('env') });
  const act = randomActions(driver, streams.stream('policy'));
  const lengths: number[] = [];
  for (let e = 0; e < episodes; e++) {
    driver.reset();
    let length = 0;
    for (; !driver.isOver(0); length++) {
      act();
      driver.step();
    }
    lengths.push(length);
  }
  return { driver, lengths };
}

describe('a world without its protocol', () => {
  const ends: Told[] = [];
  play(remembering(real, ends), 40);

  it('is compared with ends that the real one told of', () => {
    expect(ends).toHaveLength(40);
    expect(new Set(ends.map(({ outcome }) => outcome.negotiation?.rounds)).size).toBeGreaterThan(1);
  });

  it.each([false, true])('is as long in the mean and ends as there (empty: %s)', (empty) => {
    const { driver, lengths } = play(withoutProtocol(real, params, { length: 4.85, ends }, empty), 100);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(485);
    expect(ends.map(({ outcome }) => outcome)).toContain(driver.endOutcome(0));
  });

  it('has the spaces of the real one and no mask', () => {
    const own = withoutProtocol(real, params, { length: 5, ends }, false);
    expect(own.roles(params)).toEqual(real.roles(params));
    expect(own.legal).toBeUndefined();
  });

  it('shows the beginning of an episode of the real world, or nothing where it is empty', () => {
    const look = (env: AnyEnv) => {
      const out = new Float32Array(64);
      env.observe(env.init(params, createStreams('look').stream('env')), 0, out, params);
      return [...out];
    };
    const lived = { length: 5, ends };
    expect(look(withoutProtocol(real, params, lived, false))).toEqual(look(real));
    expect(new Set(look(withoutProtocol(real, params, lived, true)))).toEqual(new Set([0.5]));
  });
});
