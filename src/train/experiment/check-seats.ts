import {
  type AnyEnv,
  createStreams,
  type Locate,
  layOutAgents,
  PolityError,
  partsOf,
  type RoleLayout,
  type Space,
  suggest,
} from '#core';
import type { Catalogue, StoredPolicy } from '../catalogue.ts';
import type { SeatConfig } from '../config.ts';
import { spaceOf } from '../space-of.ts';

/** What an experiment says about who plays, and the world that it says it of. */
export interface ResolvedWorld {
  readonly env: AnyEnv;
  readonly params: unknown;
  readonly locate: Locate;
  readonly catalogue: Catalogue;
}

const learner: SeatConfig = { policy: 'learner', opponents: [], selfPlay: 1 };

/**
 * A seat for every role of the world, a learner where nothing is said.
 *
 * Throws: PolityError (input) for a role that the world does not have, for seats without a learner, and for a policy that is
 * not there or cannot play its role.
 */
export function seatRoles(
  world: ResolvedWorld,
  given: Readonly<Record<string, SeatConfig>>,
): Readonly<Record<string, SeatConfig>> {
  const { env, params, locate } = world;
  const { roles } = layOutAgents(env, params);
  const names = roles.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const message = `${env.id} has no such role`;
    throw new PolityError({ code: 'input', where: locate(['seats', name]), message, remedy: suggest(name, names) });
  }
  const seats = Object.fromEntries(names.map((name) => [name, given[name] ?? learner]));
  if (!Object.values(seats).some(({ policy }) => policy === 'learner')) {
    const expected = 'at least one role with policy: learner';
    throw new PolityError({ code: 'input', where: locate(['seats']), message: 'nobody learns', expected });
  }
  for (const role of roles) {
    const { policy, opponents } = seats[role.name];
    const keys = ['seats', role.name];
    if (policy !== 'learner') requirePlayable(world, policy, role, [...keys, 'policy']);
    opponents.forEach((opponent, i) => {
      requirePlayable(world, opponent.policy, role, [...keys, 'opponents', `${i}`]);
    });
  }
  return seats;
}

/** Throws: PolityError (input) for an opponent of evaluations that cannot play every role that learns. */
export function checkOpponents(
  world: ResolvedWorld,
  seats: Readonly<Record<string, SeatConfig>>,
  opponents: readonly string[],
): void {
  const { roles } = layOutAgents(world.env, world.params);
  const learning = roles.filter(({ name }) => seats[name].policy === 'learner');
  opponents.forEach((opponent, i) => {
    for (const role of learning) requirePlayable(world, opponent, role, ['evaluation', 'opponents', `${i}`]);
  });
}

/** Throws: PolityError (input) where learners that are to share parameters differ in what they see or do. */
export function checkSharing({ env, params, locate }: ResolvedWorld, learning: readonly string[]): void {
  const roles = layOutAgents(env, params).roles.filter(({ name }) => learning.includes(name));
  const other = roles.find((role) => !sameSpaces(role, roles[0]));
  if (other === undefined) return;
  throw new PolityError({
    code: 'input',
    where: locate(['policy', 'sharing']),
    message: `the roles ${roles[0].name} and ${other.name} cannot share parameters`,
    got: `${describeRole(roles[0])}; ${describeRole(other)}`,
    expected: 'the same observation size and actions',
    remedy: 'Use sharing: role',
  });
}

function sameSpaces(a: RoleLayout, b: RoleLayout): boolean {
  return a.observationSize === b.observationSize && describeActions(a.action) === describeActions(b.action);
}

function requirePlayable(world: ResolvedWorld, reference: string, role: RoleLayout, keys: readonly string[]): void {
  const { env, params, locate, catalogue } = world;
  const where = locate(keys);
  const found = catalogue.findPolicy(reference, where);
  if (found.kind === 'stored') {
    requireFitting(found, env, role, where);
    return;
  }
  try {
    const rng = createStreams('check').stream('policy');
    found.policy.createActor({ env: { id: env.seatsAs ?? env.id, params }, role, rows: 1, rng });
  } catch (error) {
    if (!(error instanceof PolityError)) throw error;
    const { message, ...detail } = error.detail;
    throw new PolityError({ ...detail, where, message: `${reference}: ${message}` }, { cause: error });
  }
}

/** Throws: PolityError (input) for a trained policy of another world, another role, or other sizes. */
function requireFitting({ id, models }: StoredPolicy, env: AnyEnv, role: RoleLayout, where: string): void {
  const refuse = (message: string, got: string, expected: string) =>
    new PolityError({ code: 'input', where, message: `${id} ${message}`, got, expected });
  const worlds = [...new Set(Object.values(models).map(({ info }) => info.env.seatsAs ?? info.env.id))];
  const played = env.seatsAs ?? env.id;
  if (!worlds.includes(played)) throw refuse('was made for another world', worlds.join(', '), played);
  const model = models[role.name];
  if (model === undefined) throw refuse('was not trained for this role', Object.keys(models).join(', '), role.name);
  const { observationSize, action } = model.info;
  const made = `observations of ${observationSize}, actions ${describeActions(spaceOf(action))}`;
  if (made !== describeRole(role)) throw refuse('was made for other parameters', made, describeRole(role));
}

function describeRole({ observationSize, action }: RoleLayout): string {
  return `observations of ${observationSize}, actions ${describeActions(action)}`;
}

function describeActions(space: Space): string {
  if (space.kind === 'box') return `box of ${space.shape.reduce((size, side) => size * side, 1)}`;
  return `${space.kind} of ${partsOf(space).join(' x ')}`;
}
