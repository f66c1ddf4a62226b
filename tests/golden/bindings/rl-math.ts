import type { Tolerance } from '../compare.ts';

/** What rl-math.json promises of double precision; the absolute part covers numbers printed with a fixed count of digits. */
export const real: Tolerance = { relative: 1e-8, absolute: 1e-12 };

/** What it promises of single precision, in which networks compute. */
export const single: Tolerance = { relative: 1e-4, absolute: 1e-5 };
