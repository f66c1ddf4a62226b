import type { Home, ItemName, Scaffold } from './scaffold.ts';

/** A policy for any world of single choices: it stays with its first choice for as long as that is legal. */
export function policyFiles(name: ItemName, home: Home): Scaffold {
  const { id, code } = name;
  const names = 'defineScripted, PolityError, sampleSpace';
  if (home === 'project') {
    return {
      files: [
        { path: `policies/${id}.mjs`, text: `import { ${names} } from 'polity';\n\n${policy(name)}` },
        { path: `tests/${id}.test.mjs`, text: `${nodeTestHead(name)}\n${test(name)}` },
      ],
      next: [
        `node --test tests/${id}.test.mjs`,
        `To measure it: import { evaluate } from 'polity'; evaluate([${code}, 'random'], { env: 'matrix-game' })`,
      ],
    };
  }
  return {
    files: [
      { path: `policies/${id}.ts`, text: `import { ${names} } from '#core';\n\n${policy(name)}` },
      { path: `tests/policies/${id}.test.ts`, text: `${vitestHead(name)}\n${test(name)}` },
    ],
    next: [
      `npx vitest run tests/policies/${id}.test.ts`,
      `To list it, import \`${code}\` in policies/index.ts and add it to the shelf there.`,
    ],
  };
}

function vitestHead({ id, code }: ItemName): string {
  return `import { assert, test } from 'vitest';
import { createStreams, layOutAgents, parseWith } from '#core';
import { worlds } from '#envs';
import { policies } from '#policies';
import { playEpisodes } from '#train';
import { ${code} } from '../../policies/${id}.ts';
`;
}

function nodeTestHead({ id, code }: ItemName): string {
  return `import assert from 'node:assert/strict';
import test from 'node:test';
import { createStreams, layOutAgents, parseWith, playEpisodes, policies, worlds } from 'polity';
import { ${code} } from '../policies/${id}.mjs';
`;
}

function policy({ id, code }: ItemName): string {
  return `/** Stays with its first choice, drawn at random, for as long as that is legal. */
export const ${code} = defineScripted({
  id: '${id}',
  card: {
    title: 'Stubborn',
    description: 'Stays with its first choice, drawn at random, for as long as that is legal.',
    source: 'not stated',
    worlds: ['*'],
  },

  prepare({ env, role }) {
    const { action } = role;
    if (action.kind === 'discrete') return action;
    throw new PolityError({
      code: 'input',
      where: \`${id} › \${env.id} › \${role.name}\`,
      message: 'cannot play this role',
      got: \`\${action.kind} actions\`,
      expected: 'discrete actions',
    });
  },

  remember: () => ({ choice: -1 }),

  act({ mask, memory, rng }, out, action) {
    if (memory.choice < 0 || mask[memory.choice] === 0) {
      sampleSpace(action, rng, out, mask);
      memory.choice = out[0];
    }
    out[0] = memory.choice;
  },
});
`;
}

function test({ code, id }: ItemName): string {
  return `test('${id} stays with its first choice for an episode', () => {
  const env = worlds.get('matrix-game');
  const records = playEpisodes({
    env,
    params: parseWith(env.params, { rounds: 6 }, env.id),
    timeLimitSteps: null,
    seating: [${code}, policies.get('random')],
    episodes: [0, 1, 2, 3, 4, 5, 6, 7],
    seed: 'test',
    policyStreams: createStreams('test'),
    record: true,
  });
  const choices = records.map(({ actions }) => actions.map(([first]) => first[0]));
  for (const [first, ...later] of choices) assert.deepEqual(later, [first, first, first, first, first]);
  assert.equal(new Set(choices.map(([first]) => first)).size, 2);
});

test('${id} refuses a role whose actions are not single choices', () => {
  const env = worlds.get('simple-spread');
  const params = parseWith(env.params, { continuous: true }, env.id);
  const [role] = layOutAgents(env, params).roles;
  const rng = createStreams('test').stream('policy');
  assert.throws(
    () => ${code}.createActor({ env: { id: env.id, params }, role, rows: 1, rng }),
    /expected discrete actions/,
  );
});
`;
}
