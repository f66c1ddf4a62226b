import { describe, expect, it } from 'vitest';
import { checkEnv, type Driver } from '#core';
import { taskMarket } from '#envs';
import type { TaskMarketParams, TaskMarketState } from '#envs/task-market';
import { marketOf } from '../../envs/task-market/market.ts';
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
    { protocol: 'subcontract-net', jobs: 2, promises: 'priced', capacity: [0, 2] },
    { protocol: 'subcontract-net', workshops: 1, jobs: 1 },
    { workshops: 1, jobs: 2 },
    { protocol: 'iterated-contract-net', promises: 'masked', capacity: [0, 1] },
    { workshops: 5, jobs: 2, promises: 'priced', breakPrice: 30 },
  ])('passes the conformance kit under %o', (params) => {
    expect(checkEnv(taskMarket, { params, seed: 3, episodes: 3 }).failures).toEqual([]);
  });
});

describe('a market in which jobs and claims pass on', () => {
  // Costs 4, 7 and 5 of one job; workshop 0 has no machine.
  const open = (params: object = {}) =>
    market([4, 7, 5, 0, 1, 1], { workshops: 3, protocol: 'subcontract-net', breakPrice: 6, ...params });

  /** Chooses what is said by its name, and the contents by theirs. */
  function tell(driver: Driver, said: Record<number, readonly [utterance: string, contents?: Record<string, number>]>) {
    const stride = driver.layout.actionStride;
    const { talk } = marketOf(driver.params as TaskMarketParams);
    driver.actions.fill(0);
    for (const [agent, [utterance, contents = {}]] of Object.entries(said)) {
      const role = agent === '0' ? 0 : 1;
      expect([agent, driver.acting[Number(agent)]]).toEqual([agent, 1]);
      const at = Number(agent) * stride;
      driver.actions[at] = talk.utteranceLabels(role).indexOf(utterance);
      for (const [i, name] of (talk.space(role).names ?? []).entries()) {
        if (contents[name] !== undefined) driver.actions[at + i] = contents[name];
      }
    }
    driver.step();
  }

  /** Workshop 0 is awarded the job at 9, and hands it to workshop 2 for 6. */
  function handedOn(driver: Driver) {
    tell(driver, { 0: ['call'] });
    const propose = (price: number) => ['propose', { 'propose.price': price }] as const;
    tell(driver, { 1: propose(9), 2: propose(12), 3: propose(11) });
    tell(driver, { 0: ['accept -> participant_0'] });
    tell(driver, { 1: ['hand-over', { 'hand-over.deputy': 2, 'hand-over.fee': 6 }] });
    tell(driver, {});
    tell(driver, { 3: ['take-over -> participant_0'] });
  }

  it('pays who proposed the price, and the deputy its fee out of it', () => {
    const driver = open();
    handedOn(driver);
    tell(driver, {});
    tell(driver, { 3: ['deliver -> participant_0'] });
    // The value less the price; the price less the fee; nothing; the fee less the cost.
    expect([...driver.returns]).toEqual([15 - 9, 9 - 6, 0, 6 - 5]);
    while (driver.terminated[0] === 0) tell(driver, {});
    expect(driver.endMetrics(0)).toMatchObject({
      done: 1,
      efficiency: 1,
      commitmentsDelegated: 1,
      commitmentsAssigned: 0,
      commitmentsDischarged: 1,
      commitmentsViolated: 0,
    });
  });

  it('gives what the job brings to who bought the claim, or what the deputy pays that breaks its word', () => {
    for (const kept of [true, false]) {
      const driver = open();
      handedOn(driver);
      tell(driver, { 0: ['sell -> participant_0', { 'sell.assignee': 1, 'sell.claim-price': 2 }] });
      tell(driver, { 2: ['buy -> participant_0'] });
      expect([...driver.returns]).toEqual([2, 0, -2, 0]);
      tell(driver, {});
      tell(driver, { 3: [kept ? 'deliver -> participant_0' : 'give-up -> participant_0'] });
      expect([...driver.returns]).toEqual(kept ? [2, 3, -2 + 15 - 9, 1] : [2, 0, -2 + 6, -6]);
      while (driver.terminated[0] === 0) tell(driver, {});
      expect(driver.endMetrics(0)).toMatchObject({
        commitmentsDelegated: 1,
        commitmentsAssigned: 1,
        commitmentsViolated: kept ? 0 : 1,
      });
    }
  });

  it('says who owes what to whom, and lets what comes too late go unsaid', () => {
    const driver = open();
    const text = (agent: number) =>
      taskMarket.text?.(driver.stateOf(0) as TaskMarketState, agent, driver.params as TaskMarketParams);
    handedOn(driver);
    expect(text(0)).toContain('participant_0: working, at price 9, owed by participant_2 for 6;');
    tell(driver, { 0: ['sell -> participant_0', { 'sell.assignee': 1, 'sell.claim-price': 2 }] });
    expect(text(2)).toContain('participant_1 is offered the claim for 2.');
    tell(driver, { 2: ['buy -> participant_0'] });
    tell(driver, {});
    // The holder of the claim waives it just as the job is delivered: it has the lower number.
    tell(driver, { 2: ['waive -> participant_0'], 3: ['deliver -> participant_0'] });
    expect([...driver.returns]).toEqual([2, 0, -2, 0]);
    while (driver.terminated[0] === 0) tell(driver, {});
    expect(driver.endMetrics(0)).toMatchObject({
      done: 0,
      commitmentsReleased: 1,
      commitmentsExpired: 2,
      commitmentsViolated: 0,
    });
  });

  it('says nothing of it elsewhere', () => {
    const driver = market([4, 7, 1, 1]);
    say(driver, { 0: [call] });
    say(driver, { 1: [refuse], 2: [refuse] });
    expect(Object.keys(driver.endMetrics(0))).not.toContain('commitmentsDelegated');
    expect(fieldNames(driver, 0).filter((name) => name.includes('parties'))).toEqual([]);
  });
});
