import type { Rng } from '#core';
import type { Numbers, Writable } from './numbers.ts';

/**
 * A distribution over actions whose parameters are a row of network outputs. `load` reads a row; the other calls speak about
 * the row that was loaded last, so that a loss can walk a batch without allocating.
 *
 * Shapes: M = `outputSize` numbers a row in, K = `actionSize` slots an action.
 */
export interface Distribution {
  readonly outputSize: number;
  readonly actionSize: number;
  /** Reads outputs[at .. at + M) and, where choices can be masked, mask[maskAt .. maskAt + M). */
  load(outputs: Numbers, at: number, mask: Numbers | null, maskAt: number): void;
  /** Writes an action to actions[at .. at + K) and returns its log-probability. */
  sample(rng: Rng, actions: Writable, at: number): number;
  /** Writes the most probable action and returns its log-probability. */
  greedy(actions: Writable, at: number): number;
  logProbability(actions: Numbers, at: number): number;
  entropy(): number;
  /** Adds logWeight d log p(action)/d outputs + entropyWeight d entropy/d outputs to grads[gradAt .. gradAt + M). */
  addGrad(
    actions: Numbers,
    at: number,
    logWeight: number,
    entropyWeight: number,
    grads: Writable,
    gradAt: number,
  ): void;
}

/**
 * Draws an action for every row; `logProbabilities` is written too unless it is null.
 *
 * Shapes: outputs [B, M], mask [B, M] or null -> actions [B, K], logProbabilities [B].
 */
export function sampleActions(
  distribution: Distribution,
  outputs: Numbers,
  mask: Numbers | null,
  rows: number,
  rng: Rng,
  actions: Writable,
  logProbabilities: Writable | null,
): void {
  const { outputSize, actionSize } = distribution;
  for (let row = 0; row < rows; row++) {
    distribution.load(outputs, row * outputSize, mask, row * outputSize);
    const logProbability = distribution.sample(rng, actions, row * actionSize);
    if (logProbabilities !== null) logProbabilities[row] = logProbability;
  }
}

/**
 * Writes the most probable action of every row (the first one among equals).
 *
 * Shapes: outputs [B, M], mask [B, M] or null -> actions [B, K].
 */
export function greedyActions(
  distribution: Distribution,
  outputs: Numbers,
  mask: Numbers | null,
  rows: number,
  actions: Writable,
): void {
  const { outputSize, actionSize } = distribution;
  for (let row = 0; row < rows; row++) {
    distribution.load(outputs, row * outputSize, mask, row * outputSize);
    distribution.greedy(actions, row * actionSize);
  }
}

/**
 * The log-probability of every row's action.
 *
 * Shapes: outputs [B, M], mask [B, M] or null, actions [B, K] -> out [B].
 */
export function logProbabilities(
  distribution: Distribution,
  outputs: Numbers,
  mask: Numbers | null,
  actions: Numbers,
  rows: number,
  out: Writable,
): void {
  const { outputSize, actionSize } = distribution;
  for (let row = 0; row < rows; row++) {
    distribution.load(outputs, row * outputSize, mask, row * outputSize);
    out[row] = distribution.logProbability(actions, row * actionSize);
  }
}

/**
 * The entropy of every row's distribution.
 *
 * Shapes: outputs [B, M], mask [B, M] or null -> out [B].
 * Units: nats.
 */
export function entropies(
  distribution: Distribution,
  outputs: Numbers,
  mask: Numbers | null,
  rows: number,
  out: Writable,
): void {
  const { outputSize } = distribution;
  for (let row = 0; row < rows; row++) {
    distribution.load(outputs, row * outputSize, mask, row * outputSize);
    out[row] = distribution.entropy();
  }
}
