import { z } from 'zod';
import { layOutAgents, partsOf, type Rng, type Wrapper } from '#core';
import { type Holding, holdingWorld, isActing, isLegal } from './inner-world.ts';
import { perParams } from './per-params.ts';

const options = z.strictObject({
  probability: z.number().min(0).max(1).default(0.25).describe('How often an agent does again what it did before.'),
});

/** Shapes: last [A, stride], what every agent did when it acted last; acted [A], 1 for those that have. */
interface Sticky extends Holding {
  readonly last: Float64Array;
  readonly acted: Uint8Array;
}

/** Makes agents now and then repeat themselves, so that a plan that only works without slips does not pay. */
export const stickyActions: Wrapper<z.infer<typeof options>> = {
  id: 'sticky-actions',
  card: {
    title: 'Sticky actions',
    description:
      'With some probability, drawn for each agent and turn, an agent does what it did at its turn before instead of what it chose, where that is legal.',
    source: 'Machado et al. (2018), "Revisiting the Arcade Learning Environment", JAIR 61, §5.',
    shapes: 'As before.',
  },
  changes: ['events'],
  options,

  wrap(env, { probability }) {
    const setup = perParams((params) => {
      const layout = layOutAgents(env, params);
      return {
        layout,
        // Room for what is done and for one mask of each role: every use writes them anew.
        done: new Float64Array(layout.count * layout.actionStride),
        masks: layout.roles.map((role) => new Uint8Array(role.maskSize)),
        parts: layout.roles.map(({ action }) => (action.kind === 'box' ? [] : partsOf(action))),
      };
    });
    /** What is done. Notes in `state` what each agent does, for its next turn. */
    const chosen = (state: Sticky, actions: Float64Array, rng: Rng, params: unknown): Float64Array => {
      const { layout, done, masks, parts } = setup(params);
      const { count, roleOf, actionStride: stride, roles } = layout;
      done.set(actions);
      for (let agent = 0; agent < count; agent++) {
        if (!isActing(env, state.inner, agent, params)) continue;
        const r = roleOf[agent];
        const from = agent * stride;
        const slips = state.acted[agent] === 1 && rng.random() < probability;
        if (slips && isLegal(env, state.inner, agent, roles[r], state.last, from, parts[r], masks[r], params)) {
          for (let i = 0; i < stride; i++) done[from + i] = state.last[from + i];
        } else {
          for (let i = 0; i < stride; i++) state.last[from + i] = actions[from + i];
        }
        state.acted[agent] = 1;
      }
      return done;
    };
    return {
      ...holdingWorld(env),
      init(params, rng): Sticky {
        const { count, actionStride } = setup(params).layout;
        const [last, acted] = [new Float64Array(count * actionStride), new Uint8Array(count)];
        return { inner: env.init(params, rng), last, acted };
      },
      step: (state: Sticky, actions, rewards, rng, params) =>
        env.step(state.inner, chosen(state, actions, rng, params), rewards, rng, params),
      ...(env.messages && {
        messages(state: Sticky, actions: Float64Array, rng: Rng, params: unknown) {
          const { inner, last, acted } = state;
          const done = chosen({ inner, last: last.slice(), acted: acted.slice() }, actions, rng, params);
          return env.messages?.(inner, done, rng, params) ?? [];
        },
      }),
    };
  },
};
