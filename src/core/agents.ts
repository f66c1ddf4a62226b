import type { EnvDef, Role } from './env.ts';
import { PolityError } from './errors.ts';
import { actionSize, flatSize, maskSize } from './space.ts';

/** A role with its numbers worked out: where its agents begin and how long their rows are. */
export interface RoleLayout extends Role {
  /** Number of the first agent of this role. */
  readonly first: number;
  /** O, numbers in an observation. */
  readonly observationSize: number;
  /** M, entries of an action mask (0 for a box). */
  readonly maskSize: number;
  /** Slots of an action. */
  readonly actionSize: number;
}

/** Who plays in a world under given parameters, and how its rows are laid out. */
export interface AgentLayout {
  readonly roles: readonly RoleLayout[];
  readonly count: number;
  /** Names after PettingZoo: `player_0`, `player_1`, ... */
  readonly names: readonly string[];
  /** Role number of each agent. */
  readonly roleOf: Int32Array;
  /** Slots between two agents' actions in an action row. */
  readonly actionStride: number;
}

/**
 * Works out names, numbers and row lengths from a world's roles.
 *
 * Throws: PolityError (contract) for a world without roles, a role listed twice, and a count that is not whole and positive.
 *
 * @example
 * layOutAgents(coin, {}).names // ['guesser_0']
 */
export function layOutAgents<P, S>(env: EnvDef<P, S>, params: P): AgentLayout {
  const listed = env.roles(params);
  const names = new Set(listed.map((role) => role.name));
  if (listed.length === 0) throw rolesError(env.id, 'there are no roles', 'at least one');
  if (names.size < listed.length) throw rolesError(env.id, 'two roles have the same name', 'names that differ');
  let first = 0;
  const roles = listed.map((role) => {
    if (!(Number.isInteger(role.count) && role.count > 0)) {
      throw rolesError(`${env.id} › ${role.name}`, `a role of ${role.count} agents`, 'a whole number of at least 1');
    }
    const layout = {
      ...role,
      first,
      observationSize: flatSize(role.observation),
      maskSize: maskSize(role.action),
      actionSize: actionSize(role.action),
    };
    first += role.count;
    return layout;
  });
  return {
    roles,
    count: first,
    names: roles.flatMap((role) => Array.from({ length: role.count }, (_, i) => `${role.name}_${i}`)),
    roleOf: Int32Array.from(roles.flatMap((role, index) => Array.from({ length: role.count }, () => index))),
    actionStride: Math.max(...roles.map((role) => role.actionSize)),
  };
}

function rolesError(where: string, message: string, expected: string): PolityError {
  return new PolityError({ code: 'contract', where, message, expected });
}
