import { defineEnv, finiteNumbers } from '#core';
import { assignWithCapacities, shortestMakespan } from '#math';
import { commitmentCounts, transferCounts } from '#protocol';
import {
  drawMarket,
  marketText,
  observationSpace,
  stateVectorSize,
  writeObservation,
  writeStateVector,
} from './task-market/looks.ts';
import {
  isActing,
  marketOf,
  messagesOf,
  openDay,
  protocolOf,
  type TaskMarketState,
  takeTurn,
} from './task-market/market.ts';
import { type TaskMarketParams, taskMarketParams } from './task-market/params.ts';

/** Jobs given out by contract net to workshops with private costs and capacities. */
export const taskMarket = defineEnv<TaskMarketState, TaskMarketParams>({
  id: 'task-market',
  params: taskMarketParams,
  card: {
    title: 'Task market (contract net)',
    description:
      'A manager has jobs to give out, one after the other. It calls all workshops; each, knowing its own costs and capacity alone, names a price or refuses; the manager accepts one proposal and rejects the others. Whoever was accepted owes the job, and pays if it does not do it.',
    source:
      'Smith (1980), "The contract net protocol"; FIPA SC00029H and SC00030H. Protocol: contract-net, iterated-contract-net or subcontract-net.',
    licence: 'Own work, under the licence of this project.',
    tests: 'Allocation under private costs: pricing, choosing, keeping capacity for what comes, keeping one’s word.',
    rewardScale: {
      agent:
        'Price less cost to a workshop, value less price to the manager, for each job that is done; what is broken off is paid for; fines where promises are priced.',
      team: 'Value less cost of the jobs that are done, at most that of the best assignment.',
    },
    horizon: 'Four jobs of some six to twelve steps each. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 6.0039, standardError: 0.0874 },
      roles: {
        manager: { mean: 6.7466, standardError: 0.0758 },
        workshop: { mean: -0.2476, standardError: 0.0204 },
      },
    },
    baseline: {
      policies: { manager: 'cheapest-award', workshop: 'truthful-bidder' },
      episodes: 1000,
      seed: 0,
      team: { mean: 62.715, standardError: 0.2354 },
      roles: {
        manager: { mean: 62.715, standardError: 0.2354 },
        workshop: { mean: 0, standardError: 0 },
      },
    },
    knownAnswer:
      'The best assignment of jobs to workshops under their capacities is found exactly (metric `efficiency` is the share of its gain that was realised).',
  },

  roles(params) {
    const { talk } = marketOf(params);
    const role = (name: string, count: number, number: number) => ({
      name,
      count,
      observation: observationSpace(params, number),
      action: talk.space(number),
    });
    return [role('manager', 1, 0), role('workshop', params.workshops, 1)];
  },

  declares({ jobValue, highestPrice, highestCost, breakPrice, fine, promises, protocol }) {
    if (protocol === 'subcontract-net') {
      // Beside what a job brings or costs there are a fee and the price of a claim.
      const paid = highestPrice + highestCost + breakPrice + (promises === 'priced' ? fine : 0);
      return {
        rewardBounds: [-Math.max(highestPrice - jobValue, paid), Math.max(jobValue, highestPrice) + breakPrice],
      };
    }
    const most = Math.max(jobValue, highestPrice) + breakPrice;
    const lost = highestCost + breakPrice + (promises === 'priced' ? fine : 0);
    return { rewardBounds: [-Math.max(highestPrice - jobValue, lost), most] };
  },

  init: openDay,
  acting: isActing,
  observe: writeObservation,

  legal(state, agent, mask, params) {
    const { talk, facts } = marketOf(params);
    facts.state = state;
    talk.writeMask(state.talk, agent, mask, 0, facts);
  },

  step: takeTurn,

  stateSize: stateVectorSize,
  stateVector: writeStateVector,

  metrics(state, params) {
    const { workshops, jobs, jobValue } = params;
    const { costs, doneBy, capacity, paid, talk } = state;
    const costOf = (job: number, workshop: number) => costs[workshop * jobs + job];
    const table = Array.from({ length: jobs }, (_, job) =>
      Array.from({ length: workshops }, (_, workshop) => costOf(job, workshop)),
    );
    const places = Array.from(capacity);
    const best = assignWithCapacities(
      table.map((row) => row.map((cost) => Math.min(0, cost - jobValue))),
      places,
    );
    const done = Array.from(doneBy.keys()).filter((job) => doneBy[job] >= 0);
    const cost = done.reduce((sum, job) => sum + costOf(job, doneBy[job]), 0);
    const loads = places.map((_, w) => done.reduce((sum, job) => sum + (doneBy[job] === w ? costOf(job, w) : 0), 0));
    const all = done.length === jobs;
    const margin = done.reduce((sum, job) => sum + paid[job] - costOf(job, doneBy[job]), 0);
    return finiteNumbers({
      efficiency: (done.length * jobValue - cost) / -best.cost,
      done: done.length / jobs,
      // Against the optimum where everything was done, as that is what the optimum does.
      costRatio: all ? cost / assignWithCapacities(table, places).cost : Number.NaN,
      makespan: Math.max(...loads),
      makespanRatio: all ? Math.max(...loads) / shortestMakespan(table, places) : Number.NaN,
      margin: margin / done.length,
      ...commitmentCounts(talk),
      ...(params.protocol === 'subcontract-net' ? transferCounts(talk) : {}),
      ...(params.promises === 'priced' ? { fines: state.fines } : {}),
      ...marketOf(params).judge.rates(state),
    });
  },

  closedBy(state, agent, params) {
    const { judge, facts } = marketOf(params);
    facts.state = state;
    return judge.closing(state.talk, agent, facts);
  },

  messages: messagesOf,
  protocol: protocolOf,
  conversation: ({ job, talk }) => ({ number: job, tick: talk.tick }),

  text: marketText,
  draw: drawMarket,
});

export type { TaskMarketParams, TaskMarketState };
