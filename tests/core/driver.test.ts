import { describe, expect, it } from 'vitest';
import { createStreams, Driver, PolityError } from '#core';
import { coin, driverOf, hall, tower, walk } from './worlds.ts';

/** Plays the mover's blocks in env e. */
function build<P, S>(driver: Driver<P, S>, e: number, blocks: number): void {
  driver.actions.fill(blocks);
  driver.stepEnv(e);
}

describe('Driver: buffers', () => {
  it('lays out rows by role, with one row an agent and env', () => {
    const driver = driverOf(hall, {}, { envs: 4 });
    expect(driver.observations.map((rows) => rows.length)).toEqual([4 * 3 * 1]);
    expect(driver.masks.map((rows) => rows.length)).toEqual([4 * 3 * 5]);
    expect(driver.actions.length).toBe(4 * 3 * 2);
    expect(driver.finalStates.length).toBe(0);
    expect(driverOf(tower, {}, { envs: 4 }).finalStates.length).toBe(4 * 2);
    expect(driverOf(walk).masks[0].length).toBe(0);
  });

  it('asks only those who act for an observation and a mask, unless everybody is observed', () => {
    const lean = driverOf(tower);
    expect([...lean.observationOf(0, 0)]).toEqual([0, 1]);
    build(lean, 0, 2);
    expect([...lean.observationOf(0, 0)]).toEqual([0, 1]);
    expect([...lean.observationOf(0, 1)]).toEqual([2, 1]);
    const full = driverOf(tower, {}, { observeAll: true });
    build(full, 0, 2);
    expect([...full.observationOf(0, 0)]).toEqual([2, 0]);
    expect([...full.maskOf(0, 0)]).toEqual([1, 1, 1]);
    expect([...full.maskOf(0, 1)]).toEqual([1, 1, 0]);
  });

  it('says who acts and who takes part', () => {
    const driver = driverOf(tower);
    expect([...driver.acting]).toEqual([1, 0]);
    build(driver, 0, 1);
    expect([...driver.acting]).toEqual([0, 1]);
    expect([...driver.alive]).toEqual([1, 1]);
  });

  it('counts returns and lengths per env, and keeps them over the end until the next step', () => {
    const driver = driverOf(tower, { top: 3 });
    build(driver, 0, 2);
    build(driver, 0, 1);
    // Mover 0: 2 + 1/10; mover 1: 2/10 + (1 + 10).
    expect(driver.terminated[0]).toBe(1);
    expect([...driver.returns]).toEqual([2.1, 11.2]);
    expect(driver.lengths[0]).toBe(2);
    build(driver, 0, 2);
    expect([...driver.returns]).toEqual([2, 0.2]);
    expect(driver.lengths[0]).toBe(1);
  });
});

describe('Driver: autoreset', () => {
  it('next_step keeps the terminal observation, ignores the next actions and returns the reset with zero rewards', () => {
    const driver = driverOf(tower, { top: 2 }, { autoreset: 'next_step' });
    build(driver, 0, 2);
    expect([driver.terminated[0], driver.isOver(0), [...driver.observationOf(0, 0)]]).toEqual([1, true, [2, 0]]);
    expect([...driver.acting]).toEqual([0, 0]);
    build(driver, 0, 2);
    expect([driver.terminated[0], driver.truncated[0], driver.isOver(0), driver.lengths[0]]).toEqual([0, 0, false, 0]);
    expect([...driver.rewards, ...driver.returns]).toEqual([0, 0, 0, 0]);
    expect([...driver.observationOf(0, 0)]).toEqual([0, 1]);
    expect([...driver.finalObservationOf(0, 0)]).toEqual([2, 0]);
    build(driver, 0, 1);
    expect([...driver.rewards]).toEqual([1, 0.1]);
  });

  it('same_step puts the new observation in place at once and the terminal one aside', () => {
    const driver = driverOf(tower, { top: 2 }, { autoreset: 'same_step' });
    build(driver, 0, 2);
    expect([driver.terminated[0], driver.isOver(0)]).toEqual([1, true]);
    expect([...driver.observationOf(0, 0)]).toEqual([0, 1]);
    expect([...driver.finalObservationOf(0, 0)]).toEqual([2, 0]);
    expect([...driver.finalObservationOf(0, 1)]).toEqual([2, 1]);
    expect([...driver.finalStates]).toEqual([2, 1]);
    expect([...driver.acting]).toEqual([1, 0]);
    expect([...driver.rewards]).toEqual([12, 0.2]);
    build(driver, 0, 1);
    expect([driver.terminated[0], driver.isOver(0), ...driver.rewards]).toEqual([0, false, 1, 0.1]);
  });

  it('disabled leaves a finished env alone until it is reset, while the others go on', () => {
    const driver = driverOf(tower, { top: 3 }, { autoreset: 'disabled', envs: 2 });
    build(driver, 0, 1);
    build(driver, 0, 2);
    driver.actions.fill(0);
    driver.step();
    expect([driver.isOver(0), driver.isOver(1)]).toEqual([true, false]);
    expect([driver.terminated[0], driver.lengths[0], driver.lengths[1]]).toEqual([0, 2, 1]);
    expect([...driver.observationOf(0, 0)]).toEqual([3, 1]);
    expect([...driver.rewards]).toEqual([0, 0, 0, 0]);
    driver.reset(0);
    expect([driver.isOver(0), driver.lengths[0], driver.lengths[1]]).toEqual([false, 0, 1]);
    expect([...driver.finalObservationOf(0, 0)]).toEqual([3, 1]);
  });

  it('gives value targets that agree in every mode', () => {
    // A truncated row bootstraps from the final observation: with V(height) = height and gamma 1, the target of the last
    // row is its reward plus the height at the end, in every mode the same.
    const targets = (['next_step', 'same_step', 'disabled'] as const).map((autoreset) => {
      const driver = driverOf(tower, { top: 9, limit: 3 }, { autoreset });
      for (const blocks of [1, 2, 1]) build(driver, 0, blocks);
      expect([driver.terminated[0], driver.truncated[0]]).toEqual([0, 1]);
      return driver.rewards[0] + driver.finalObservationOf(0, 0)[0];
    });
    expect(targets).toEqual([1 + 4, 1 + 4, 1 + 4]);
  });
});

describe('Driver: ends', () => {
  it('truncates at the limit and never terminates there', () => {
    const driver = driverOf(tower, { limit: 2 }, { autoreset: 'disabled' });
    build(driver, 0, 1);
    expect([driver.terminated[0], driver.truncated[0]]).toEqual([0, 0]);
    build(driver, 0, 0);
    expect([driver.terminated[0], driver.truncated[0]]).toEqual([0, 1]);
  });

  it('reports a game that ends in its last allowed step as terminated alone', () => {
    const driver = driverOf(tower, { top: 3, limit: 2 }, { autoreset: 'disabled' });
    build(driver, 0, 1);
    build(driver, 0, 2);
    expect([driver.terminated[0], driver.truncated[0]]).toEqual([1, 0]);
  });

  it('lets its own option override the limit of the world, and has none where neither says one', () => {
    expect(driverOf(tower, { limit: 7 }).timeLimitSteps).toBe(7);
    expect(driverOf(tower, { limit: 7 }, { timeLimitSteps: 3 }).timeLimitSteps).toBe(3);
    expect(driverOf(walk).timeLimitSteps).toBe(Number.POSITIVE_INFINITY);
  });

  it('keeps what the world says about the end, without numbers that are not finite', () => {
    const driver = driverOf(tower, { top: 2 });
    expect([driver.endMetrics(0), driver.endOutcome(0)]).toEqual([{}, {}]);
    build(driver, 0, 2);
    expect(driver.endMetrics(0)).toEqual({ height: 2 });
    expect(driver.endOutcome(0)).toEqual({ game: { labels: [['0', '1', '2'], ['0']] } });
    expect(driver.stateOf(0)).toEqual({ height: 0, mover: 0, last: -1 });
  });

  it('has no metrics and no outcome of a world that gives none', () => {
    const driver = driverOf(coin);
    driver.step();
    expect([driver.endMetrics(0), driver.endOutcome(0)]).toEqual([{}, {}]);
  });
});

describe('Driver: agents that leave and join', () => {
  it('zeroes the row of an agent that is not there and never lets it act', () => {
    const driver = driverOf(hall, {}, { autoreset: 'disabled', observeAll: true });
    const seen: unknown[] = [];
    const look = () => seen.push([[...driver.alive], [...driver.acting], [...driver.observations[0]]]);
    look();
    for (let step = 0; step < 4; step++) {
      driver.step();
      look();
    }
    expect(seen).toEqual([
      [
        [1, 1, 0],
        [1, 1, 0],
        [1, 1, 0],
      ],
      [
        [0, 1, 0],
        [0, 1, 0],
        [0, 2, 0],
      ],
      [
        [0, 1, 1],
        [0, 1, 1],
        [0, 3, 3],
      ],
      [
        [0, 1, 1],
        [0, 1, 1],
        [0, 4, 4],
      ],
      [
        [0, 1, 1],
        [0, 0, 0],
        [0, 5, 5],
      ],
    ]);
    expect([...driver.finalAlive]).toEqual([0, 1, 1]);
    expect([...driver.returns]).toEqual([5, 1 + 2 + 3 + 4, 3 + 3 + 4]);
  });
});

describe('Driver: seeds and moments', () => {
  it('plays on with its generator when it is reset without one, and begins anew with one', () => {
    const driver = driverOf(walk);
    const places = [driver.stateOf(0).place];
    driver.reset();
    places.push(driver.stateOf(0).place);
    driver.reset(undefined, createStreams(1).stream('env/0'));
    places.push(driver.stateOf(0).place);
    driver.reset(0);
    places.push(driver.stateOf(0).place);
    expect(places[0]).not.toBe(places[1]);
    expect(places.slice(2)).toEqual(places.slice(0, 2));
  });

  it('keeps the generators of its envs apart', () => {
    const [both, alone] = [
      driverOf(walk, {}, { envs: 2 }),
      driverOf(walk, {}, { rng: () => createStreams(1).stream('env/1') }),
    ];
    for (let step = 0; step < 5; step++) {
      both.step();
      alone.step();
    }
    expect(both.stateOf(1)).toEqual(alone.stateOf(0));
    expect(both.rngOf(1).state()).toEqual(alone.rngOf(0).state());
  });

  it('restores a moment in mid-episode, in another driver too, with the same future', () => {
    const driver = driverOf(tower, { top: 9 }, { observeAll: true });
    build(driver, 0, 2);
    const snapshot = JSON.parse(JSON.stringify(driver.snapshot(0)));
    build(driver, 0, 1);
    const other = driverOf(tower, { top: 9 }, { observeAll: true });
    other.restore(0, snapshot);
    expect([other.lengths[0], ...other.returns, ...other.rewards]).toEqual([1, 2, 0.2, 0, 0]);
    expect([...other.maskOf(0, 1)]).toEqual([1, 1, 0]);
    build(other, 0, 1);
    expect(other.stateOf(0)).toEqual(driver.stateOf(0));
    expect([...other.returns]).toEqual([...driver.returns]);
    expect(other.snapshot(0)).toEqual(driver.snapshot(0));
  });

  it('takes a snapshot that later steps do not change', () => {
    const driver = driverOf(tower);
    const snapshot = driver.snapshot(0);
    build(driver, 0, 2);
    expect(snapshot).toEqual({
      state: { height: 0, mover: 0, last: -1 },
      rng: createStreams(1).stream('env/0').state(),
      elapsed: 0,
      returns: [0, 0],
      over: false,
    });
  });

  it('begins a snapshot behind an automatic reset with an empty clock', () => {
    const driver = driverOf(tower, { top: 2 });
    build(driver, 0, 2);
    expect(driver.lengths[0]).toBe(1);
    expect(driver.snapshot(0)).toMatchObject({ elapsed: 0, returns: [0, 0], over: false, state: { height: 0 } });
  });

  it('restores the end of an episode as an end, with its final rows and metrics', () => {
    const driver = driverOf(tower, { top: 2 }, { autoreset: 'disabled' });
    build(driver, 0, 2);
    const other = driverOf(tower, { top: 2 }, { autoreset: 'disabled' });
    other.restore(0, driver.snapshot(0));
    expect([other.isOver(0), other.lengths[0], other.endMetrics(0)]).toEqual([true, 1, { height: 2 }]);
    expect([...other.finalObservationOf(0, 1)]).toEqual([2, 1]);
    other.step();
    expect(other.lengths[0]).toBe(1);
  });
});

describe('Driver: refusals', () => {
  const make = (options: object) => () =>
    new Driver(coin, {}, { rng: () => createStreams(0).stream('env'), ...options });

  it.each([
    [{ envs: 0 }, 'driver of coin: envs out of range: got 0, expected a whole number of at least 1'],
    [{ envs: 1.5 }, 'driver of coin: envs out of range: got 1.5, expected a whole number of at least 1'],
    [
      { timeLimitSteps: 0 },
      'driver of coin: timeLimitSteps out of range: got 0, expected a whole number of at least 1',
    ],
  ])('refuses %o', (options, message) => {
    expect(make(options)).toThrow(PolityError);
    expect(make(options)).toThrow(message);
  });

  it('refuses a step and a snapshot before the first reset', () => {
    expect(() => make({})().step()).toThrow('driver of coin: step before reset. Call reset first');
    expect(() => make({})().snapshot(0)).toThrow('driver of coin: snapshot before reset. Call reset first');
  });

  it('refuses to reset several envs with one generator', () => {
    const driver = make({ envs: 2 })();
    expect(() => driver.reset(undefined, createStreams(0).stream('env'))).toThrow(
      'Give each env its own: reset(e, rng)',
    );
  });
});
