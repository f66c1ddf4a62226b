import { z } from 'zod';
import { simpleSpread } from '#envs';
import { seededAdapter } from '../seeded-adapter.ts';
import { neighbourArguments, nulls, particleArguments, rowsOf, setRows } from './particles.ts';

/** mpe2's `simple_spread_v3`. */
export const simpleSpreadAdapter = seededAdapter({
  recorded: 'simple-spread',
  env: simpleSpread,
  upstream: z.strictObject({
    N: z.int().default(3),
    local_ratio: z.number().default(0.5),
    curriculum: z.boolean().default(false),
    terminate_on_success: z.boolean().default(false),
    ...particleArguments,
    ...neighbourArguments,
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
    positions: rowsOf(positions),
    velocities: rowsOf(velocities),
    landmarks: rowsOf(landmarks),
    messages: nulls(positions),
    goals: nulls(positions),
  }),
  inject(state, recorded) {
    setRows(state.positions, recorded.positions);
    setRows(state.velocities, recorded.velocities);
    setRows(state.landmarks, recorded.landmarks);
  },
});
