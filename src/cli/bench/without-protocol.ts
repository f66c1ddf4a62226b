import { type AnyEnv, createStreams, Driver, type Outcome } from '#core';
import { randomActions } from './random-actions.ts';

/** Episodes of random play whose reports the other world takes over. */
const episodes = 256;

interface Played {
  readonly metrics: Readonly<Record<string, number>>;
  readonly outcome: Outcome;
}

interface Quiet {
  step: number;
  readonly agents: number;
  readonly length: number;
  readonly played: Played;
}

/**
 * The world without its protocol: the same roles, observations and actions, episodes of the same mean length that report the same of
 * their end, but nothing is said: no conversation, no mask, no rule, nothing to see, nothing to gain. What training costs more in the
 * real one, its protocol costs, and the play that it rules.
 *
 * @param meanLength Of the episodes that the real one was trained on: lengths are the whole numbers next to it.
 */
export function withoutProtocol(env: AnyEnv, params: unknown, meanLength: number): AnyEnv {
  const played = playedAtRandom(env, params);
  const { id, card, params: schema, roles } = env;
  const agents = roles(params).reduce((sum, { count }) => sum + count, 0);
  let begun = 0;
  const begin = (): Quiet => {
    begun++;
    const length = Math.max(1, Math.round(begun * meanLength) - Math.round((begun - 1) * meanLength));
    return { step: 0, agents, length, played: played[begun % played.length] };
  };
  return {
    id: `${id}-without-protocol`,
    card,
    params: schema,
    roles,
    init: begin,
    acting: (state: Quiet, agent: number) => state.step % state.agents === agent,
    observe(_state: unknown, _agent: number, out: Float32Array) {
      out.fill(0.5);
    },
    step(state: Quiet) {
      state.step++;
      return state.step >= state.length;
    },
    metrics: ({ played: { metrics } }: Quiet) => metrics,
    outcome: ({ played: { outcome } }: Quiet) => outcome,
  } as AnyEnv;
}

function playedAtRandom(env: AnyEnv, params: unknown): readonly Played[] {
  const streams = createStreams('without protocol');
  const driver = new Driver(env, params, { envs: 1, autoreset: 'disabled', rng: () => streams.stream('env') });
  const act = randomActions(driver, streams.stream('policy'));
  return Array.from({ length: episodes }, () => {
    driver.reset();
    while (!driver.isOver(0)) {
      act();
      driver.step();
    }
    return { metrics: driver.endMetrics(0), outcome: driver.endOutcome(0) };
  });
}
