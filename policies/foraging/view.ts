import type { ActorContext } from '#core';
import { findField, refusal } from '../refusal.ts';

/** Where a player of level-based foraging finds what it sees: offsets of (row, column, level), the level only where it is shown. */
export interface ForagingView {
  readonly foods: readonly number[];
  readonly self: number;
  readonly others: readonly number[];
  readonly levels: boolean;
  readonly rows: number;
  readonly columns: number;
}

/** Reads a role of level-based foraging. Throws: PolityError (input) when it does not have the lists of foods and players. */
export function foragingView(policy: string, context: ActorContext): ForagingView {
  const { role, env } = context;
  const self = findField(role.observation, 'self');
  const foods = listed('food', context);
  if (self === undefined || foods.length === 0 || role.action.kind !== 'discrete' || role.action.n !== 6) {
    throw refusal(policy, context, {
      got: role.observation.fields?.map(({ name }) => name).join(', ') ?? 'an observation without names',
      expected: 'the fields food0, ..., self, player0, ... and six actions',
      remedy: 'Seat it in foraging without gridObservation',
    });
  }
  const { rows, columns } = env.params as { readonly rows: number; readonly columns: number };
  return { foods, self: self.at, others: listed('player', context), levels: self.size === 3, rows, columns };
}

function listed(name: string, { role }: ActorContext): number[] {
  const found: number[] = [];
  for (let i = 0; ; i++) {
    const field = findField(role.observation, `${name}${i}`);
    if (field === undefined) return found;
    found.push(field.at);
  }
}
