import type { ActorContext, View } from '#core';
import { firstLegal } from '../market/first-legal.ts';
import { findField, refusal, type Stretch } from '../refusal.ts';

/** What a trader of the exchange has to know of its role. */
export interface TraderSetup {
  readonly buying: boolean;
  readonly highest: number;
  readonly limit: Stretch;
  readonly unitsLeft: Stretch;
  /** The best quote of the other side: whether there is one, and its price. */
  readonly other: Stretch;
  /** Sizes of the parts of an action: utterances, then prices. */
  readonly sizes: readonly number[];
}

export function traderSetup(policy: string, context: ActorContext): TraderSetup {
  const { env, role } = context;
  const { observation, action, name } = role;
  const buying = name === 'buyer';
  const limit = findField(observation, 'next limit');
  const unitsLeft = findField(observation, 'units left');
  const other = findField(observation, buying ? 'best ask' : 'best bid');
  if (env.id !== 'exchange' || limit === undefined || unitsLeft === undefined || other === undefined) {
    throw refusal(policy, context, { got: env.id, expected: 'a buyer or seller of exchange' });
  }
  const sizes = action.kind === 'multiDiscrete' ? action.sizes : [];
  return { buying, highest: sizes[1] - 1, limit, unitsLeft, other, sizes };
}

/** The next unit's value or cost; -1 where there is none left. */
export function limitOf(observation: Float32Array, { limit, unitsLeft, highest }: TraderSetup): number {
  return observation[unitsLeft.at] > 0 ? Math.round(observation[limit.at] * highest) : -1;
}

/** Trades at a price at once where the other side has quoted as well, else quotes it where that betters its own side, else waits. */
export function tradeAt(
  price: number,
  { observation, mask }: View<unknown>,
  out: Float64Array,
  setup: TraderSetup,
): void {
  const { buying, other, highest, sizes } = setup;
  const [utterances] = sizes;
  firstLegal(mask, sizes, out);
  const quoted = observation[other.at] > 0 ? Math.round(observation[other.at + 1] * highest) : -1;
  if (quoted >= 0 && (buying ? quoted <= price : quoted >= price)) {
    // Only the best quotes of the other side are open; the first and the last choice are to quote and to withdraw.
    for (let choice = 2; choice < utterances - 1; choice++) {
      if (mask[choice] === 0) continue;
      out[0] = choice;
      return;
    }
  }
  if (mask[1] === 0 || mask[utterances + price] === 0) return;
  out[0] = 1;
  out[1] = price;
}
