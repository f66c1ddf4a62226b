import { z } from 'zod';

/** Constructor arguments that all particle worlds of mpe2 have; the last two change pictures and infos only. */
export const particleArguments = {
  max_cycles: z.int().default(25),
  continuous_actions: z.boolean().default(false),
  dynamic_rescaling: z.boolean().default(true),
  benchmark_data: z.boolean().default(false),
};

/** Arguments of those in which agents can be made to see only their neighbours. */
export const neighbourArguments = {
  num_agent_neighbors: z.int().nullable().default(null),
  num_landmark_neighbors: z.int().nullable().default(null),
};

/** Flat coordinates as a list of rows of `width`. */
export function rowsOf(flat: Float64Array, width = 2): number[][] {
  return Array.from({ length: flat.length / width }, (_, i) => [...flat.subarray(i * width, (i + 1) * width)]);
}

/** One null an agent: what upstream records of agents that never speak, or have no goal. */
export function nulls(flat: Float64Array): null[] {
  return rowsOf(flat).map(() => null);
}

/** Sets the part of a flat list that begins at `first`, where the record has the key. */
export function setRows(flat: Float64Array, recorded: unknown, first = 0): void {
  if (recorded !== undefined)
    flat.set(
      (recorded as (number[] | null)[]).flatMap((row) => row ?? []),
      first,
    );
}
