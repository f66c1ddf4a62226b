import { type AnyEnv, type BaselineReturn, createStreams, layOutAgents, type Policy, PolityError } from '#core';
import { playEpisodes } from '#train';

interface Measurement {
  readonly episodes: number;
  readonly seed: number;
}

/**
 * Seats policies in all roles of a world, in each role the first of them that can play it, and says what that returns: mean and
 * standard error per agent of each role, and of the team sum.
 *
 * Throws: PolityError (input) for a role that none of them can play.
 */
export function measureReturns(
  env: AnyEnv,
  params: unknown,
  policies: readonly Policy[],
  { episodes, seed }: Measurement,
): BaselineReturn {
  const { roles } = layOutAgents(env, params);
  const seated = roles.map((role) => firstAble(env, params, policies, role));
  const records = playEpisodes({
    env,
    params,
    timeLimitSteps: null,
    seating: roles.flatMap((role, r) => Array.from({ length: role.count }, () => seated[r])),
    episodes: Array.from({ length: episodes }, (_, k) => k),
    seed,
    policyStreams: createStreams(`${seed}/measure`),
    record: false,
  });
  const summaryOf = (measure: (returns: readonly number[]) => number) =>
    meanAndError(records.map((record) => measure(record.returns)));
  return {
    policies: Object.fromEntries(roles.map(({ name }, r) => [name, seated[r].id])),
    episodes,
    seed,
    team: summaryOf((returns) => sumOf(returns)),
    roles: Object.fromEntries(
      roles.map(({ name, first, count }) => [
        name,
        summaryOf((returns) => sumOf(returns.slice(first, first + count)) / count),
      ]),
    ),
  };
}

function firstAble(
  env: AnyEnv,
  params: unknown,
  policies: readonly Policy[],
  role: ReturnType<typeof layOutAgents>['roles'][number],
): Policy {
  let refused: unknown;
  for (const policy of policies) {
    try {
      const context = { env: { id: env.seatsAs ?? env.id, params }, role, rows: 1 };
      policy.createActor({ ...context, rng: createStreams('able').stream('policy') });
      return policy;
    } catch (error) {
      if (!(error instanceof PolityError)) throw error;
      refused ??= error;
    }
  }
  throw refused;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanAndError(values: readonly number[]): { mean: number; standardError: number } {
  const mean = sumOf(values) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}
