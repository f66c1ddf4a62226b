import { z } from 'zod';
import { simpleSpread } from '#envs';
import { seededAdapter } from '../seeded-adapter.ts';

/** mpe2's `simple_spread_v3`; `dynamic_rescaling` and `benchmark_data` change pictures and infos only. */
export const simpleSpreadAdapter = seededAdapter({
  recorded: 'simple-spread',
  env: simpleSpread,
  upstream: z.strictObject({
    N: z.int().default(3),
    local_ratio: z.number().default(0.5),
    max_cycles: z.int().default(25),
    continuous_actions: z.boolean().default(false),
    dynamic_rescaling: z.boolean().default(true),
    benchmark_data: z.boolean().default(false),
    curriculum: z.boolean().default(false),
    terminate_on_success: z.boolean().default(false),
    num_agent_neighbors: z.int().nullable().default(null),
    num_landmark_neighbors: z.int().nullable().default(null),
  }),
  params: (upstream) => ({
    agents: upstream.N,
    localRatio: upstream.local_ratio,
    maxCycles: upstream.max_cycles,
    continuous: upstream.continuous_actions,
    collisionPenalty: !upstream.curriculum,
    terminateOnSuccess: upstream.terminate_on_success,
    agentNeighbours: upstream.num_agent_neighbors,
    landmarkNeighbours: upstream.num_landmark_neighbors,
  }),
  state: ({ positions, velocities, landmarks }) => ({
    positions: pairs(positions),
    velocities: pairs(velocities),
    landmarks: pairs(landmarks),
    messages: pairs(positions).map(() => null),
    goals: pairs(positions).map(() => null),
  }),
  inject(state, recorded) {
    for (const key of ['positions', 'velocities', 'landmarks'] as const) {
      if (recorded[key] !== undefined) state[key].set((recorded[key] as number[][]).flat());
    }
  },
});

function pairs(flat: Float64Array): number[][] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}
