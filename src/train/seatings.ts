import { type AgentLayout, PolityError } from '#core';

/** Most line-ups that are played in every order; beyond it every policy takes every place once, by rotation. */
const mostOrders = 24;

/**
 * The line-ups of some policies in a world: in every order where its roles allow. One policy takes every seat. Several are
 * spread over the agents of a single role, or over the roles where there are several and enough of them; where there are
 * more places than policies they are filled in turn, as even as can be.
 *
 * @param may Whether a policy can play a role.
 * @returns For each line-up the policy of every agent.
 * Throws: PolityError (input) for more policies than places, and where no order fits the roles.
 *
 * @example
 * lineUps(bargaining, ['a', 'b'], () => true) // [['a', 'b'], ['b', 'a']]
 */
export function lineUps(
  { roles, roleOf, count }: AgentLayout,
  policies: readonly string[],
  may: (policy: string, role: string) => boolean,
): readonly (readonly string[])[] {
  const byRole = roles.length > 1 && policies.length <= roles.length;
  const places = byRole ? roles.length : count;
  const roleAt = (place: number) => roles[byRole ? place : roleOf[place]].name;
  if (policies.length > places) throw tooMany(policies, roles);
  const filled = Array.from({ length: places }, (_, place) => policies[place % policies.length]);
  const orders = distinctOrders(filled) ?? rotations(filled);
  const fitting = orders.filter((order) => order.every((policy, place) => may(policy, roleAt(place))));
  if (fitting.length === 0) throw noneFits(policies, roles);
  return byRole ? fitting.map((order) => [...roleOf].map((role) => order[role])) : fitting;
}

/** Every different order, in the order of the places that policies first take; undefined when there are too many. */
function distinctOrders(items: readonly string[]): string[][] | undefined {
  if (items.length === 0) return [[]];
  const orders: string[][] = [];
  for (const first of new Set(items)) {
    const at = items.indexOf(first);
    const rest = distinctOrders([...items.slice(0, at), ...items.slice(at + 1)]);
    if (rest === undefined || orders.length + rest.length > mostOrders) return undefined;
    for (const order of rest) orders.push([first, ...order]);
  }
  return orders;
}

function rotations(items: readonly string[]): string[][] {
  const all = items.map((_, shift) => [...items.slice(shift), ...items.slice(0, shift)]);
  return all.filter((order, i) => all.findIndex((other) => other.join('\n') === order.join('\n')) === i);
}

function tooMany(policies: readonly string[], roles: AgentLayout['roles']): PolityError {
  return new PolityError({
    code: 'input',
    where: 'seats',
    message: 'more policies than seats',
    got: `${policies.length} policies`,
    expected: `at most ${roles.map(({ name, count }) => `${count} ${name}`).join(' and ')}`,
  });
}

function noneFits(policies: readonly string[], roles: AgentLayout['roles']): PolityError {
  return new PolityError({
    code: 'input',
    where: 'seats',
    message: 'no order of these policies fits the roles',
    got: policies.join(', '),
    expected: `policies that can play ${roles.map(({ name }) => name).join(' and ')}`,
    remedy: 'Name a policy for every role; a trained one plays the roles it was trained for',
  });
}
