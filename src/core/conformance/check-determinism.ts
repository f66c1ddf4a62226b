import { createStreams } from '../rng.ts';
import type { Play } from './play.ts';
import { chooseAll, driverOf, momentOf, traceDifference, traceOf } from './trace.ts';

/** Most steps of an episode that are compared. */
const comparedSteps = 300;

/** Checks that nothing but seed and actions decides an episode. Each check assumes that those before it held. */
export function checkDeterminism(play: Play): void {
  const checks = [checkSeed, checkContinuation, checkIndependence, checkRestore];
  for (const check of checks) {
    const before = play.findings.failures.length;
    play.findings.attempt(check.name, () => check(play));
    if (play.findings.failures.length > before) return;
  }
}

function checkSeed(play: Play): void {
  const trace = () => {
    const driver = driverOf(play, [play.seed]);
    driver.reset();
    return traceOf(driver, 0, choicesOf(play, 0), comparedSteps);
  };
  const difference = traceDifference(trace(), trace());
  if (difference !== undefined) play.findings.fail('seed-determinism', `seed ${play.seed} twice: ${difference}`);
}

/** Gymnasium's pattern of resets: seed, none, seed, none, in one driver. */
function checkContinuation(play: Play): void {
  const driver = driverOf(play, [play.seed]);
  const traces = [0, 1, 2, 3].map((k) => {
    driver.reset(0, k % 2 === 0 ? createStreams(play.seed).stream('env') : undefined);
    return traceOf(driver, 0, choicesOf(play, k % 2), comparedSteps);
  });
  const difference = traceDifference(traces[0], traces[2]) ?? traceDifference(traces[1], traces[3]);
  if (difference !== undefined) play.findings.fail('reset-continues', `the second round of resets: ${difference}`);
}

/** Two episodes in turns must be the two episodes alone. */
function checkIndependence(play: Play): void {
  const seeds = [play.seed, `${play.seed}/other`];
  const alone = seeds.map((seed, e) => {
    const driver = driverOf(play, [seed]);
    driver.reset();
    return traceOf(driver, 0, choicesOf(play, e), comparedSteps);
  });
  const both = driverOf(play, seeds);
  both.reset();
  const choices = seeds.map((_, e) => choicesOf(play, e));
  const together = seeds.map((_, e) => [momentOf(both, e)]);
  for (let step = 0; step < comparedSteps; step++) {
    for (const [e, trace] of together.entries()) {
      if (both.isOver(e)) continue;
      chooseAll(both, e, choices[e]);
      both.stepEnv(e);
      trace.push(momentOf(both, e));
    }
  }
  for (const [e, trace] of together.entries()) {
    const difference = traceDifference(alone[e], trace);
    if (difference !== undefined) {
      play.findings.fail('envs-independent', `env ${e} beside another one: ${difference}`);
      return;
    }
  }
}

/** A snapshot taken in mid-episode and restored into a new driver must have the same future; so must one taken at the reset. */
function checkRestore(play: Play): void {
  const driver = driverOf(play, [play.seed]);
  driver.reset();
  const length = traceOf(driver, 0, choicesOf(play, 0), comparedSteps).length - 1;
  for (const at of new Set([0, Math.floor(length / 2)])) {
    driver.reset(0, createStreams(play.seed).stream('env'));
    const choices = choicesOf(play, 0);
    for (let step = 0; step < at; step++) {
      chooseAll(driver, 0, choices);
      driver.stepEnv(0);
    }
    const snapshot = driver.snapshot(0);
    const future = choices.state();
    const rest = traceOf(driver, 0, choices, comparedSteps);
    const other = driverOf(play, [play.seed]);
    other.restore(0, snapshot);
    choices.restore(future);
    const again = traceOf(other, 0, choices, comparedSteps);
    // The rewards of the step before the snapshot belong to the past.
    const difference = traceDifference(
      rest.map((moment, step) => (step === 0 ? { ...moment, rewards: [] } : moment)),
      again.map((moment, step) => (step === 0 ? { ...moment, rewards: [] } : moment)),
    );
    if (difference !== undefined) {
      play.findings.fail('snapshot-restore', `restored at step ${at}: ${difference} (steps counted from there)`);
      return;
    }
  }
}

function choicesOf(play: Play, e: number) {
  return createStreams(play.seed).stream(`check/choices/${e}`);
}
