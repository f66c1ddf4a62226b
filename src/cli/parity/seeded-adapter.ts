import type { z } from 'zod';
import { Driver, type EnvDef, flatSize, PolityError, parseWith, partsOf, type Space } from '#core';
import type { ParityAdapter, Verdict } from './adapter.ts';
import { Comparison, firstFloat32Mismatch, firstMismatch } from './difference.ts';
import { NumpyRng } from './numpy-rng.ts';
import { type SeededCase, seededCase } from './seeded-case.ts';

/** How a world of ours stands for a seeded world upstream. */
export interface SeededSpec<P, S, U> {
  /** Name of the world in the records. */
  readonly recorded: string;
  readonly env: EnvDef<P, S>;
  /** Upstream's constructor arguments. What is missing here is refused, never ignored. */
  readonly upstream: z.ZodType<U>;
  /** The same settings as our parameters. */
  params(upstream: U): Partial<P>;
  /** Our state in the form in which upstream's was recorded; keys that the record has are compared. */
  state(state: S, params: P): Readonly<Record<string, unknown>>;
  /** Sets our state to a recorded one, for records that skip steps. */
  inject?(state: S, recorded: Readonly<Record<string, unknown>>, params: P): void;
}

/**
 * Replays `polity-parity/1`: our world under numpy's generator, with the recorded seed and actions, compared number by number. The
 * episode's end is compared as such, whether upstream calls it a termination or a truncation.
 */
export function seededAdapter<P, S, U>(spec: SeededSpec<P, S, U>): ParityAdapter {
  return {
    format: 'polity-parity/1',
    recorded: [spec.recorded],
    replay: (recorded, file) => replay(spec, parseWith(seededCase, recorded, file), file),
  };
}

function replay<P, S, U>(spec: SeededSpec<P, S, U>, recorded: SeededCase, file: string): Verdict {
  const upstream = parseWith(spec.upstream, recorded.params, `${file} › params`);
  const params = parseWith(spec.env.params, spec.params(upstream), `${file} › params`);
  const rng = new NumpyRng(recorded.rng.seed);
  const driver = new Driver(spec.env, params, { autoreset: 'disabled', observeAll: true, rng: () => rng });
  const { count } = driver.layout;
  requireLength(recorded.agents, count, `${file} › agents`);
  const comparison = new Comparison();
  const verdict = (steps: number): Verdict => ({ world: spec.env.id, steps, difference: comparison.first });

  driver.reset();
  compareLooks(driver, recorded, recorded.reset, 0, comparison, `${file} › reset`);
  compareState(spec, driver, recorded.reset.state, recorded.tolerance, 0, comparison);
  for (const [t, step] of recorded.steps.entries()) {
    if (comparison.first !== null) return verdict(t);
    const where = `${file} › steps.${t}`;
    writeActions(driver, step.actions, where);
    if (step.skip) {
      if (spec.inject === undefined) {
        throw inputError(`${where}.skip`, 'this world cannot be set to a recorded state', 'false');
      }
      const kept = rng.state();
      driver.step();
      rng.restore(kept);
      spec.inject(driver.stateOf(0), step.stateAfter, params);
      continue;
    }
    driver.step();
    compareLooks(driver, recorded, step, t + 1, comparison, where);
    requireLength(step.rewards, count, `${where}.rewards`);
    requireLength(step.terminations, count, `${where}.terminations`);
    requireLength(step.truncations, count, `${where}.truncations`);
    recorded.agents.forEach((agent, a) => {
      comparison.note(t + 1, agent, 'reward', firstMismatch(step.rewards[a], driver.rewards[a], recorded.tolerance));
      const over = step.terminations[a] || step.truncations[a];
      comparison.note(t + 1, agent, 'over', firstMismatch(over, driver.isOver(0) || driver.alive[a] === 0, 0));
    });
    compareState(spec, driver, step.stateAfter, recorded.tolerance, t + 1, comparison);
  }
  return verdict(recorded.steps.length);
}

function compareLooks<P, S>(
  driver: Driver<P, S>,
  { agents, tolerance }: SeededCase,
  looks: Pick<SeededCase['reset'], 'observations' | 'masks'>,
  step: number,
  comparison: Comparison,
  where: string,
): void {
  requireLength(looks.observations, agents.length, `${where}.observations`);
  if (looks.masks != null) requireLength(looks.masks, agents.length, `${where}.masks`);
  agents.forEach((agent, a) => {
    const mismatch = firstFloat32Mismatch(looks.observations[a], driver.observationOf(0, a), tolerance);
    comparison.note(step, agent, 'observation', mismatch);
    if (looks.masks == null || driver.acting[a] === 0) return;
    comparison.note(step, agent, 'mask', firstMismatch(looks.masks[a], driver.maskOf(0, a), 0));
  });
}

function compareState<P, S, U>(
  spec: SeededSpec<P, S, U>,
  driver: Driver<P, S>,
  recorded: Readonly<Record<string, unknown>>,
  tolerance: number,
  step: number,
  comparison: Comparison,
): void {
  const own = spec.state(driver.stateOf(0), driver.params);
  comparison.note(step, null, 'state', firstMismatch(recorded, own, tolerance));
}

function writeActions<P, S>(driver: Driver<P, S>, actions: readonly (number | number[])[], where: string): void {
  const { roles, roleOf, actionStride, count } = driver.layout;
  requireLength(actions, count, `${where}.actions`);
  actions.forEach((action, a) => {
    const slots = typeof action === 'number' ? [action] : action;
    const space = roles[roleOf[a]].action;
    requireLength(slots, flatSize(space), `${where}.actions.${a}`);
    const wrong = slots.findIndex((choice, i) => !isChoice(space, choice, i));
    if (wrong >= 0)
      throw inputError(`${where}.actions.${a}`, 'no such action', 'a choice that exists', String(slots[wrong]));
    driver.actions.set(slots, a * actionStride);
  });
}

/** Box actions may lie outside their bounds: upstream clips them, and so has our world to. */
function isChoice(space: Space, choice: number, part: number): boolean {
  if (space.kind === 'box') return Number.isFinite(choice);
  return Number.isInteger(choice) && choice >= 0 && choice < partsOf(space)[part];
}

function requireLength(list: readonly unknown[], length: number, where: string): void {
  if (list.length !== length)
    throw inputError(where, 'not accepted', `a list of ${length}`, `a list of ${list.length}`);
}

function inputError(where: string, message: string, expected: string, got?: string): PolityError {
  return new PolityError({ code: 'input', where, message, expected, ...(got === undefined ? {} : { got }) });
}
