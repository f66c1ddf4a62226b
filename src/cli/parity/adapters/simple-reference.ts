import { z } from 'zod';
import { simpleReference } from '#envs';
import { seededAdapter } from '../seeded-adapter.ts';
import { particleArguments, rowsOf, setRows } from './particles.ts';

/** mpe2's `simple_reference_v3`. */
export const simpleReferenceAdapter = seededAdapter({
  recorded: 'simple-reference',
  env: simpleReference,
  upstream: z.strictObject({ local_ratio: z.number().default(0.5), ...particleArguments }),
  params: (upstream) => ({
    localRatio: upstream.local_ratio,
    maxCycles: upstream.max_cycles,
    continuous: upstream.continuous_actions,
  }),
  state: ({ positions, velocities, landmarks, said, goals }) => ({
    positions: rowsOf(positions),
    velocities: rowsOf(velocities),
    landmarks: rowsOf(landmarks),
    messages: rowsOf(said, said.length / 2),
    goals,
  }),
  inject(state, recorded) {
    setRows(state.positions, recorded.positions);
    setRows(state.velocities, recorded.velocities);
    setRows(state.landmarks, recorded.landmarks);
    setRows(state.said, recorded.messages);
    if (recorded.goals !== undefined) state.goals.set(recorded.goals as number[]);
  },
});
