import { type ActorContext, type BoxSpace, PolityError } from '#core';

/** The error of a policy that cannot play a role: where it was asked to, what it found, what it needs, what to do. */
export function refusal(
  policy: string,
  { env, role }: Pick<ActorContext, 'env' | 'role'>,
  found: { readonly message?: string; readonly got: string; readonly expected: string; readonly remedy?: string },
): PolityError {
  const { message = 'cannot play this role', got, expected, remedy } = found;
  const where = `${policy} › ${env.id} › ${role.name}`;
  return new PolityError({ code: 'input', where, message, got, expected, ...(remedy === undefined ? {} : { remedy }) });
}

/** A stretch of an observation: entries `at` .. `at + size - 1`. */
export interface Stretch {
  readonly at: number;
  readonly size: number;
}

/** Where the field called `name` lies; undefined where the observation has no such field. */
export function findField(space: BoxSpace, name: string): Stretch | undefined {
  let at = 0;
  for (const field of space.fields ?? []) {
    if (field.name === name) return { at, size: field.size };
    at += field.size;
  }
  return undefined;
}

/** The place of the one in a one-hot stretch; -1 where all are zero. */
export function hotIndex(observation: Float32Array, { at, size }: Stretch): number {
  for (let i = 0; i < size; i++) if (observation[at + i] > 0.5) return i;
  return -1;
}
