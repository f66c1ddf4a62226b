import { box, discrete, multiDiscrete, type Space } from '#core';
import type { ActionInfo } from './catalogue.ts';

/** The action space that `policy.json` describes. */
export function spaceOf(action: ActionInfo): Space {
  if (action.kind === 'box') return box([action.low.length], action.low, action.high);
  return action.kind === 'discrete' ? discrete(action.parts[0]) : multiDiscrete(action.parts);
}
