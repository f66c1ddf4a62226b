import { z } from 'zod';
import { layOutAgents, type Wrapper } from '#core';
import { sameWorld } from './inner-world.ts';
import { appendField } from './observation-fields.ts';
import { perParams } from './per-params.ts';

const options = z.strictObject({
  among: z
    .enum(['all', 'role'])
    .default('all')
    .describe('Whether agents are told apart from all others, or from those of their role.'),
});

/** Tells every agent which one it is, so that agents that share parameters can do different things. */
export const agentIndicator: Wrapper<z.infer<typeof options>> = {
  id: 'agent-indicator',
  card: {
    title: 'Agent indicator',
    description: 'Behind its observation every agent sees which agent it is, as a one in a row of zeros.',
    source: 'Gupta, Egorov and Kochenderfer (2017), §4: parameter sharing; SuperSuit agent_indicator_v0.',
    shapes: 'Observations [O] become [O + A], A the agents that are told apart.',
  },
  changes: ['observations'],
  options,

  wrap(env, { among }) {
    const setup = perParams((params) => {
      const { roles, roleOf, count } = layOutAgents(env, params);
      return {
        roleOf,
        sizes: roles.map((role) => (among === 'all' ? count : role.count)),
        firsts: roles.map((role) => (among === 'all' ? 0 : role.first)),
        // Room for the observation inside: every use writes it anew.
        rows: roles.map((role) => new Float32Array(role.observationSize)),
      };
    });
    return {
      ...sameWorld(env),
      roles(params) {
        const { sizes } = setup(params);
        return env.roles(params).map((role, r) => {
          return { ...role, observation: appendField(role.observation, { name: 'agent', size: sizes[r] }, 0, 1) };
        });
      },
      observe(state, agent, out, params) {
        const { roleOf, sizes, firsts, rows } = setup(params);
        const r = roleOf[agent];
        const row = rows[r];
        env.observe(state, agent, row, params);
        for (let i = 0; i < row.length; i++) out[i] = row[i];
        for (let i = 0; i < sizes[r]; i++) out[row.length + i] = i === agent - firsts[r] ? 1 : 0;
      },
    };
  },
};
