import { type Policy, PolityError, type Registry } from '#core';

/** A policy that takes an argument in its id: `always(defect)`. Without one it plays as its card says, or refuses. */
export interface PolicyFamily extends Policy {
  /** What stands between the parentheses. */
  readonly argument: { readonly name: string; readonly description: string; readonly example: string };
  /** The member called `id(argument)`. Throws PolityError (input) for an argument that no world could understand. */
  withArgument(argument: string, where: string): Policy;
}

export function isFamily(policy: Policy): policy is PolicyFamily {
  return 'withArgument' in policy;
}

/**
 * Finds a policy by its id, with an argument in parentheses where it takes one. Names of actions are understood by the policy once
 * it knows its world.
 *
 * Throws: PolityError (input) for an unknown id, with the nearest known one; for an argument that the policy does not take; for
 * parentheses that do not match.
 *
 * @example
 * resolvePolicy(policies, 'always(defect)').id // 'always(defect)'
 */
export function resolvePolicy(shelf: Registry<Policy>, id: string, where = 'policy'): Policy {
  const [, name, argument] = /^([^()]*?)(?:\s*\((.*)\))?$/.exec(id.trim()) ?? [];
  if (name === undefined || argument?.includes('(') || argument?.includes(')')) {
    throw badId(where, id, 'a name, or a name with an argument in parentheses, such as always(0)');
  }
  const policy = shelf.get(name, where);
  if (argument === undefined) return policy;
  if (!isFamily(policy)) throw badId(where, id, `"${name}", which takes no argument`);
  if (argument.trim() === '')
    throw badId(where, id, `${policy.argument.description}, such as ${policy.argument.example}`);
  return policy.withArgument(argument.trim(), where);
}

function badId(where: string, id: string, expected: string): PolityError {
  return new PolityError({ code: 'input', where, message: 'not a policy id', got: `"${id}"`, expected });
}
