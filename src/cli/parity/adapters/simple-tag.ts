import { z } from 'zod';
import { simpleTag } from '#envs';
import { seededAdapter } from '../seeded-adapter.ts';
import { neighbourArguments, nulls, particleArguments, rowsOf, setRows } from './particles.ts';

/** mpe2's `simple_tag_v3`. A new environment with `curriculum` begins at its first stage: prey at half speed. */
export const simpleTagAdapter = seededAdapter({
  recorded: 'simple-tag',
  env: simpleTag,
  upstream: z.strictObject({
    num_good: z.int().default(1),
    num_adversaries: z.int().default(3),
    num_obstacles: z.int().default(2),
    curriculum: z.boolean().default(false),
    terminate_on_success: z.boolean().default(false),
    ...particleArguments,
    ...neighbourArguments,
  }),
  params: (upstream) => ({
    agents: upstream.num_good,
    adversaries: upstream.num_adversaries,
    obstacles: upstream.num_obstacles,
    maxCycles: upstream.max_cycles,
    continuous: upstream.continuous_actions,
    preySpeedFactor: upstream.curriculum ? 0.5 : 1,
    terminateOnSuccess: upstream.terminate_on_success,
    agentNeighbours: upstream.num_agent_neighbors,
    landmarkNeighbours: upstream.num_landmark_neighbors,
  }),
  state: ({ positions, velocities }) => ({
    positions: rowsOf(positions.subarray(0, velocities.length)),
    velocities: rowsOf(velocities),
    landmarks: rowsOf(positions.subarray(velocities.length)),
    messages: nulls(velocities),
    goals: nulls(velocities),
  }),
  inject(state, recorded) {
    setRows(state.positions, recorded.positions);
    setRows(state.positions, recorded.landmarks, state.velocities.length);
    setRows(state.velocities, recorded.velocities);
  },
});
