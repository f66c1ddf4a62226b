import { type AnyEnv, createStreams, Driver, sampleSpace } from '#core';

/** Shown what happens in random play. The driver's env 0 holds the moment. */
export interface RandomPlayVisitor {
  /** An episode has begun. */
  begun?(driver: Driver): void;
  /** A step was played; `driver.isOver(0)` says whether the episode has ended with it. */
  stepped?(driver: Driver): void;
}

/**
 * Plays episodes with uniformly random legal actions of everybody who acts. The same seed plays the same episodes on every
 * machine.
 */
export function playAtRandom(
  env: AnyEnv,
  params: unknown,
  { episodes, seed }: { readonly episodes: number; readonly seed: number },
  visitor: RandomPlayVisitor,
): void {
  const streams = createStreams(seed);
  const policy = streams.stream('policy/act');
  const driver = new Driver(env, params, { autoreset: 'disabled', rng: () => streams.stream('env') });
  const { roles, roleOf, count, actionStride } = driver.layout;
  const slots = Array.from({ length: count }, (_, a) =>
    driver.actions.subarray(a * actionStride, (a + 1) * actionStride),
  );
  for (let episode = 0; episode < episodes; episode++) {
    driver.reset();
    visitor.begun?.(driver);
    while (!driver.isOver(0)) {
      for (let agent = 0; agent < count; agent++) {
        if (driver.acting[agent] === 0) continue;
        const role = roles[roleOf[agent]];
        sampleSpace(role.action, policy, slots[agent], role.maskSize > 0 ? driver.maskOf(0, agent) : undefined);
      }
      driver.step();
      visitor.stepped?.(driver);
    }
  }
}
