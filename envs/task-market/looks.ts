import { type BoxSpace, type Drawing, type Field, fieldBox } from '#core';
import { drawTable } from '../exact/scene.ts';
import { marketOf, type TaskMarketState } from './market.ts';
import type { TaskMarketParams } from './params.ts';

/** Violations of which a workshop is seen to have at most so many. */
const mostSeen = 4;

/** The manager sees who broke its word; a workshop its own costs and capacity. Both see which job it is, and what they were told. */
export function observationSpace(params: TaskMarketParams, role: number): BoxSpace {
  const { jobs, workshops } = params;
  const fields: Field[] =
    role === 0
      ? [
          { name: 'job', size: jobs },
          { name: 'violations', size: workshops },
        ]
      : [
          { name: 'job', size: jobs },
          { name: 'own violations', size: 1 },
          { name: 'cost', size: 1 },
          { name: 'costs', size: jobs },
          { name: 'capacity left', size: 1 },
        ];
  return fieldBox([...fields, ...marketOf(params).talk.inbox.fields(role)], 0, 1);
}

export function writeObservation(
  state: TaskMarketState,
  agent: number,
  out: Float32Array,
  params: TaskMarketParams,
): void {
  const { jobs, workshops, highestCost, capacity } = params;
  const { talk } = marketOf(params);
  const { violations } = state.talk;
  for (let job = 0; job < jobs; job++) out[job] = job === state.job ? 1 : 0;
  if (agent === 0) {
    for (let w = 0; w < workshops; w++) out[jobs + w] = Math.min(1, violations[1 + w] / mostSeen);
    talk.inbox.write(state.talk, agent, out, jobs + workshops);
    return;
  }
  const first = (agent - 1) * jobs;
  out[jobs] = Math.min(1, violations[agent] / mostSeen);
  out[jobs + 1] = state.job < jobs ? state.costs[first + state.job] / highestCost : 0;
  for (let job = 0; job < jobs; job++) out[jobs + 2 + job] = state.costs[first + job] / highestCost;
  out[2 * jobs + 2] = state.left[agent - 1] / Math.max(1, capacity[1]);
  talk.inbox.write(state.talk, agent, out, 2 * jobs + 3);
}

/** Everything: costs, capacities, the job, and what the manager has heard. */
export function stateVectorSize(params: TaskMarketParams): number {
  const { jobs, workshops } = params;
  return workshops * (jobs + 1) + jobs + marketOf(params).talk.inbox.size(0);
}

export function writeStateVector(state: TaskMarketState, out: Float32Array, params: TaskMarketParams): void {
  const { jobs, workshops, highestCost, capacity } = params;
  const { costs, left, job } = state;
  for (let i = 0; i < costs.length; i++) out[i] = costs[i] / highestCost;
  let at = costs.length;
  for (let w = 0; w < workshops; w++) out[at + w] = left[w] / Math.max(1, capacity[1]);
  at += workshops;
  for (let j = 0; j < jobs; j++) out[at + j] = j === job ? 1 : 0;
  marketOf(params).talk.inbox.write(state.talk, 0, out, at + jobs);
}

export function marketText(state: TaskMarketState, agent: number, params: TaskMarketParams): string {
  const { talk, price, facts, buy } = marketOf(params);
  const { jobs, jobValue, breakPrice, workshops } = params;
  const { names, threadOf, roleOf } = talk.participants;
  const stateOf = (thread: number) => talk.tables.states[state.talk.states[thread]];
  const parameters = talk.tables.parameters.length;
  const priceOf = (thread: number) =>
    state.talk.bound[thread * parameters + price] === 1
      ? `, at price ${state.talk.values[thread * parameters + price]}`
      : '';
  const claim = buy >= 0 ? (thread: number) => partiesText(state, thread, params) : () => '';
  const lines = [
    state.job < jobs ? `Job ${state.job + 1} of ${jobs}.` : `All ${jobs} jobs are over.`,
    `Whoever takes a job on and does not do it pays ${breakPrice}.`,
  ];
  if (agent === 0) {
    lines.push(`You are ${names[0]}. A job that is done brings you ${jobValue}, less the price.`);
    for (let w = 0; w < workshops; w++) {
      lines.push(
        `${names[1 + w]}: ${stateOf(w)}${priceOf(w)}${claim(w)}; has broken its word ${state.talk.violations[1 + w]} times.`,
      );
    }
  } else {
    const costs = Array.from(state.costs.subarray((agent - 1) * jobs, agent * jobs));
    const capacity = state.left[agent - 1];
    lines.push(
      `You are ${names[agent]}. The jobs cost you ${costs.join(', ')}. You can do ${capacity} more.`,
      `You: ${stateOf(threadOf[agent])}${priceOf(threadOf[agent])}${claim(threadOf[agent])}.`,
    );
    // Where all is said in the open, a workshop hears of the others too.
    for (let w = 0; w < workshops && buy >= 0; w++) {
      if (w !== agent - 1) lines.push(`${names[1 + w]}: ${stateOf(w)}${priceOf(w)}${claim(w)}.`);
    }
  }
  const acts = state.job < jobs && state.workshopsTurn === agent > 0;
  facts.state = state;
  if (acts && talk.canSpeak(state.talk, agent, facts)) {
    lines.push(`It is your turn. Choose one of: ${talk.utteranceLabels(roleOf[agent]).join(', ')}; then what it says.`);
  }
  return lines.join('\n');
}

/** Who owes the job of a thread and to whom, where that has passed on, and what is asked or offered. */
function partiesText({ talk: state }: TaskMarketState, thread: number, params: TaskMarketParams): string {
  const { talk, fee, claimPrice } = marketOf(params);
  const { names } = talk.participants;
  const { states, parameterIndex, parameters } = talk.tables;
  const value = (index: number) => state.values[thread * parameters.length + index];
  const named = (name: string) => names[1 + value(parameterIndex.get(name) as number)];
  const parts: string[] = [];
  const [debtor, creditor] = [talk.debtorOf(state, thread), talk.creditorOf(state, thread)];
  if (debtor !== 1 + thread) parts.push(`, owed by ${names[debtor]} for ${value(fee)}`);
  if (creditor !== 0) parts.push(`, owed to ${names[creditor]}`);
  const at = states[state.states[thread]];
  if (at === 'handed') parts.push(`, ${named('deputy')} is asked to take it over for ${value(fee)}`);
  if (at === 'offered') parts.push(`, ${named('assignee')} is offered the claim for ${value(claimPrice)}`);
  return parts.join('');
}

/** Costs of every job for every workshop, who did it, and where the talk stands. */
export function drawMarket(state: TaskMarketState, params: TaskMarketParams): Drawing {
  const { jobs, workshops } = params;
  const { talk } = marketOf(params);
  const rows = Array.from({ length: workshops }, (_, w) => {
    const costs = Array.from({ length: jobs }, (_, job) => {
      const label = String(state.costs[w * jobs + job]);
      return state.doneBy[job] === w ? { label, fill: 'good' as const } : label;
    });
    const at = { label: talk.tables.states[state.talk.states[w]], fill: `agent${w + 1}` as const };
    return [`workshop ${w} (${state.left[w]} left)`, ...costs, at] as const;
  });
  const numbers = Array.from({ length: jobs }, (_, job) =>
    job === state.job ? { label: `job ${job}`, fill: 'accent' as const } : `job ${job}`,
  );
  const paid = Array.from(state.doneBy, (by, job) => (by < 0 ? '' : String(state.paid[job])));
  return drawTable(
    [['', ...numbers, 'talk'], ...rows, ['paid', ...paid]],
    state.job < jobs ? `Job ${state.job + 1} of ${jobs}, tick ${state.talk.tick}` : 'All jobs are over',
  );
}
