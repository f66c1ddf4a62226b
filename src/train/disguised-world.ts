import {
  type AnyEnv,
  type Interchangeable,
  layOutAgents,
  PolityError,
  partsOf,
  type Rng,
  type RoleLayout,
  shuffle,
} from '#core';

/** The state of a world whose agents know its things under names of their own. */
interface Disguised {
  // biome-ignore lint/suspicious/noExplicitAny: the state of any world, handed back to that world alone.
  readonly inner: any;
  /** By agent: where each entry of the observation is shown, [O]. */
  readonly shown: readonly Int32Array[];
  /** By agent: which place of the mask each place that the agent chooses stands for, [M]. */
  readonly meant: readonly Int32Array[];
}

/**
 * The same world for agents who each know its interchangeable things under names drawn anew for every episode: what they see is
 * renamed for them, and what they choose is named back. A convention that rests on names alone then fails already in training;
 * what is left is what holds for any partner who has learned by itself.
 *
 * Source: Hu et al. (2020), "Other-play for zero-shot coordination", section 4.
 */
export function disguisedWorld(env: AnyEnv, params: unknown): AnyEnv {
  const things: readonly Interchangeable[] = env.symmetries?.(params) ?? [];
  const { roles, roleOf, count, actionStride } = layOutAgents(env, params);
  requireSound(env.id, things, roles);
  const sights = roles.map(({ observationSize }) => new Float32Array(observationSize));
  const masks = roles.map(({ maskSize }) => new Uint8Array(maskSize));
  const parts = roles.map(({ action }) => (action.kind === 'box' ? [] : partsOf(action)));
  const named = new Float64Array(count * actionStride);
  const {
    tree: _,
    symmetries: __,
    observe,
    legal,
    step,
    init,
    acting,
    alive,
    stateVector,
    metrics,
    outcome,
    text,
    draw,
    ...rest
  } = env;
  return {
    ...rest,
    init(given, rng): Disguised {
      const inner = init(given, rng);
      const names = Array.from(roleOf, (r) => drawNames(things, roles[r], rng));
      return { inner, shown: names.map(({ shown }) => shown), meant: names.map(({ meant }) => meant) };
    },
    observe(state: Disguised, agent, out, given) {
      const sight = sights[roleOf[agent]].fill(0);
      const shown = state.shown[agent];
      observe(state.inner, agent, sight, given);
      for (let i = 0; i < sight.length; i++) out[shown[i]] = sight[i];
    },
    step(state: Disguised, actions, rewards, rng, given) {
      for (let agent = 0; agent < count; agent++) {
        const meant = state.meant[agent];
        const sizes = parts[roleOf[agent]];
        const at = agent * actionStride;
        for (let k = 0, offset = 0; k < sizes.length; offset += sizes[k++]) {
          named[at + k] = meant[offset + actions[at + k]] - offset;
        }
        if (sizes.length === 0) for (let k = 0; k < actionStride; k++) named[at + k] = actions[at + k];
      }
      return step(state.inner, named, rewards, rng, given);
    },
    ...(legal && {
      legal(state: Disguised, agent: number, mask: Uint8Array, given: unknown) {
        const plain = masks[roleOf[agent]].fill(1);
        const meant = state.meant[agent];
        legal(state.inner, agent, plain, given);
        for (let i = 0; i < plain.length; i++) mask[i] = plain[meant[i]];
      },
    }),
    ...(acting && { acting: (state: Disguised, agent: number, given: unknown) => acting(state.inner, agent, given) }),
    ...(alive && { alive: (state: Disguised, agent: number, given: unknown) => alive(state.inner, agent, given) }),
    ...(stateVector && {
      stateVector: (state: Disguised, out: Float32Array, given: unknown) => stateVector(state.inner, out, given),
    }),
    ...(metrics && { metrics: (state: Disguised, given: unknown) => metrics(state.inner, given) }),
    ...(outcome && { outcome: (state: Disguised, given: unknown) => outcome(state.inner, given) }),
    ...(text && { text: (state: Disguised, agent: number, given: unknown) => text(state.inner, agent, given) }),
    ...(draw && { draw: (state: Disguised, given: unknown) => draw(state.inner, given) }),
  };
}

/** Draws a new order of every kind of thing, and says what it does to an agent of a role. */
function drawNames(things: readonly Interchangeable[], role: RoleLayout, rng: Rng) {
  const shown = Int32Array.from({ length: role.observationSize }, (_, i) => i);
  const meant = Int32Array.from({ length: role.maskSize }, (_, i) => i);
  for (const { count, roles } of things) {
    const order = Int32Array.from({ length: count }, (_, s) => s);
    shuffle(order, count, rng);
    const places = roles[role.name];
    if (places === undefined) continue;
    for (const list of places.observation) for (let s = 0; s < count; s++) shown[list[s]] = list[order[s]];
    // A choice of the place where thing s is shown means thing s.
    for (const list of places.actions) for (let s = 0; s < count; s++) meant[list[order[s]]] = list[s];
  }
  return { shown, meant };
}

/** Throws: PolityError (contract) for a declaration whose lists do not have a place for each thing, or share places. */
function requireSound(world: string, things: readonly Interchangeable[], roles: readonly RoleLayout[]): void {
  for (const { name, observationSize, maskSize } of roles) {
    for (const [part, size] of [
      ['observation', observationSize],
      ['actions', maskSize],
    ] as const) {
      const lists = things.flatMap(({ count, roles: by }) => (by[name]?.[part] ?? []).map((list) => ({ count, list })));
      const all = lists.flatMap(({ list }) => list);
      const whole = lists.every(({ count, list }) => list.length === count);
      if (whole && new Set(all).size === all.length && all.every((place) => place >= 0 && place < size)) continue;
      throw new PolityError({
        code: 'contract',
        where: `${world} › symmetries › ${name} › ${part}`,
        message: 'lists must have a place for each thing, and no place twice',
        got: JSON.stringify(lists.map(({ list }) => list)),
        expected: `places 0..${size - 1}`,
      });
    }
  }
}
