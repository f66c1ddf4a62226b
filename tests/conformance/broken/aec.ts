import type { AecEnv, RuleId } from '#core';
import { without } from '../altered-face.ts';

/** AEC faces of the good world that go wrong. */
export const aecCases: [RuleId, string, (env: AecEnv) => Partial<AecEnv>, string][] = [
  [
    'aec-keys',
    'an observation that was not asked for',
    (env) => ({ last: () => env.last() }),
    'last(false) gives an observation',
  ],
  [
    'aec-keys',
    'an agent without a reward',
    (env) => ({
      get rewards() {
        return without(env.rewards, 'builder_1');
      },
    }),
    'rewards are of [builder_0]',
  ],
  [
    'aec-keys',
    'flags that differ from the dictionaries',
    (env) => ({ last: (observe) => ({ ...env.last(observe), truncation: true }) }),
    'last() of builder_0 differs from the dictionaries',
  ],
  ['aec-agents', 'nobody counted', () => ({ numAgents: 0 }), 'nobody takes part at the reset'],
  [
    'aec-agents',
    'agents that are finished from the start',
    (env) => ({
      get terminations() {
        return { ...env.terminations, builder_0: true };
      },
    }),
    'an agent is finished at the reset',
  ],
  [
    'aec-agents',
    'a selected agent that is not there',
    (env) => ({
      get agents() {
        return env.agents.slice(1);
      },
    }),
    'builder_0 has a turn and agents are [builder_1]',
  ],
  [
    'aec-agents',
    'an agent that has its last turn twice',
    (env) => {
      let last = '';
      return {
        *agentIter(maxIter) {
          for (const agent of env.agentIter(maxIter)) {
            if (env.terminations[agent] === true) last ||= agent;
            yield last === '' ? agent : last;
          }
        },
      };
    },
    'builder_0 has a turn after its last one',
  ],
  [
    'aec-agents',
    'a cycle that stops early',
    (env) => ({
      *agentIter() {
        yield* env.agentIter(2);
      },
    }),
    '[builder_0,builder_1] never finish',
  ],
  [
    'aec-rewards',
    'rewards since the last step instead of since the last turn',
    (env) => ({ last: (observe) => ({ ...env.last(observe), reward: env.rewards[env.agentSelection] }) }),
    'since its last turn',
  ],
  [
    'aec-order',
    'a turn behind the end of an agent',
    (env) => ({
      step(action) {
        const finished = env.terminations[env.agentSelection];
        if (finished && action !== null) return;
        env.step(action);
      },
    }),
    'acts after it has finished',
  ],
  [
    'aec-order',
    'a turn without an action',
    (env) => ({
      step: (action) => env.step(action === null && !env.terminations[env.agentSelection] ? 0 : action),
    }),
    'a turn without an action is accepted',
  ],
  [
    'aec-order',
    'a turn of agentIter that was not stepped',
    (env) => ({
      *agentIter(maxIter = 99) {
        for (let i = 0; i < maxIter && env.agents.length > 0; i++) yield env.agentSelection;
      },
    }),
    'a turn of agentIter that is not stepped is accepted',
  ],
  [
    'aec-order',
    'last() before reset',
    (env) => {
      let open = false;
      return {
        reset(options) {
          open = true;
          env.reset(options);
        },
        last(observe) {
          if (!open) env.reset();
          return env.last(observe);
        },
      };
    },
    'last() before reset is accepted',
  ],
  [
    'aec-order',
    'a turn behind the end',
    (env) => {
      let over = false;
      return {
        step(action) {
          if (over) return;
          env.step(action);
          over = env.agents.length === 0;
        },
        reset(options) {
          over = false;
          env.reset(options);
        },
      };
    },
    'a turn after the end is accepted',
  ],
  ['aec-order', 'a reset behind close', () => ({ close() {} }), 'a reset after close is accepted'],
  [
    'faces-looks',
    'a scene that is a text',
    (env) => ({ render: (mode) => (mode === 'draw' ? 'a tower' : env.render(mode)) }),
    'render("draw") gives string',
  ],
];
