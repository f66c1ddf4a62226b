import { PolityError } from '#core';
import type { Team } from '#learn';

/** Where the words of a team's control block stand. */
const word = { generation: 0, arrived: 1, failed: 2 } as const;

/** Int32 words that the threads of a team share. */
export const controlWords = 3;

/**
 * Turns of spinning before a thread sleeps, about 300 µs: longer than one thread takes for a step of the optimiser while the
 * others wait. A thread that sleeps comes late to the next barrier too.
 */
const spins = 40_000;

/** Milliseconds of sleep before a waiting thread looks whether another has failed. */
const patience = 100;

/**
 * One thread's view of a team that meets at futex barriers. Shards are dealt out in turn.
 *
 * @param control `controlWords` zeroed words of shared memory.
 * @param crowded Whether there are more threads than cores: then whoever waits sleeps at once, so that others can work.
 * Throws: TeamFailed from `barrier` when another thread has failed.
 */
export function threadTeam(
  control: Int32Array,
  thread: number,
  threads: number,
  shards: number,
  crowded = false,
): Team {
  const turns = crowded ? 0 : spins;
  const mine = Array.from({ length: shards }, (_, s) => s).filter((s) => s % threads === thread);
  return {
    shards,
    mine,
    first: thread === 0,
    barrier() {
      const generation = Atomics.load(control, word.generation);
      if (Atomics.add(control, word.arrived, 1) === threads - 1) {
        Atomics.store(control, word.arrived, 0);
        Atomics.add(control, word.generation, 1);
        Atomics.notify(control, word.generation);
        return;
      }
      for (let i = 0; i < turns; i++) if (Atomics.load(control, word.generation) !== generation) return;
      while (Atomics.load(control, word.generation) === generation) {
        if (Atomics.load(control, word.failed) !== 0) throw new TeamFailed();
        Atomics.wait(control, word.generation, generation, patience);
      }
    },
  };
}

/** Lets every thread that waits at a barrier, or comes to one, give up. */
export function failTeam(control: Int32Array): void {
  Atomics.store(control, word.failed, 1);
  Atomics.notify(control, word.generation);
}

/** What a thread throws that gave up because another had failed; the other says why. */
export class TeamFailed extends PolityError {
  constructor() {
    super({ code: 'failure', where: 'training', message: 'another thread has failed' });
  }
}
