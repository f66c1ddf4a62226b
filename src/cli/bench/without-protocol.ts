import type { AnyEnv, Outcome, Rng } from '#core';

/** What a world told of the end of an episode. */
export interface Told {
  readonly metrics: Readonly<Record<string, number>>;
  readonly outcome: Outcome;
}

/** Episodes as the real world had them when it was trained, for a world that is to be like it in all but the protocol. */
export interface Lived {
  /** Mean length in env-steps. */
  readonly length: number;
  readonly ends: readonly Told[];
}

interface Quiet {
  step: number;
  readonly agents: number;
  readonly length: number;
  readonly told: Told;
  /** The beginning of an episode of the real world; null in an empty one. */
  readonly beginning: object | null;
}

/**
 * A world without its protocol: the same roles, observations and actions, episodes of the same mean length whose ends the real world
 * has told of, but nothing is said: no conversation, no mask, no rule, nothing to gain. What training costs more in the real one, its
 * protocol costs.
 *
 * @param lived Of the training that it is compared with; lengths are the whole numbers next to the mean.
 * @param empty Draws nothing for an episode either, and shows nothing, so that all that the world is counts as its protocol. Otherwise
 *   episodes begin as in the real world, and its beginning is what agents see throughout.
 */
export function withoutProtocol(env: AnyEnv, params: unknown, { length, ends }: Lived, empty: boolean): AnyEnv {
  const { id, card, params: schema, roles } = env;
  const agents = roles(params).reduce((sum, { count }) => sum + count, 0);
  let begun = 0;
  const begin = (beginning: object | null): Quiet => {
    begun++;
    const steps = Math.max(1, Math.round(begun * length) - Math.round((begun - 1) * length));
    return { step: 0, agents, length: steps, told: ends[begun % ends.length], beginning };
  };
  return {
    id: `${id}-without-protocol`,
    card,
    params: schema,
    roles,
    init: (params: unknown, rng: Rng) => begin(empty ? null : env.init(params, rng)),
    acting: (state: Quiet, agent: number) => state.step % state.agents === agent,
    observe({ beginning }: Quiet, agent: number, out: Float32Array, params: unknown) {
      if (beginning === null) out.fill(0.5);
      else env.observe(beginning, agent, out, params);
    },
    step(state: Quiet) {
      state.step++;
      return state.step >= state.length;
    },
    metrics: ({ told }: Quiet) => told.metrics,
    outcome: ({ told }: Quiet) => told.outcome,
  } as AnyEnv;
}

/** Newest ends that are kept: enough that metrics find as many different ones as in the real world. */
const mostKept = 10_000;

/** The same world, which keeps in `ends` what it told of the newest ends. */
export function remembering(env: AnyEnv, ends: Told[]): AnyEnv {
  let metrics: Told['metrics'] = {};
  let next = 0;
  return {
    ...env,
    id: `${env.id}-remembering`,
    metrics(state, params) {
      metrics = env.metrics?.(state, params) ?? {};
      return metrics;
    },
    outcome(state, params) {
      const outcome = env.outcome?.(state, params) ?? {};
      ends[next] = { metrics, outcome };
      next = (next + 1) % mostKept;
      return outcome;
    },
  };
}
