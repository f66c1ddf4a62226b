import { z } from 'zod';

/** An option that is a number, or a formula in progress; formulas are checked when the experiment is resolved. */
export const schedule = (low: number, high: number) => z.union([z.number().min(low).max(high), z.string()]);
