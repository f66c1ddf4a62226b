import { z } from 'zod';
import { agentName } from '../message.ts';

/** Why something is not done. */
export const reasons = z.enum(['unable', 'unwilling', 'busy']);

/** Numbered words for things that only the world knows: `task-0`, `task-1`, ... */
export function labels(word: string, count: number) {
  return z.enum(Array.from({ length: count }, (_, i) => `${word}-${i}`) as [string, ...string[]]);
}

/** The names of the agents of a role. */
export function agents(role: string, count: number) {
  return z.enum(Array.from({ length: count }, (_, i) => agentName(role, i)) as [string, ...string[]]);
}

/** Prices from 0 up to the highest. */
export function prices(highest: number) {
  return z.int().min(0).max(highest);
}
