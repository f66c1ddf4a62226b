import type { ParallelEnv } from '#core';

/** A face with some of its members replaced; the others go on working. */
export function altered<Face extends object>(face: Face, change: (face: Face) => Partial<Face>): Face {
  const { ...members } = Object.getOwnPropertyDescriptors(change(face));
  return Object.create(face, members);
}

export type Step = ReturnType<ParallelEnv['step']>;
/** A parallel face whose steps return something else. */
export const stepped = (env: ParallelEnv, change: (step: Step) => Partial<Step>): Partial<ParallelEnv> => ({
  step(actions) {
    const step = env.step(actions);
    return { ...step, ...change(step) };
  },
});

/** A dictionary without one agent. */
export function without<T>(values: Readonly<Record<string, T>>, agent: string): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== agent));
}
