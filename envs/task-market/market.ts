import type { Rng } from '#core';
import { onceFor } from '#core/once-for';
import {
  bargainingRules,
  createTalk,
  declarationOf,
  type Facts,
  Judge,
  type Message,
  messageOf,
  noFacts,
  protocols,
  type Rule,
  type RuleCounts,
  type Talk,
  type TalkState,
  withRules,
} from '#protocol';
import type { TaskMarketParams } from './params.ts';

/**
 * Agent 0 is the manager, agent 1 + w workshop w.
 *
 * Shapes: W workshops, J jobs: costs [W, J]; capacity, left [W]; doneBy, paid [J].
 */
export interface TaskMarketState extends RuleCounts {
  readonly talk: TalkState;
  readonly costs: Int32Array;
  readonly capacity: Int32Array;
  readonly left: Int32Array;
  /** Workshop that did each job; -1 for none. */
  readonly doneBy: Int32Array;
  readonly paid: Int32Array;
  /** The job that is called for; as many as there are when the episode is over. */
  job: number;
  /** Whether it is the workshops' turn. */
  workshopsTurn: boolean;
  fines: number;
  /** Balances before the present step. [1 + W] */
  readonly balances: Float64Array;
}

/** What does not change while a market of these parameters is open. */
export interface TaskMarket {
  readonly talk: Talk;
  readonly judge: Judge;
  readonly facts: WorkFacts;
  readonly price: number;
  readonly inform: number;
  /** Moves and parameters with which jobs and claims are passed on; -1 where they cannot be. */
  readonly deliver: number;
  readonly buy: number;
  readonly fee: number;
  readonly claimPrice: number;
}

/** Who can do what, by what the world knows. */
class WorkFacts implements Facts {
  state: TaskMarketState | null = null;

  affords(agent: number): boolean {
    return (this.state as TaskMarketState).left[agent - 1] > 0;
  }

  /** The only claim is which job is at hand. */
  holds(_agent: number, job: number): boolean {
    return (this.state as TaskMarketState).job === job;
  }

  gain = noFacts.gain;
  lastGain = noFacts.lastGain;
  offered = noFacts.offered;
}

const always: readonly Rule[] = [
  {
    id: 'job-at-hand',
    says: 'What is called for is the next job.',
    moves: ['call'],
    parameter: 'task',
    permits: (view, value) => view.facts.holds(view.sender, value),
  },
  {
    id: 'has-capacity',
    says: 'Only a workshop with capacity gets a job done.',
    moves: ['inform'],
    permits: (view) => view.facts.affords(view.sender, 0),
  },
];

/** The market of parameters, which never change during a run: made once. */
export const marketOf = onceFor(openMarket);

/** The grammar of what is said about each job, before any rules. */
export function protocolOf({ workshops, jobs, highestPrice, protocol, calls, breakPrice }: TaskMarketParams) {
  const iterated = protocol === 'iterated-contract-net';
  const options = {
    participants: workshops,
    tasks: jobs,
    highestPrice,
    callWithin: 3,
    proposeWithin: 3,
    // The manager speaks to one workshop at a time, and everybody has two chances to answer.
    decideWithin: 4 * workshops * (iterated ? calls : 1) + 4,
    // Two answers, each a turn of the workshops after the manager's, may come before the work.
    workWithin: protocol === 'subcontract-net' ? 12 : 3,
    price: breakPrice,
    ...(iterated ? { calls } : {}),
  };
  const [first, ...others] = Array.from({ length: jobs }, (_, job) => conversationOf(job));
  const conversations = [first, ...others] as const;
  return { id: protocol, options, conversations, roles: { manager: 'initiator', workshop: 'participant' } };
}

function conversationOf(job: number): string {
  return `job-${job + 1}`;
}

function openMarket(params: TaskMarketParams): TaskMarket {
  const { protocol, promises } = params;
  const iterated = protocol === 'iterated-contract-net';
  const passesOn = protocol === 'subcontract-net';
  const plain = declarationOf(protocols.get(protocol), protocolOf(params).options);
  const moves = { offers: ['propose'], accepts: [], parameter: 'price' };
  const chosen = promises === 'open' ? [] : bargainingRules(['R6'], moves, promises === 'priced');
  const elsewhere = passesOn ? [{ ...always[1], id: 'deputy-has-capacity', moves: ['deliver'] }] : [];
  const again = iterated ? [{ ...always[0], id: 'same-job', moves: ['call-again'] }] : [];
  const talk = createTalk(
    withRules(plain, [...always, ...again, ...elsewhere, ...chosen.filter(({ moves }) => moves.length > 0)]),
  );
  return {
    talk,
    judge: new Judge(talk),
    facts: new WorkFacts(),
    price: talk.tables.parameterIndex.get('price') as number,
    inform: talk.tables.moveIndex.get('inform') as number,
    deliver: talk.tables.moveIndex.get('deliver') ?? -1,
    buy: talk.tables.moveIndex.get('buy') ?? -1,
    fee: talk.tables.parameterIndex.get('fee') ?? -1,
    claimPrice: talk.tables.parameterIndex.get('claim-price') ?? -1,
  };
}

/** New jobs: what each costs each workshop, and how many each can do. */
export function openDay(params: TaskMarketParams, rng: Rng): TaskMarketState {
  const { talk, judge } = marketOf(params);
  const { workshops, jobs, highestCost, capacity } = params;
  const costs = new Int32Array(workshops * jobs);
  for (let i = 0; i < costs.length; i++) costs[i] = rng.integer(1, highestCost + 1);
  const places = new Int32Array(workshops);
  for (let w = 0; w < workshops; w++) places[w] = rng.integer(capacity[0], capacity[1] + 1);
  return {
    talk: talk.begin(),
    costs,
    capacity: places,
    left: places.slice(),
    doneBy: new Int32Array(jobs).fill(-1),
    paid: new Int32Array(jobs),
    job: 0,
    workshopsTurn: false,
    fines: 0,
    ...judge.begin(),
    balances: new Float64Array(1 + workshops),
  };
}

export function isActing(state: TaskMarketState, agent: number, params: TaskMarketParams): boolean {
  const { talk, facts } = marketOf(params);
  if (state.job === params.jobs || state.workshopsTurn === (agent === 0)) return false;
  facts.state = state;
  return talk.canSpeak(state.talk, agent, facts);
}

/**
 * Whoever's turn it is speaks, workshops all at once: each in its own thread, so that nothing crosses; where jobs are passed on, in
 * the order of their numbers. Work that is done is paid, what is broken off is paid for. Returns whether all jobs are over.
 */
export function takeTurn(
  state: TaskMarketState,
  actions: Float64Array,
  rewards: Float64Array,
  _rng: Rng,
  params: TaskMarketParams,
): boolean {
  const { talk, facts } = marketOf(params);
  const agents = params.workshops + 1;
  const stride = actions.length / agents;
  facts.state = state;
  state.balances.set(state.talk.balance);
  const first = state.workshopsTurn ? 1 : 0;
  const behind = state.workshopsTurn ? agents : 1;
  for (let agent = first; agent < behind; agent++) {
    if (talk.canSpeak(state.talk, agent, facts)) speak(state, agent, actions, agent * stride, rewards, params);
  }
  goOn(state, params);
  for (let agent = 0; agent < agents; agent++) {
    rewards[agent] += state.talk.balance[agent] - state.balances[agent];
  }
  return state.job === params.jobs;
}

/** What is said in a step: found by having a copy of the market hear it, as what workshops say at once may take effect in turn. */
export function messagesOf(
  state: TaskMarketState,
  actions: Float64Array,
  _rng: Rng,
  params: TaskMarketParams,
): readonly Message[] {
  const { talk, facts } = marketOf(params);
  const agents = params.workshops + 1;
  const stride = actions.length / agents;
  const copy = structuredClone(state);
  const unpaid = new Float64Array(agents);
  const messages: Message[] = [];
  facts.state = copy;
  for (let agent = copy.workshopsTurn ? 1 : 0; agent < (copy.workshopsTurn ? agents : 1); agent++) {
    if (!talk.canSpeak(copy.talk, agent, facts)) continue;
    const { said } = copy.talk;
    const message = messageOf(talk, copy.talk, agent, actions, conversationOf(copy.job), agent * stride);
    speak(copy, agent, actions, agent * stride, unpaid, params);
    if (message !== undefined && copy.talk.said > said) messages.push(message);
  }
  return messages;
}

function speak(
  state: TaskMarketState,
  agent: number,
  actions: Float64Array,
  offset: number,
  rewards: Float64Array,
  params: TaskMarketParams,
): void {
  const { talk, facts, judge, price, inform, deliver, buy, fee, claimPrice } = marketOf(params);
  if (deliver >= 0 && !stillStands(state, agent, actions[offset], params)) return;
  if (params.promises !== 'open') {
    const fine = params.fine * judge.weigh(state.talk, agent, actions, offset, state, facts);
    rewards[agent] -= fine;
    state.fines += fine;
  }
  const said = talk.say(state.talk, agent, actions, offset, facts);
  if (said < 0 || (said !== inform && said !== deliver && said !== buy)) return;
  const { thread: addressed } = talk.tables.roles[1].utterances[actions[offset] - 1];
  const thread = addressed < 0 ? agent - 1 : addressed;
  const first = thread * talk.tables.parameters.length;
  const { values } = state.talk;
  if (said === buy) {
    const amount = values[first + claimPrice];
    rewards[agent] -= amount;
    rewards[0] += amount;
    return;
  }
  // Whoever it is owed to pays the one that proposed it, who pays the deputy: both out of what the job brings.
  const agreed = values[first + price];
  rewards[talk.creditorOf(state.talk, thread)] += params.jobValue - agreed;
  rewards[1 + thread] += agreed;
  if (said === deliver) {
    rewards[1 + thread] -= values[first + fee];
    rewards[agent] += values[first + fee];
  }
  const workshop = agent - 1;
  rewards[agent] -= state.costs[workshop * params.jobs + state.job];
  state.left[workshop]--;
  state.doneBy[state.job] = workshop;
  state.paid[state.job] = agreed;
}

/** Where a claim has passed on, its holder and whoever owes the job speak in one thread: what came second may come too late. */
function stillStands(state: TaskMarketState, agent: number, choice: number, params: TaskMarketParams): boolean {
  const { talk } = marketOf(params);
  const { utterances } = talk.tables.roles[agent === 0 ? 0 : 1];
  return choice === 0 || talk.stands(state.talk, agent, utterances[choice - 1]);
}

/** Lets ticks pass until somebody can speak; the next job is called for when the talk about this one is over. */
function goOn(state: TaskMarketState, params: TaskMarketParams): void {
  const { talk, facts } = marketOf(params);
  for (;;) {
    if (talk.advance(state.talk)) {
      state.job++;
      if (state.job === params.jobs) return;
      talk.restart(state.talk);
      state.workshopsTurn = false;
    } else state.workshopsTurn = !state.workshopsTurn;
    const first = state.workshopsTurn ? 1 : 0;
    const behind = state.workshopsTurn ? params.workshops + 1 : 1;
    for (let agent = first; agent < behind; agent++) if (talk.canSpeak(state.talk, agent, facts)) return;
  }
}
