import type { Home, ItemName, Scaffold } from './scaffold.ts';

/** A meeting game: two players pick a place each round and are paid when it is the same. */
export function worldFiles(name: ItemName, home: Home): Scaffold {
  const { id, code } = name;
  if (home === 'project') {
    return {
      files: [
        { path: `envs/${id}.mjs`, text: `import { box, defineEnv, discrete, z } from 'polity';\n\n${world(name)}` },
        { path: `tests/${id}.test.mjs`, text: `${nodeTestHead(name)}\n${test(name)}` },
      ],
      next: [`npx polity check-env envs/${id}.mjs`, `node --test tests/${id}.test.mjs`],
    };
  }
  const imports = `import { z } from 'zod';\nimport { box, defineEnv, discrete } from '#core';\n`;
  return {
    files: [
      { path: `envs/${id}.ts`, text: `${imports}\n${world(name)}` },
      { path: `tests/envs/${id}.test.ts`, text: `${vitestHead(name)}\n${test(name)}` },
    ],
    next: [
      `npx vitest run tests/envs/${id}.test.ts`,
      `To list it, import \`${code}\` in envs/index.ts, add it to the shelf there, and fill in its card.`,
    ],
  };
}

function vitestHead({ id, code }: ItemName): string {
  return `import { assert, test } from 'vitest';
import { checkEnv, parallelEnv } from '#core';
import { ${code} } from '../../envs/${id}.ts';
`;
}

function nodeTestHead({ id, code }: ItemName): string {
  return `import assert from 'node:assert/strict';
import test from 'node:test';
import { checkEnv, parallelEnv } from 'polity';
import { ${code} } from '../envs/${id}.mjs';
`;
}

function world({ id, code }: ItemName): string {
  return `/** Two players pick a place each round and are paid when it is the same; each sees where the other was last. */
export const ${code} = defineEnv({
  id: '${id}',
  card: {
    title: 'Meeting',
    description: 'Two players pick a place each round and are paid when it is the same.',
    tests: 'Coordination without talk.',
  },
  params: z.strictObject({
    places: z.int().min(2).default(3).describe('Places to choose from.'),
    rounds: z.int().min(1).default(10).describe('Rounds of an episode.'),
  }),

  roles: ({ places }) => [{ name: 'player', count: 2, observation: box([places], 0, 1), action: discrete(places) }],
  declares: () => ({ commonReward: true, symmetric: true, rewardBounds: [0, 1] }),

  init: () => ({ last: [-1, -1], round: 0 }),

  observe(state, agent, out) {
    out.fill(0);
    const other = state.last[1 - agent];
    if (other >= 0) out[other] = 1;
  },

  step(state, actions, rewards, _rng, { rounds }) {
    state.last[0] = actions[0];
    state.last[1] = actions[1];
    rewards.fill(actions[0] === actions[1] ? 1 : 0);
    state.round++;
    return state.round >= rounds;
  },

  text: (state, agent) =>
    state.round === 0 ? 'Nobody has been anywhere yet.' : \`The other was at place \${state.last[1 - agent]}.\`,
});
`;
}

function test({ code, id }: ItemName): string {
  return `test('${id} keeps the rules of a world', () => {
  assert.deepEqual(checkEnv(${code}).failures, []);
});

test('${id} pays both players when they meet, and nobody when they do not', () => {
  const env = parallelEnv(${code});
  env.reset({ seed: 1 });
  assert.deepEqual(env.step({ player_0: 2, player_1: 2 }).rewards, { player_0: 1, player_1: 1 });
  assert.deepEqual(env.step({ player_0: 0, player_1: 2 }).rewards, { player_0: 0, player_1: 0 });
});

test('${id} ends after the rounds that its parameters say', () => {
  const env = parallelEnv(${code}, { rounds: 2 });
  env.reset({ seed: 1 });
  assert.equal(env.step({ player_0: 0, player_1: 0 }).terminations.player_0, false);
  assert.equal(env.step({ player_0: 0, player_1: 0 }).terminations.player_0, true);
});
`;
}
