import { z } from 'zod';
import {
  type AnyEnv,
  actionSize,
  layOutAgents,
  maskSize,
  PolityError,
  partsOf,
  type Rng,
  type Role,
  type Space,
  type Wrapper,
} from '#core';
import { sameWorld } from './inner-world.ts';
import { appendField } from './observation-fields.ts';
import { perParams } from './per-params.ts';

const options = z.strictObject({});

/** Gives all roles the same spaces, the largest of each, so that one network can play them all. */
export const pad: Wrapper<z.infer<typeof options>> = {
  id: 'pad',
  card: {
    title: 'Padding',
    description:
      'Observations of all roles are made as long as the longest, with zeros; actions get as many choices as the widest, of which those that a role does not have are never legal.',
    source:
      'Terry et al. (2020), "Revisiting parameter sharing in multi-agent deep reinforcement learning"; SuperSuit pad_observations_v0, pad_action_space_v0.',
    shapes: 'Observations [O] become [largest O]; masks [M] become [largest M], part by part; numbers [N] [largest N].',
  },
  changes: ['observations', 'actions'],
  options,

  wrap(env) {
    const setup = perParams((params) => {
      const layout = layOutAgents(env, params);
      const wide = widest(env, layout.roles);
      return {
        layout,
        wide,
        size: Math.max(...layout.roles.map(({ observationSize }) => observationSize)),
        parts: layout.roles.map(({ action }) => (action.kind === 'box' ? [] : partsOf(action))),
        wideParts: wide.kind === 'box' ? [] : partsOf(wide),
        // Room for rows and masks of the roles inside, and for actions: every use writes them anew.
        rows: layout.roles.map((role) => new Float32Array(role.observationSize)),
        masks: layout.roles.map((role) => new Uint8Array(role.maskSize)),
        held: new Float64Array(layout.count * layout.actionStride),
      };
    });
    /** What the world inside is told to do. */
    const inside = (actions: Float64Array, params: unknown): Float64Array => {
      const { layout, wide, held } = setup(params);
      if (wide.kind !== 'box') return actions;
      const { count, roleOf, roles, actionStride } = layout;
      for (let agent = 0; agent < count; agent++) {
        const { action } = roles[roleOf[agent]];
        if (action.kind !== 'box') continue;
        for (let i = 0; i < action.low.length; i++) {
          const at = agent * actionStride + i;
          held[at] = Math.max(action.low[i], Math.min(action.high[i], actions[at]));
        }
      }
      return held;
    };
    return {
      ...sameWorld(env),
      roles(params) {
        const { size, wide } = setup(params);
        return env.roles(params).map((role) => {
          const missing = size - role.observation.low.length;
          const observation = appendField(role.observation, { name: 'padding', size: missing }, 0, 0);
          return { ...role, observation, action: sameShape(role.action, wide) ? role.action : wide };
        });
      },
      observe(state, agent, out, params) {
        const { layout, rows, size } = setup(params);
        const row = rows[layout.roleOf[agent]];
        env.observe(state, agent, row, params);
        for (let i = 0; i < row.length; i++) out[i] = row[i];
        for (let i = row.length; i < size; i++) out[i] = 0;
      },
      legal(state, agent, mask, params) {
        const { layout, masks, parts, wideParts } = setup(params);
        const r = layout.roleOf[agent];
        const own = masks[r].fill(1);
        env.legal?.(state, agent, own, params);
        let [from, to] = [0, 0];
        for (let part = 0; part < wideParts.length; part++) {
          const size = parts[r][part] ?? 0;
          for (let i = 0; i < wideParts[part]; i++) {
            // Where a role has no such part, the first choice stands for doing nothing.
            mask[to + i] = i < size ? own[from + i] : size === 0 && i === 0 ? 1 : 0;
          }
          from += size;
          to += wideParts[part];
        }
      },
      step(state, actions, rewards, rng, params) {
        return env.step(state, inside(actions, params), rewards, rng, params);
      },
      ...(env.messages && {
        messages: (state: unknown, actions: Float64Array, rng: Rng, params: unknown) =>
          env.messages?.(state, inside(actions, params), rng, params) ?? [],
      }),
    };
  },
};

/** The smallest action space that holds those of all roles. */
function widest(env: AnyEnv, roles: readonly Role[]): Space {
  const actions = roles.map(({ action }) => action);
  const boxes = actions.filter((action) => action.kind === 'box');
  if (boxes.length > 0 && boxes.length < actions.length) {
    throw new PolityError({
      code: 'input',
      where: `pad › ${env.id}`,
      message: 'roles that choose and roles that give numbers cannot be made alike',
      got: roles.map(({ name, action }) => `${name}: ${action.kind}`).join(', '),
      expected: 'choices for all roles, or numbers for all',
    });
  }
  if (boxes.length > 0) {
    const length = Math.max(...actions.map(actionSize));
    const bounds = (pick: (box: (typeof boxes)[number]) => Float32Array, outer: (...list: number[]) => number) =>
      Float32Array.from({ length }, (_, i) =>
        outer(...boxes.flatMap((box) => (i < pick(box).length ? pick(box)[i] : []))),
      );
    return {
      kind: 'box',
      shape: [length],
      low: bounds(({ low }) => low, Math.min),
      high: bounds(({ high }) => high, Math.max),
    };
  }
  const parts = actions.map((action) => (action.kind === 'box' ? [] : partsOf(action)));
  const count = Math.max(...parts.map((sizes) => sizes.length));
  const sizes = Array.from({ length: count }, (_, i) => Math.max(...parts.map((own) => own[i] ?? 1)));
  if (actions.every((action) => action.kind === 'discrete')) return { kind: 'discrete', n: sizes[0] };
  return { kind: 'multiDiscrete', sizes };
}

function sameShape(a: Space, b: Space): boolean {
  return a.kind === b.kind && actionSize(a) === actionSize(b) && maskSize(a) === maskSize(b);
}
