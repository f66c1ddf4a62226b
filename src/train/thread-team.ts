import { PolityError } from '#core';
import type { Team } from '#learn';

/** Where the words of a team's control block stand. */
const word = { generation: 0, arrived: 1, failed: 2 } as const;

/** Int32 words that the threads of a team share. */
export const controlWords = 3;

/** Turns of spinning before a thread sleeps: a barrier that is nearly complete costs no system call. */
const spins = 4000;

/** Milliseconds of sleep before a waiting thread looks whether another has failed. */
const patience = 100;

/**
 * One thread's view of a team that meets at futex barriers. Shards are dealt out in turn.
 *
 * @param control `controlWords` zeroed words of shared memory.
 * Throws: PolityError (failure) from `barrier` when another thread has failed.
 */
export function threadTeam(control: Int32Array, thread: number, threads: number, shards: number): Team {
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
      for (let i = 0; i < spins; i++) if (Atomics.load(control, word.generation) !== generation) return;
      while (Atomics.load(control, word.generation) === generation) {
        if (Atomics.load(control, word.failed) !== 0) throw gaveUp();
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

/** What a thread says that gave up because of another. */
export const anotherFailed = 'another thread has failed';

function gaveUp(): PolityError {
  return new PolityError({ code: 'failure', where: 'training', message: anotherFailed });
}
