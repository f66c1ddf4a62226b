import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyEnv, box, defineEnv, discrete, type Role } from '#core';
import { resolveExperiment } from '#train';
import { catalogue, refusal, resolve } from './experiment.ts';

const start = 'name: small\nbudget: { envSteps: 1000 }\n';
const small = `${start}env: { id: bargaining }\n`;

describe('checks of an experiment', () => {
  it.each([
    ['an unknown key', `${small}bugdet: 3\n`, 'x.yaml › bugdet: unknown key. Did you mean "budget"?'],
    ['a wrong type', `${small}rollout: { envs: many }\n`, 'x.yaml › rollout.envs: not accepted: got "many"'],
    [
      'a number out of range',
      `${small}learner: { gaeLambda: 1.2 }\n`,
      'x.yaml › learner.gaeLambda: out of range: got 1.2, expected 0..1',
    ],
    [
      'an unknown world',
      `${start}env: { id: bargianing }\n`,
      'x.yaml › env.id: unknown world: got "bargianing". Did you mean "bargaining"?',
    ],
    [
      'an unknown parameter',
      `${start}env: { id: bargaining, params: { maxTurn: 3 } }\n`,
      'x.yaml › env.params.maxTurn: unknown key. Did you mean "maxTurns"?',
    ],
    [
      'a parameter out of range',
      `${start}env: { id: bargaining, params: { discount: 2 } }\n`,
      'x.yaml › env.params.discount: out of range: got 2',
    ],
    [
      'an unknown role',
      `${small}seats: { plaier: { policy: learner } }\n`,
      'x.yaml › seats.plaier: bargaining has no such role. Did you mean "player"?',
    ],
    [
      'an unknown policy',
      `${small}seats: { player: { policy: learner, opponents: [boulwear] } }\n`,
      'x.yaml › seats.player.opponents.0: unknown policy: got "boulwear". Did you mean "boulware"?',
    ],
    [
      'an unknown opponent',
      `${small}evaluation: { opponents: [random, boulwear] }\n`,
      'x.yaml › evaluation.opponents.1: unknown policy',
    ],
    [
      'a policy of another world',
      `${small}evaluation: { opponents: [random, pavlov] }\n`,
      'x.yaml › evaluation.opponents.1: pavlov: ',
    ],
    [
      'an opponent of another world',
      `${small}seats: { player: { policy: learner, opponents: [pavlov] } }\n`,
      'x.yaml › seats.player.opponents.0: pavlov: ',
    ],
    ['seats where nobody learns', `${small}seats: { player: { policy: random } }\n`, 'x.yaml › seats: nobody learns'],
    [
      'an unknown algorithm',
      `${small}learner: { algorithm: pppo }\n`,
      'x.yaml › learner.algorithm: unknown algorithm: got "pppo". Did you mean "ppo"?',
    ],
    [
      'an unknown option',
      `${small}learner: { gammma: 1 }\n`,
      'x.yaml › learner.gammma: unknown key. Did you mean "gamma"?',
    ],
    [
      'an unknown architecture',
      `${small}policy: { network: { architecture: mpl } }\n`,
      'x.yaml › policy.network.architecture: unknown architecture: got "mpl". Did you mean "mlp"?',
    ],
    [
      'an option of the network that is not a choice',
      `${small}policy: { network: { trunk: sharde } }\n`,
      'x.yaml › policy.network.trunk: not accepted: got "sharde"',
    ],
    [
      'a formula that cannot be read',
      `${small}learner: { learningRate: "1e-3 * (1 - progress" }\n`,
      'x.yaml › learner.learningRate: the formula',
    ],
    [
      'a formula that names something unknown',
      `${small}learner: { learningRate: "1e-3 * progres" }\n`,
      'Did you mean "progress"?',
    ],
    [
      'a formula where a number belongs',
      `${small}learner: { gamma: "1 - progress" }\n`,
      'x.yaml › learner.gamma: not accepted: got "1 - progress"',
    ],
    [
      'envs that shards do not divide',
      `${small}rollout: { envs: 10, shards: 4 }\n`,
      'x.yaml › rollout.envs: not shared evenly: got 10, expected a multiple of shards, 4',
    ],
    ['a budget without an end', 'name: small\nenv: { id: bargaining }\nbudget: {}\n', 'x.yaml › budget: no end'],
    [
      'a target that is no metric',
      'name: small\nenv: { id: bargaining }\nbudget: { target: { metric: episode/retrun, atLeast: 3 } }\n',
      'Did you mean "episode/return"?',
    ],
    ['no name', 'env: { id: bargaining }\nbudget: { envSteps: 1 }\n', 'x.yaml › name: not accepted: got nothing'],
    ['a name that is no folder', small.replace('small', 'a/b'), 'x.yaml › name: not accepted: got "a/b"'],
    ['broken YAML', `${small}rollout: { envs: 3\n`, 'x.yaml › line 5, column 1: not YAML'],
    [
      'a key that stands twice',
      `${small}name: again\n`,
      'x.yaml › line 4, column 1: not YAML (Map keys must be unique)',
    ],
    ['an empty file', '', 'x.yaml: not an experiment: got an empty file'],
    ['a list', '- 1\n- 2\n', 'x.yaml: not an experiment: got [1,2]'],
  ])('refuse %s', async (_, text, message) => {
    expect(await refusal(text)).toContain(message);
  });

  it.each(['vs/boulware/return', 'episode/return/player', 'game/jointAction/C,D', 'baseline/random/episode/return'])(
    'accept the target %s',
    async (metric) => {
      const [{ budget }] = await resolve(
        `${small.replace('{ envSteps: 1000 }', `{ target: { metric: "${metric}", atLeast: 3 } }`)}`,
      );
      expect(budget.target).toEqual({ metric, atLeast: 3 });
    },
  );

  it('accept what they gave back: a resolved experiment is its own configuration', async () => {
    const [config] = await resolve(small);
    const { variant, engine, ...rest } = config;
    const { backend, ...known } = engine;
    expect(resolveExperiment({ ...rest, engine: known }, 'config.json', catalogue)).toEqual(config);
  });

  it('leave the file that is extended to those who read files', () => {
    expect(() =>
      resolveExperiment(
        { name: 'x', extends: 'y.yaml', env: { id: 'bargaining' }, budget: { envSteps: 1 } },
        'x',
        catalogue,
      ),
    ).toThrow('x › extends: the base was not read');
  });
});

const role = (name: string, size: number, actions: number): Role => ({
  name,
  count: 1,
  observation: box([size], 0, 1),
  action: discrete(actions),
});

/** A world of two roles, with parameters whose schema drops what it does not know. */
function pair(roles: readonly Role[], commonReward = false): AnyEnv {
  return defineEnv({
    id: 'pair',
    params: z.object({ length: z.int().default(3) }),
    roles: () => roles,
    declares: () => ({ commonReward }),
    init: () => ({}),
    observe: (_state, _agent, out) => {
      out.fill(0);
    },
    step: () => true,
  });
}

function pairOf(roles: readonly Role[], more: string, commonReward = false): Parameters<typeof refusal> {
  return [
    `${start}env: { id: pair }\n${more}`,
    { in: { ...catalogue, worlds: catalogue.worlds.with(pair(roles, commonReward)) } },
  ];
}

describe('what the parts of an experiment ask of each other', () => {
  it('refuses to share parameters between roles that see or do different things', async () => {
    const unlike = [role('buyer', 2, 3), role('seller', 2, 4)];
    expect(await refusal(...pairOf(unlike, 'policy: { sharing: all }\n'))).toContain(
      'x.yaml › policy.sharing: the roles buyer and seller cannot share parameters: got observations of 2, actions discrete of 3; observations of 2, actions discrete of 4',
    );
    const alike = [role('buyer', 2, 3), role('seller', 2, 3)];
    expect(await resolve(...pairOf(alike, 'policy: { sharing: all }\n'))).toHaveLength(1);
    expect(
      await resolve(...pairOf(unlike, 'policy: { sharing: all }\nseats: { seller: { policy: random } }\n')),
    ).toHaveLength(1);
  });

  it('refuses a key that a forgiving schema would drop', async () => {
    const [text, layers] = pairOf([role('buyer', 2, 3)], '');
    expect(await refusal(text, { ...layers, set: ['env.params.lenght=4'] })).toContain('Did you mean "length"?');
  });

  it('refuses an algorithm that cannot learn the actions, or needs a common reward that there is not', async () => {
    const algorithm = catalogue.algorithms.get('ppo');
    const needs = { ...algorithm.needs, actions: ['box' as const] };
    const shelves = (changed: typeof algorithm) => ({ ...catalogue, algorithms: catalogue.algorithms.with(changed) });
    expect(await refusal(small, { in: shelves({ ...algorithm, needs }) })).toContain(
      'x.yaml › learner.algorithm: ppo cannot learn the actions of player: got discrete actions, expected box',
    );
    const team = shelves({ ...algorithm, needs: { ...algorithm.needs, commonReward: true } });
    expect(await refusal(small, { in: team })).toContain('ppo needs one reward for all');
    expect(await resolve(small, { in: team, set: ['env.params.reward=joint'] })).toHaveLength(1);
  });

  it('refuses a trained policy of another world, another role or other sizes', async () => {
    const stored = (env: string, name: string, observationSize: number): typeof catalogue => ({
      ...catalogue,
      findPolicy: (id, where) =>
        id !== 'results/old/seed-1'
          ? catalogue.findPolicy(id, where)
          : {
              kind: 'stored',
              id,
              models: {
                [name]: {
                  topology: { class_name: 'Model', config: {} },
                  weights: new Float32Array(0),
                  info: {
                    format: 'polity-policy/1',
                    env: { id: env, params: {} },
                    role: name,
                    observationSize,
                    action: { kind: 'discrete', parts: [121] },
                    normalisation: null,
                    provenance: {
                      experiment: 'old',
                      variant: null,
                      seed: 1,
                      algorithm: 'ppo',
                      envSteps: 1,
                      configHash: '',
                    },
                  },
                },
              },
            },
    });
    const text = `${small}evaluation: { opponents: [results/old/seed-1] }\n`;
    const size = 93;
    expect(await refusal(text, { in: stored('matrix-game', 'player', size) })).toContain(
      'was made for another world: got matrix-game, expected bargaining',
    );
    expect(await refusal(text, { in: stored('bargaining', 'buyer', size) })).toContain(
      'was not trained for this role: got buyer, expected player',
    );
    expect(await refusal(text, { in: stored('bargaining', 'player', 5) })).toContain(
      'was made for other parameters: got observations of 5',
    );
    expect(await resolve(text, { in: stored('bargaining', 'player', size) })).toHaveLength(1);
  });
});
