import type { ParallelEnv, RuleId } from '#core';
import { type Step, stepped, without } from '../altered-face.ts';

/** Parallel faces of the good world that go wrong. */
export const parallelCases: [RuleId, string, (env: ParallelEnv) => Partial<ParallelEnv>, string][] = [
  [
    'parallel-keys',
    'a reward left out',
    (env) => stepped(env, ({ rewards }) => ({ rewards: without(rewards, 'builder_1') })),
    'rewards at step 1 are of [builder_0]',
  ],
  [
    'parallel-keys',
    'a dictionary left out',
    (env) => stepped(env, () => ({ truncations: undefined as never })),
    'truncations at step 1 are of []',
  ],
  [
    'parallel-keys',
    'a reset without an info',
    (env) => ({
      reset(options) {
        const { observations, infos } = env.reset(options);
        return { observations, infos: without(infos, 'builder_1') };
      },
    }),
    'infos at reset are of [builder_0]',
  ],
  [
    'parallel-agents',
    'an agent that stays behind its end',
    (env) => {
      let last = env.agents;
      return {
        get agents() {
          if (env.agents.length > 0) last = env.agents;
          return last;
        },
      };
    },
    'agents are [builder_0,builder_1], expected []',
  ],
  ['parallel-agents', 'an agent that is never counted', () => ({ maxNumAgents: 1 }), 'maxNumAgents is 1'],
  [
    'parallel-spaces',
    'spaces made anew at every call',
    (env) => ({ observationSpace: (agent) => ({ ...env.observationSpace(agent) }) }),
    'builder_0 gets new space objects at every call',
  ],
  [
    'parallel-spaces',
    'an observation outside its space',
    (env) =>
      stepped(env, ({ observations }) => ({ observations: { ...observations, builder_1: Float32Array.of(99, 0) } })),
    'at step 1 the observation of builder_1 is not in its space',
  ],
  [
    'parallel-order',
    'a step before reset',
    (env) => ({
      step(actions) {
        try {
          return env.step(actions);
        } catch {
          env.reset();
          return env.step({ builder_0: 0, builder_1: 0 });
        }
      },
    }),
    'step before reset is accepted',
  ],
  [
    'parallel-order',
    'agents that do not exist',
    (env) => ({
      step: (actions) => env.step('nobody' in actions ? { builder_0: 0 } : actions),
    }),
    'an action of an unknown agent is accepted',
  ],
  [
    'parallel-order',
    'a missing action',
    (env) => {
      let opened = false;
      return {
        reset(options) {
          opened = true;
          return env.reset(options);
        },
        step: (actions) =>
          env.step(opened && Object.keys(actions).length === 0 && env.agents.length > 0 ? { builder_0: 0 } : actions),
      };
    },
    'a step without the actions of those who act is accepted',
  ],
  [
    'parallel-order',
    'a step behind the end',
    (env) => {
      let last: Step | undefined;
      return {
        step(actions) {
          if (env.agents.length === 0 && last !== undefined) return last;
          last = env.step(actions);
          return last;
        },
      };
    },
    'a step after the end is accepted',
  ],
  ['parallel-order', 'a reset behind close', () => ({ close() {} }), 'a reset after close is accepted'],
  [
    'parallel-actions',
    'lists alone',
    (env) => ({
      step(actions) {
        for (const action of Object.values(actions)) if (!Array.isArray(action)) throw new TypeError('a list, please');
        return env.step(actions);
      },
    }),
    'a step with a Float64Array as action threw TypeError: a list, please',
  ],
  [
    'parallel-actions',
    'a typed array taken for something else',
    (env) => ({
      step(actions) {
        const read = Object.entries(actions).map(([agent, action]) => [agent, ArrayBuffer.isView(action) ? 0 : action]);
        return env.step(Object.fromEntries(read));
      },
    }),
    'a Float64Array as action gives another step',
  ],
  [
    'faces-looks',
    'a state of another length',
    () => ({ state: () => new Float32Array(3) }),
    'at reset: the state of 3 numbers is not in its space',
  ],
  [
    'faces-looks',
    'a state without a space',
    (env) => ({ stateSpace: undefined, state: () => env.state() }),
    'at reset: a state without a state space',
  ],
  [
    'faces-looks',
    'a text that is empty',
    () => ({ render: (mode) => (mode === 'text' ? '' : { width: 1, height: 1, shapes: [] }) }),
    'render("text") gives nothing',
  ],
  [
    'faces-looks',
    'any mode at all',
    (env) => ({ render: (mode) => env.render(mode === 'text' ? 'text' : 'draw') }),
    'a render mode that is not listed is accepted',
  ],
  [
    'faces-looks',
    'a mode that does not work',
    (env) => ({ metadata: { ...env.metadata, renderModes: ['draw', 'pixels' as never] } }),
    'render("pixels") threw PolityError',
  ],
];
