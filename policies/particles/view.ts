import type { ActorContext } from '#core';
import { findField, refusal } from '../refusal.ts';

/** Offsets of the pairs called `name0`, `name1`, ... in a role's observation. */
export function pairsOf(name: string, { role }: ActorContext): number[] {
  const found: number[] = [];
  for (let i = 0; ; i++) {
    const field = findField(role.observation, `${name}${i}`);
    if (field?.size !== 2) return found;
    found.push(field.at);
  }
}

/** Whether a role moves by five pushes (true) or by one of five moves (false). Throws PolityError (input) when by neither. */
export function movesByPushes(policy: string, context: ActorContext, remedy: string): boolean {
  const { action } = context.role;
  if (action.kind === 'box' && action.low.length === 5) return true;
  if (action.kind === 'discrete' && action.n === 5) return false;
  const got = action.kind === 'discrete' ? `${action.n} actions` : `a ${action.kind} action`;
  throw refusal(policy, context, { got, expected: 'five moves (stay, left, right, down, up) or five pushes', remedy });
}

/** The error of a policy whose fields are not all in the observation. */
export function fieldsMissing(policy: string, context: ActorContext, expected: string, remedy: string) {
  const got = context.role.observation.fields?.map(({ name }) => name).join(', ') ?? 'an observation without names';
  return refusal(policy, context, { got, expected, remedy });
}
