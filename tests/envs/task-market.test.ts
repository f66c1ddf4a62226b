import { describe, expect, it } from 'vitest';
import { checkEnv, type Driver } from '#core';
import { taskMarket } from '#envs';
import type { TaskMarketParams } from '#envs/task-market';
import { field, fieldNames, fixedRng, start } from './worlds.ts';

/** A market of two workshops: costs of each workshop's jobs, then capacities. */
function market(draws: number[], params: object = {}): Driver {
  const given = { workshops: 2, jobs: 1, capacity: [0, 2], highestCost: 10, highestPrice: 20, jobValue: 15, ...params };
  return start(taskMarket, given, { rng: () => fixedRng([...draws]) });
}

/** Says something for each agent that is named: its utterance and the first content beside it. */
function say(driver: Driver, said: Record<number, readonly [utterance: number, content?: number]>): void {
  const stride = driver.layout.actionStride;
  driver.actions.fill(0);
  for (const [agent, [utterance, content = 0]] of Object.entries(said)) {
    expect(driver.acting[Number(agent)]).toBe(1);
    driver.actions[Number(agent) * stride] = utterance;
    driver.actions[Number(agent) * stride + 1] = content;
  }
  driver.step();
}

// The manager: 1 call, 2 and 3 accept, 4 and 5 reject. A workshop: 1 propose, 2 refuse, 3 inform, 4 fail.
const [call, accept, reject] = [1, 2, 4];
const [propose, refuse, inform, fail] = [1, 2, 3, 4];

describe('the task market', () => {
  it('pays the workshop price less cost and the manager value less price, once the job is done', () => {
    // Costs 4 and 7, a capacity of 1 each.
    const driver = market([4, 7, 1, 1]);
    say(driver, { 0: [call] });
    say(driver, { 1: [propose, 9], 2: [propose, 8] });
    say(driver, { 0: [accept + 1] });
    expect([...driver.returns]).toEqual([0, 0, 0]);
    say(driver, { 2: [inform] });
    say(driver, { 0: [reject] });
    expect([...driver.returns]).toEqual([15 - 8, 0, 8 - 7]);
    expect(driver.terminated[0]).toBe(1);
    // The best would have been workshop 0 at 4: a gain of 11 instead of 8.
    expect(driver.endMetrics(0)).toMatchObject({
      efficiency: 8 / 11,
      costRatio: 7 / 4,
      makespan: 7,
      makespanRatio: 7 / 4,
      margin: 1,
      done: 1,
      // Both proposals were promises: one was taken up and kept, the other turned down.
      commitmentsConditional: 2,
      commitmentsDetached: 1,
      commitmentsDischarged: 1,
      commitmentsReleased: 1,
      commitmentsViolated: 0,
    });
  });

  it('makes the workshop pay that fails, or says nothing until it is too late', () => {
    for (const broken of [fail, 0]) {
      const driver = market([4, 7, 1, 1], { breakPrice: 6 });
      say(driver, { 0: [call] });
      say(driver, { 1: [propose, 9], 2: [refuse] });
      say(driver, { 0: [accept] });
      say(driver, { 1: [broken] });
      while (driver.terminated[0] === 0) say(driver, {});
      expect([...driver.returns]).toEqual([6, -6, 0]);
      expect(driver.endMetrics(0)).toMatchObject({ done: 0, commitmentsViolated: 1, efficiency: 0 });
    }
  });

  it('lets only a workshop with capacity finish, and shows what each knows', () => {
    const driver = market([4, 7, 0, 2]);
    expect(field(driver, 1, 'cost')).toEqual([expect.closeTo(0.4)]);
    expect([field(driver, 1, 'capacity left'), field(driver, 2, 'capacity left')]).toEqual([[0], [1]]);
    expect(fieldNames(driver, 0).filter((name) => name.includes('cost') || name.includes('capacity'))).toEqual([]);
    say(driver, { 0: [call] });
    expect([...driver.maskOf(0, 1).subarray(0, 5)]).toEqual([1, 1, 1, 0, 0]);
    say(driver, { 1: [propose, 3], 2: [refuse] });
    say(driver, { 0: [accept] });
    // Inform is closed: it has no machine.
    expect([...driver.maskOf(0, 1).subarray(0, 5)]).toEqual([1, 0, 0, 0, 1]);
  });

  it('masks promises that cannot be kept, or fines them, and says how many there were', () => {
    const masked = market([4, 7, 0, 1], { promises: 'masked' });
    say(masked, { 0: [call] });
    expect([...masked.maskOf(0, 1).subarray(0, 5)]).toEqual([1, 0, 1, 0, 0]);
    expect([...masked.maskOf(0, 2).subarray(0, 5)]).toEqual([1, 1, 1, 0, 0]);
    const priced = market([4, 7, 0, 1], { promises: 'priced', fine: 2 });
    say(priced, { 0: [call] });
    expect([...priced.maskOf(0, 1).subarray(0, 5)]).toEqual([1, 1, 1, 0, 0]);
    say(priced, { 1: [propose, 3], 2: [refuse] });
    say(priced, { 0: [reject] });
    expect([...priced.returns]).toEqual([0, -2, 0]);
    // 21 prices of each workshop, all of one of them closed.
    expect(priced.endMetrics(0)).toMatchObject({ fines: 2, maskRateR6Offer: 21 / 42 });
  });

  it('calls for the jobs one after the other, and remembers who broke its word', () => {
    const driver = market([4, 5, 7, 6, 2, 2], { jobs: 2 });
    expect(field(driver, 1, 'job')).toEqual([1, 0]);
    say(driver, { 0: [call, 0] });
    say(driver, { 1: [propose, 9], 2: [refuse] });
    say(driver, { 0: [accept] });
    say(driver, { 1: [fail] });
    expect(field(driver, 1, 'job')).toEqual([0, 1]);
    expect(field(driver, 1, 'cost')).toEqual([expect.closeTo(0.5)]);
    expect(field(driver, 0, 'violations')).toEqual([1 / 4, 0]);
    // Only the second job can be called for.
    const mask = driver.maskOf(0, 0);
    expect([...mask.subarray(mask.length - 2)]).toEqual([0, 1]);
  });

  it('lets the manager call again where the protocol is iterated', () => {
    const driver = market([4, 7, 1, 1], { protocol: 'iterated-contract-net', calls: 2 });
    say(driver, { 0: [call] });
    say(driver, { 1: [propose, 14], 2: [refuse] });
    say(driver, { 0: [6] });
    say(driver, { 1: [propose, 6] });
    say(driver, { 0: [accept] });
    say(driver, { 1: [inform] });
    expect([...driver.returns]).toEqual([15 - 6, 6 - 4, 0]);
  });

  it.each<Partial<TaskMarketParams>>([
    { workshops: 1, jobs: 2 },
    { protocol: 'iterated-contract-net', promises: 'masked', capacity: [0, 1] },
    { workshops: 5, jobs: 2, promises: 'priced', breakPrice: 30 },
  ])('passes the conformance kit under %o', (params) => {
    expect(checkEnv(taskMarket, { params, seed: 3, episodes: 3 }).failures).toEqual([]);
  });
});
