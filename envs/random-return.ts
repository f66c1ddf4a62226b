import { type AnyEnv, layOutAgents, type RandomReturn } from '#core';
import { playAtRandom } from './random-play.ts';

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
  const { roles } = layOutAgents(env, params);
  const team = new Moments();
  const perRole = roles.map(() => new Moments());
  playAtRandom(
    // Nobody looks: with large views that is most of the time.
    { ...env, observe() {} },
    params,
    { episodes, seed },
    {
      stepped(driver) {
        if (!driver.isOver(0)) return;
        team.add(sumOf(driver.returns));
        roles.forEach(({ first, count }, r) => {
          perRole[r].add(sumOf(driver.returns.subarray(first, first + count)) / count);
        });
      },
    },
  );
  return {
    episodes,
    seed,
    team: team.summary(),
    roles: Object.fromEntries(roles.map((role, r) => [role.name, perRole[r].summary()])),
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
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
