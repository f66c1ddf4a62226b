import type { Space } from '#core';
import { partsOf } from '#core';
import { Categorical, type Distribution, Gaussian } from '#math';

/** The distribution over a space's actions that a policy network parametrises: softmaxes for choices, a diagonal Gaussian for a box. */
export function distributionOf(space: Space): Distribution {
  return space.kind === 'box' ? new Gaussian(space.low.length) : new Categorical(partsOf(space));
}

/**
 * Writes what the env is to receive for a drawn action. Choices pass through; a box action drawn around 0 is stretched so that
 * -1..1 spans the bounds where both are finite, and limited to them.
 *
 * Shapes: drawn from [at], out from [outAt], both [actionSize].
 */
export function toEnvAction(
  space: Space,
  drawn: ArrayLike<number>,
  at: number,
  out: Float64Array,
  outAt: number,
): void {
  if (space.kind !== 'box') {
    const slots = space.kind === 'discrete' ? 1 : space.sizes.length;
    for (let i = 0; i < slots; i++) out[outAt + i] = drawn[at + i];
    return;
  }
  for (let i = 0; i < space.low.length; i++) {
    const low = space.low[i];
    const high = space.high[i];
    const bounded = low > Number.NEGATIVE_INFINITY && high < Number.POSITIVE_INFINITY;
    const value = bounded ? (low + high) / 2 + (drawn[at + i] * (high - low)) / 2 : drawn[at + i];
    out[outAt + i] = Math.max(low, Math.min(high, value));
  }
}
