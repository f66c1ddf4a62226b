import type { RoleLayout } from './agents.ts';

type Buffer = Float32Array | Float64Array | Uint8Array;

/**
 * The part of each env in a buffer that holds as much for every one.
 *
 * Shapes: buffer [envs * n] -> envs views [n].
 */
export function envRows<T extends Buffer>(buffer: T, envs: number): T[] {
  const width = buffer.length / envs;
  return Array.from({ length: envs }, (_, e) => buffer.subarray(e * width, (e + 1) * width) as T);
}

/**
 * The row of each agent of each env, in buffers that are kept by role.
 *
 * Shapes: for each role a buffer [envs, count, n] -> views [n], all agents of the first env first.
 */
export function agentRows<T extends Buffer>(buffers: readonly T[], roles: readonly RoleLayout[], envs: number): T[] {
  return Array.from({ length: envs }, (_, e) =>
    roles.flatMap(({ count }, r) => {
      const width = buffers[r].length / (envs * count);
      const first = e * count * width;
      return Array.from(
        { length: count },
        (_, i) => buffers[r].subarray(first + i * width, first + (i + 1) * width) as T,
      );
    }),
  ).flat();
}
