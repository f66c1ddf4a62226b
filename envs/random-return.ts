import { type AnyEnv, createStreams, Driver, type RandomReturn, sampleSpace } from '#core';

/**
 * Plays a world with uniformly random legal actions and says what that returns: mean and standard error per agent of each role,
 * and of the team sum. The same seed gives the same numbers on every machine.
 *
 * @example
 * measureRandomReturn(matrixGame, matrixGame.params.parse({}), { episodes: 100, seed: 0 }).team.mean > 20 // true
 */
export function measureRandomReturn(
  env: AnyEnv,
  params: unknown,
  { episodes, seed }: { readonly episodes: number; readonly seed: number },
): RandomReturn {
  const streams = createStreams(seed);
  const policy = streams.stream('policy/act');
  const driver = new Driver(env, params, { autoreset: 'disabled', rng: () => streams.stream('env') });
  const { roles, count, actionStride } = driver.layout;
  const team = new Moments();
  const perRole = roles.map(() => new Moments());
  const slots = Array.from({ length: count }, (_, a) =>
    driver.actions.subarray(a * actionStride, (a + 1) * actionStride),
  );
  for (let episode = 0; episode < episodes; episode++) {
    driver.reset();
    while (!driver.isOver(0)) {
      for (let agent = 0; agent < count; agent++) {
        if (driver.acting[agent] === 0) continue;
        const role = roles[driver.layout.roleOf[agent]];
        sampleSpace(role.action, policy, slots[agent], role.maskSize > 0 ? driver.maskOf(0, agent) : undefined);
      }
      driver.step();
    }
    team.add(driver.returns.reduce((sum, value) => sum + value, 0));
    roles.forEach((role, r) => {
      const own = driver.returns.subarray(role.first, role.first + role.count);
      perRole[r].add(own.reduce((sum, value) => sum + value, 0) / role.count);
    });
  }
  return {
    episodes,
    seed,
    team: team.summary(),
    roles: Object.fromEntries(roles.map((role, r) => [role.name, perRole[r].summary()])),
  };
}

/** Mean and spread of a stream of numbers. Source: Welford (1962). */
class Moments {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    const before = value - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (value - this.#mean);
  }

  summary(): { mean: number; standardError: number } {
    return { mean: this.#mean, standardError: Math.sqrt(this.#squares / (this.#count - 1) / this.#count) };
  }
}
