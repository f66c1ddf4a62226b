import { type Actor, type AnyEnv, createStreams, Driver, type Outcome, type Policy, type Rng } from '#core';

/** What was seen and done in one turn of one agent. */
export interface Turn {
  readonly agent: number;
  readonly observation: readonly number[];
  readonly action: readonly number[];
}

export interface Played {
  readonly returns: readonly number[];
  readonly length: number;
  readonly outcome: Outcome;
  readonly metrics: Readonly<Record<string, number>>;
  readonly turns: readonly Turn[];
}

/** One actor an agent, each alone in a table of `rows` rows. */
export interface Seated {
  readonly actors: readonly Actor[];
  readonly rngs: readonly Rng[];
  rowOf(agent: number): number;
  /** Asks everybody who acts for an action and plays a step; adds what was done to `turns`. */
  step(turns?: Turn[]): void;
  readonly driver: Driver<unknown, unknown>;
}

/** Seats a policy for each agent in one copy of a world, with every move checked against space and mask. */
export function seat(env: AnyEnv, params: object, seats: readonly Policy[], seed: string | number): Seated {
  const parsed = env.params.parse(params) as unknown;
  const streams = createStreams(seed);
  const driver = new Driver<unknown, unknown>(env, parsed, {
    autoreset: 'disabled',
    rng: () => streams.stream('env'),
    validate: true,
  });
  const { roles, roleOf, count, actionStride } = driver.layout;
  const rngs = Array.from({ length: count }, (_, agent) => streams.stream(`policy/${agent}`));
  const rowOf = (agent: number) => agent - roles[roleOf[agent]].first;
  const actors = Array.from({ length: count }, (_, agent) =>
    seats[agent].createActor({
      env: { id: env.id, params: parsed },
      role: roles[roleOf[agent]],
      rows: roles[roleOf[agent]].count,
      rng: rngs[agent],
    }),
  );
  const one = new Int32Array(1);
  const step = (turns?: Turn[]) => {
    for (let agent = 0; agent < count; agent++) {
      if (driver.acting[agent] === 0) continue;
      const r = roleOf[agent];
      const role = roles[r];
      const row = rowOf(agent);
      one[0] = row;
      const actions = new Float64Array(role.count * role.actionSize).fill(Number.NaN);
      actors[agent].act({ rows: one, count: 1, observations: driver.observations[r], masks: driver.masks[r], actions });
      const chosen = actions.subarray(row * role.actionSize, (row + 1) * role.actionSize);
      driver.actions.set(chosen, agent * actionStride);
      turns?.push({ agent, observation: [...driver.observationOf(0, agent)], action: [...chosen] });
    }
    driver.step();
  };
  return { actors, rngs, rowOf, step, driver };
}

/** Plays episodes from beginning to end. */
export function play(
  env: AnyEnv,
  params: object,
  seats: readonly Policy[],
  { episodes = 1, seed = 0 as string | number } = {},
): Played[] {
  const { actors, rowOf, step, driver } = seat(env, params, seats, seed);
  return Array.from({ length: episodes }, () => {
    driver.reset();
    actors.forEach((actor, agent) => {
      actor.begin(rowOf(agent));
    });
    const turns: Turn[] = [];
    while (!driver.isOver(0)) step(turns);
    return {
      returns: [...driver.returns],
      length: driver.lengths[0],
      outcome: driver.endOutcome(0),
      metrics: driver.endMetrics(0),
      turns,
    };
  });
}

/** Mean over episodes of each agent's return. */
export function meanReturns(games: readonly Played[]): number[] {
  return games[0].returns.map((_, agent) => games.reduce((sum, game) => sum + game.returns[agent], 0) / games.length);
}
