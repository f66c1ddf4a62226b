import { z } from 'zod';
import { simpleSpeakerListener } from '#envs';
import { seededAdapter } from '../seeded-adapter.ts';
import { particleArguments, rowsOf, setRows } from './particles.ts';

/** mpe2's `simple_speaker_listener_v4`. */
export const simpleSpeakerListenerAdapter = seededAdapter({
  recorded: 'simple-speaker-listener',
  env: simpleSpeakerListener,
  upstream: z.strictObject(particleArguments),
  params: (upstream) => ({ maxCycles: upstream.max_cycles, continuous: upstream.continuous_actions }),
  state: ({ speaker, listener, velocity, landmarks, said, goal }) => ({
    positions: [[...speaker], [...listener]],
    velocities: [[0, 0], [...velocity]],
    landmarks: rowsOf(landmarks),
    messages: [[...said], null],
    goals: [goal, null],
  }),
  inject(state, recorded) {
    const [speaker, listener] = (recorded.positions ?? []) as number[][];
    setRows(state.speaker, speaker && [speaker]);
    setRows(state.listener, listener && [listener]);
    setRows(state.velocity, (recorded.velocities as number[][] | undefined)?.slice(1));
    setRows(state.landmarks, recorded.landmarks);
    setRows(state.said, recorded.messages);
    if (recorded.goals !== undefined) state.goal = (recorded.goals as number[])[0];
  },
});
