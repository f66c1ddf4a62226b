import type { AnyEnv, RoleLayout } from '#core';

/** The state of a world around another. */
export interface Holding {
  // biome-ignore lint/suspicious/noExplicitAny: the state of any world, handed back to that world alone.
  readonly inner: any;
}

/** The members of the contract, without what an author may have added to a world: that would describe it unwrapped. */
export function sameWorld(env: AnyEnv): AnyEnv {
  const { id, card, seatsAs, params, roles, declares, timeLimitSteps, init, acting, alive, observe, legal, step } = env;
  const { stateSize, stateVector, metrics, outcome, closedBy, messages, protocol, conversation, text, draw } = env;
  return present({
    ...{ id, card, seatsAs, params, roles, declares, timeLimitSteps, init, acting, alive, observe, legal, step },
    ...{ stateSize, stateVector, metrics, outcome, closedBy, messages, protocol, conversation, text, draw },
  });
}

/** A world whose state holds that of another, to which it passes every question on. */
export function holdingWorld(env: AnyEnv): AnyEnv {
  return present({
    ...sameWorld(env),
    init: (params, rng): Holding => ({ inner: env.init(params, rng) }),
    acting: env.acting && ((state: Holding, agent, params) => env.acting?.(state.inner, agent, params) === true),
    alive: env.alive && ((state: Holding, agent, params) => env.alive?.(state.inner, agent, params) === true),
    observe: (state: Holding, agent, out, params) => env.observe(state.inner, agent, out, params),
    legal: env.legal && ((state: Holding, agent, mask, params) => env.legal?.(state.inner, agent, mask, params)),
    step: (state: Holding, actions, rewards, rng, params) => env.step(state.inner, actions, rewards, rng, params),
    stateVector: env.stateVector && ((state: Holding, out, params) => env.stateVector?.(state.inner, out, params)),
    metrics: env.metrics && ((state: Holding, params) => env.metrics?.(state.inner, params) ?? {}),
    outcome: env.outcome && ((state: Holding, params) => env.outcome?.(state.inner, params) ?? {}),
    closedBy: env.closedBy && ((state: Holding, agent, params) => env.closedBy?.(state.inner, agent, params) ?? []),
    messages:
      env.messages &&
      ((state: Holding, actions, rng, params) => env.messages?.(state.inner, actions, rng, params) ?? []),
    conversation:
      env.conversation &&
      ((state: Holding, params) => (env.conversation as NonNullable<AnyEnv['conversation']>)(state.inner, params)),
    text: env.text && ((state: Holding, agent, params) => env.text?.(state.inner, agent, params) ?? ''),
    draw: env.draw && ((state: Holding, params) => (env.draw as NonNullable<AnyEnv['draw']>)(state.inner, params)),
  });
}

/** Whether an agent is part of the episode now. */
export function isAlive(env: AnyEnv, state: unknown, agent: number, params: unknown): boolean {
  return env.alive === undefined || env.alive(state, agent, params);
}

/** Whether an agent's action counts now. */
export function isActing(env: AnyEnv, state: unknown, agent: number, params: unknown): boolean {
  return isAlive(env, state, agent, params) && (env.acting === undefined || env.acting(state, agent, params));
}

/** Whether an agent may do now what stands in `actions` from `from` on; `parts` are the sizes of its choices, `mask` room to write. */
export function isLegal(
  env: AnyEnv,
  state: unknown,
  agent: number,
  { maskSize }: RoleLayout,
  actions: Float64Array,
  from: number,
  parts: readonly number[],
  mask: Uint8Array,
  params: unknown,
): boolean {
  if (env.legal === undefined || maskSize === 0) return true;
  mask.fill(1);
  env.legal(state, agent, mask, params);
  let offset = 0;
  for (let i = 0; i < parts.length; i++) {
    if (mask[offset + actions[from + i]] === 0) return false;
    offset += parts[i];
  }
  return true;
}

/** A world answers by leaving members out, not by undefined ones. */
function present(members: { [Key in keyof AnyEnv]: AnyEnv[Key] | undefined }): AnyEnv {
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined)) as unknown as AnyEnv;
}
