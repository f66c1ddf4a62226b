import { z } from 'zod';
import { type AnyEnv, layOutAgents, partsOf, type Rng, sampleSpace, type Wrapper } from '#core';
import { type Holding, holdingWorld, isActing, isLegal } from './inner-world.ts';
import { perParams } from './per-params.ts';

const options = z.strictObject({
  fine: z.number().min(0).default(0).describe('What an agent pays for each act that is not legal.'),
});

interface Unmasked extends Holding {
  /** Acts of all agents, and how many of them were not legal. */
  acts: number;
  notUnderstood: number;
}

/** Opens every choice, so that what is legal has to be learned, at a price or for the turns that it costs. */
export const unmasked: Wrapper<z.infer<typeof options>> = {
  id: 'unmasked',
  card: {
    title: 'Unmasked',
    description:
      'Every choice is open. What is not legal is not understood: where acts are messages of a protocol nothing is said and the turn is lost, elsewhere a legal act is drawn instead. It may cost a fine. The log says how much was not understood.',
    source:
      'Huang and Ontañón (2022), "A closer look at invalid action masking in policy gradient algorithms": the penalty that masks are compared with.',
    shapes: 'As before.',
  },
  changes: ['events', 'rewards'],
  options,

  wrap(env, { fine }) {
    const setup = perParams((params) => {
      const layout = layOutAgents(env, params);
      return {
        layout,
        // Room for what is done and for one mask and one draw of each role: every use writes them anew.
        done: new Float64Array(layout.count * layout.actionStride),
        refused: new Uint8Array(layout.count),
        masks: layout.roles.map((role) => new Uint8Array(role.maskSize)),
        drawn: layout.roles.map((role) => new Float64Array(role.actionSize)),
        parts: layout.roles.map(({ action }) => (action.kind === 'box' ? [] : partsOf(action))),
        speaks: layout.roles.map(({ action }) => action.kind === 'multiDiscrete' && action.names?.[0] === 'say'),
      };
    });
    /** What is done of what is chosen, and in `refused` of the setup whose choice was not legal. Returns how many act. */
    const sift = (inner: unknown, actions: Float64Array, rng: Rng, params: unknown): number => {
      const { layout, done, refused, masks, drawn, parts, speaks } = setup(params);
      const { count, roleOf, roles, actionStride: stride } = layout;
      done.set(actions);
      refused.fill(0);
      let acts = 0;
      for (let agent = 0; agent < count; agent++) {
        if (!isActing(env, inner, agent, params)) continue;
        const r = roleOf[agent];
        acts++;
        if (isLegal(env, inner, agent, roles[r], done, agent * stride, parts[r], masks[r], params)) continue;
        refused[agent] = 1;
        if (speaks[r]) drawn[r].fill(0);
        else sampleSpace(roles[r].action, rng, drawn[r], masks[r]);
        for (let i = 0; i < drawn[r].length; i++) done[agent * stride + i] = drawn[r][i];
      }
      return acts;
    };
    const { legal: _, closedBy: __, ...open } = holdingWorld(env);
    return {
      ...open,
      declares: env.declares && ((params) => declared(env, params, fine)),
      init: (params, rng): Unmasked => ({ inner: env.init(params, rng), acts: 0, notUnderstood: 0 }),
      step(state: Unmasked, actions, rewards, rng, params) {
        const { layout, done, refused } = setup(params);
        state.acts += sift(state.inner, actions, rng, params);
        const ended = env.step(state.inner, done, rewards, rng, params);
        for (let agent = 0; agent < layout.count; agent++) {
          if (refused[agent] === 0) continue;
          state.notUnderstood++;
          rewards[agent] -= fine;
        }
        return ended;
      },
      ...(env.messages && {
        messages(state: Unmasked, actions: Float64Array, rng: Rng, params: unknown) {
          sift(state.inner, actions, rng, params);
          return env.messages?.(state.inner, setup(params).done, rng, params) ?? [];
        },
      }),
      metrics: (state: Unmasked, params) => ({
        ...env.metrics?.(state.inner, params),
        notUnderstood: state.notUnderstood,
        ...(state.acts === 0 ? {} : { notUnderstoodShare: state.notUnderstood / state.acts }),
      }),
    } as AnyEnv;
  },
};

function declared(env: AnyEnv, params: unknown, fine: number): ReturnType<NonNullable<AnyEnv['declares']>> {
  const { rewardBounds, zeroSum, commonReward, ...rest } = env.declares?.(params) ?? {};
  return {
    ...rest,
    ...(rewardBounds === undefined ? {} : { rewardBounds: [rewardBounds[0] - fine, rewardBounds[1]] as const }),
    ...(fine > 0 ? {} : { zeroSum: zeroSum === true, commonReward: commonReward === true }),
  };
}
