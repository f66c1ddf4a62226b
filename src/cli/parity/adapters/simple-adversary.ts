import { z } from 'zod';
import { simpleAdversary } from '#envs';
import { seededAdapter } from '../seeded-adapter.ts';
import { neighbourArguments, nulls, particleArguments, rowsOf, setRows } from './particles.ts';

/** mpe2's `simple_adversary_v3`. */
export const simpleAdversaryAdapter = seededAdapter({
  recorded: 'simple-adversary',
  env: simpleAdversary,
  upstream: z.strictObject({ N: z.int().default(2), ...particleArguments, ...neighbourArguments }),
  params: (upstream) => ({
    agents: upstream.N,
    maxCycles: upstream.max_cycles,
    continuous: upstream.continuous_actions,
    agentNeighbours: upstream.num_agent_neighbors,
    landmarkNeighbours: upstream.num_landmark_neighbors,
  }),
  state: ({ positions, velocities, landmarks, goal }) => ({
    positions: rowsOf(positions),
    velocities: rowsOf(velocities),
    landmarks: rowsOf(landmarks),
    messages: nulls(positions),
    goals: rowsOf(positions).map(() => goal),
  }),
  inject(state, recorded) {
    setRows(state.positions, recorded.positions);
    setRows(state.velocities, recorded.velocities);
    setRows(state.landmarks, recorded.landmarks);
    if (recorded.goals !== undefined) state.goal = (recorded.goals as number[])[0];
  },
});
