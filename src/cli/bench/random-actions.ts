import type { Driver, Rng, RoleLayout } from '#core';
import { partsOf } from '#core';

/** Fills in the actions of everybody who acts. Returns how many did. */
export type ActionWriter = () => number;

/**
 * Uniformly random legal actions for every acting agent of a driver, into `driver.actions`, without allocating: so that a
 * benchmark measures the world and not its player.
 */
export function randomActions(driver: Driver, rng: Rng): ActionWriter {
  const { roles, count, actionStride } = driver.layout;
  const masked = driver.env.legal !== undefined;
  const writers = roles.map((role, r) => {
    const mask = masked && role.maskSize > 0 ? driver.masks[r] : null;
    return rowWriter(role, driver.actions, mask, rng);
  });
  return () => {
    let acted = 0;
    for (let r = 0; r < roles.length; r++) {
      const { first, count: own } = roles[r];
      const write = writers[r];
      for (let e = 0; e < driver.envs; e++) {
        for (let i = 0; i < own; i++) {
          const slot = e * count + first + i;
          if (driver.acting[slot] === 0) continue;
          write(slot * actionStride, e * own + i);
          acted++;
        }
      }
    }
    return acted;
  };
}

/** Writes one agent's action at an offset of `out`; its mask is a row of `masks`, or everything is legal. */
function rowWriter(role: RoleLayout, out: Float64Array, masks: Uint8Array | null, rng: Rng) {
  const { action, maskSize } = role;
  if (action.kind === 'box') {
    const { low, high } = action;
    return (at: number) => {
      for (let i = 0; i < low.length; i++) out[at + i] = between(low[i], high[i], rng);
    };
  }
  const parts = partsOf(action);
  if (masks === null) {
    return (at: number) => {
      for (let i = 0; i < parts.length; i++) out[at + i] = rng.integer(0, parts[i]);
    };
  }
  return (at: number, row: number) => {
    let from = row * maskSize;
    for (let i = 0; i < parts.length; i++) {
      out[at + i] = legalChoice(masks, from, parts[i], rng);
      from += parts[i];
    }
  };
}

function legalChoice(masks: Uint8Array, from: number, size: number, rng: Rng): number {
  let legal = 0;
  for (let i = 0; i < size; i++) legal += masks[from + i];
  let left = rng.integer(0, legal);
  for (let i = 0; i < size; i++) {
    if (masks[from + i] === 0) continue;
    if (left === 0) return i;
    left--;
  }
  return 0;
}

function between(low: number, high: number, rng: Rng): number {
  const bounded = low > Number.NEGATIVE_INFINITY && high < Number.POSITIVE_INFINITY;
  return bounded ? rng.uniform(low, high) : Math.min(high, Math.max(low, rng.normal()));
}
