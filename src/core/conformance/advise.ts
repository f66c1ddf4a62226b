import { createStreams } from '../rng.ts';
import type { BoxSpace, Space } from '../space.ts';
import type { Play } from './play.ts';
import { driverOf, traceOf } from './trace.ts';

/** Something that is allowed and seldom meant, or that learners do badly with. */
export interface Advice {
  readonly about: 'observation-bounds' | 'observation-size' | 'observation-zeros' | 'action-bounds' | 'time-limit';
  readonly message: string;
}

const steps = 100;

/**
 * What PettingZoo's and Gymnasium's kits warn of, where it applies to this contract: nothing here is an error.
 *
 * Source: PettingZoo 1.27 `pettingzoo/test/api_test.py`; Gymnasium 1.4 `gymnasium/utils/env_checker.py`.
 */
export function adviseOn(play: Play): readonly Advice[] {
  const { layout } = play;
  const advice: Advice[] = [];
  for (const { name, observation, action } of layout.roles) {
    const say = (about: Advice['about'], what: string) => advice.push({ about, message: `${name}: ${what}` });
    const [open, fixed] = [countOpen(observation), countFixed(observation)];
    const size = observation.low.length;
    if (open > 0)
      say('observation-bounds', `${open} of ${size} entries have no finite bounds; networks want numbers of about 1`);
    if (fixed > 0) say('observation-bounds', `${fixed} of ${size} entries have one possible value and say nothing`);
    if (size === 1) say('observation-size', 'the observation is a single number');
    if (observation.shape.length > 3)
      say('observation-size', `the observation has ${observation.shape.length} dimensions`);
    const trouble = actionTrouble(action);
    if (trouble !== undefined) say('action-bounds', trouble);
  }
  if (play.env.timeLimitSteps?.(play.params) === 1) {
    advice.push({
      about: 'time-limit',
      message: 'the time limit is one step: end the game instead, so that it is a termination',
    });
  }
  for (const agent of blindAgents(play)) {
    advice.push({
      about: 'observation-zeros',
      message: `${agent}: the observation is all zeros throughout an episode`,
    });
  }
  return advice;
}

function countOpen({ low, high }: BoxSpace): number {
  return low.filter((bound, i) => !Number.isFinite(bound) || !Number.isFinite(high[i])).length;
}

function countFixed({ low, high }: BoxSpace): number {
  return low.filter((bound, i) => bound === high[i]).length;
}

function actionTrouble(action: Space): string | undefined {
  if (action.kind !== 'box') return undefined;
  if (countOpen(action) > 0)
    return 'actions without finite bounds are drawn from an arbitrary distribution by random play';
  if (countFixed(action) > 0) return 'an action with one possible value decides nothing';
  const usual = action.low.every((low, i) => action.high[i] === 1 && (low === -1 || low === 0));
  return usual ? undefined : 'actions are usually -1..1 or 0..1, and scaled in step';
}

/** Agents that see nothing but zeros from reset to end. */
function blindAgents(play: Play): string[] {
  const driver = driverOf(play, [play.seed]);
  driver.reset();
  const trace = traceOf(driver, 0, createStreams(play.seed).stream('check/advice'), steps);
  return play.layout.names.filter((_, agent) => {
    return trace.every(({ observations }) => (observations as Float32Array[])[agent].every((value) => value === 0));
  });
}
