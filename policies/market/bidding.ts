import type { ActorContext, View } from '#core';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';
import { firstLegal } from './first-legal.ts';

/** What a workshop of the task market has to know of its role. */
export interface BidderSetup {
  readonly cost: Stretch;
  readonly capacity: Stretch;
  readonly highestCost: number;
  readonly sizes: readonly number[];
}

/** Utterances of a workshop, in the order of the protocol's moves. */
const [propose, refuse, inform] = [1, 2, 3];

export function bidderSetup(policy: string, context: ActorContext): BidderSetup {
  const { env, role } = context;
  const cost = findField(role.observation, 'cost');
  const capacity = findField(role.observation, 'capacity left');
  if (env.id !== 'task-market' || cost === undefined || capacity === undefined) {
    const got = env.id === 'task-market' ? role.name : env.id;
    throw refusal(policy, context, { got, expected: 'a workshop of task-market' });
  }
  const { highestCost } = env.params as { highestCost: number };
  return { cost, capacity, highestCost, sizes: role.action.kind === 'multiDiscrete' ? role.action.sizes : [] };
}

/** Does what was accepted, names a price where it has capacity and the price can be said, else refuses. */
export function bid(
  priceOf: (cost: number, highest: number) => number,
  { observation, mask }: View<unknown>,
  out: Float64Array,
  { cost, capacity, highestCost, sizes }: BidderSetup,
): void {
  firstLegal(mask, sizes, out);
  if (mask[inform] === 1) {
    out[0] = inform;
    return;
  }
  const price = priceOf(Math.round(observation[cost.at] * highestCost), sizes[1] - 1);
  if (mask[propose] === 1 && observation[capacity.at] > 0 && mask[sizes[0] + price] === 1) {
    out[0] = propose;
    out[1] = price;
  } else if (mask[refuse] === 1) out[0] = refuse;
}

/** What a manager has to know of its role. */
export interface ManagerSetup {
  readonly states: readonly Stretch[];
  readonly prices: readonly Stretch[];
  readonly highestPrice: number;
  readonly jobValue: number;
  readonly sizes: readonly number[];
}

export function managerSetup(policy: string, context: ActorContext): ManagerSetup {
  const { env, role } = context;
  const { workshops, highestPrice, jobValue } = env.params as Record<string, number>;
  const each = (name: string) =>
    Array.from({ length: workshops ?? 0 }, (_, w) =>
      findField(role.observation, workshops === 1 ? name : `thread${w}.${name}`),
    ).filter((field) => field !== undefined);
  const states = each('state');
  if (env.id !== 'task-market' || states.length === 0 || role.name !== 'manager') {
    const got = env.id === 'task-market' ? role.name : env.id;
    throw refusal(policy, context, { got, expected: 'the manager of task-market' });
  }
  const sizes = role.action.kind === 'multiDiscrete' ? role.action.sizes : [];
  return { states, prices: each('price'), highestPrice, jobValue, sizes };
}

/** State of a thread by number, in the order of the protocol. */
export function threadState(observation: Float32Array, state: Stretch): 'idle' | 'called' | 'proposed' | 'other' {
  return (['idle', 'called', 'proposed'] as const)[hotIndex(observation, state)] ?? 'other';
}
