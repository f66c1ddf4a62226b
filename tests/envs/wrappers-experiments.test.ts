import { describe, expect, it } from 'vitest';
import { toStoredModels } from '#cli/policy-info';
import { createStreams, type EpisodeRecord, type MetricRow, verifyEpisode } from '#core';
import { createSimdEngine } from '#engine';
import { worlds } from '#envs';
import { soloTeam } from '#learn';
import {
  createProgram,
  type ExperimentConfig,
  evaluatePolicies,
  runTraining,
  soloCrew,
  storedPolicy,
  worldOf,
} from '#train';
import { catalogue, refusal, resolve } from '../train/experiment.ts';

const text = (env: string, more = '') => `name: x
env: ${env}
budget: { envSteps: 512 }
rollout: { envs: 4, steps: 32, shards: 2 }
evaluation: { episodes: 4, replays: 2, everyEnvSteps: 512 }
engine: { kernels: portable }
${more}`;

async function train(config: ExperimentConfig) {
  const rows: MetricRow[] = [];
  const records: EpisodeRecord[] = [];
  const program = await createProgram(config, catalogue, createSimdEngine({ kernels: 'portable' }), soloTeam(2));
  const result = await runTraining(config, catalogue, soloCrew(program), {
    onRow: (row) => rows.push(row),
    onCheckpoint: () => {},
    onReplays: (list) => records.push(...list),
  });
  return { rows, records, policies: result.policies, envSteps: result.envSteps };
}

describe('wrappers of an experiment', () => {
  it('are kept with every option, and make the world that is played', async () => {
    const env = '{ id: simple-spread, wrappers: [{ id: frame-stack, frames: 2 }, { id: agent-indicator }] }';
    const [config] = await resolve(text(env));
    expect(config.env.wrappers).toEqual([
      { id: 'frame-stack', frames: 2, fill: 'first' },
      { id: 'agent-indicator', among: 'all' },
    ]);
    const world = worldOf(config, catalogue);
    expect(world.id).toBe('simple-spread+frame-stack:frames=2,fill=first+agent-indicator:among=all');
    // Twice the 18 numbers of simple-spread, and one of three agents.
    expect(world.roles(config.env.params)[0].observation.low).toHaveLength(2 * 18 + 3);
    const [plain] = await resolve(text('{ id: simple-spread }'));
    expect(plain.env.wrappers).toEqual([]);
    expect(worldOf(plain, catalogue)).toBe(worlds.get('simple-spread'));
  });

  it.each([
    [
      '[{ id: frame-stock }]',
      'x.yaml › env.wrappers.0.id: unknown wrapper: got "frame-stock". Did you mean "frame-stack"?',
    ],
    [
      '[{ id: pad }, { id: frame-stack, frames: 0 }]',
      'x.yaml › env.wrappers.1.frames: out of range: got 0, expected 2..64',
    ],
    ['[{ id: frame-stack, frame: 4 }]', 'x.yaml › env.wrappers.0.frame: unknown key. Did you mean "frames"?'],
    ['[{ frames: 4 }]', 'x.yaml › env.wrappers.0.id'],
  ])('are refused where they do not fit: %s', async (list, message) => {
    expect(await refusal(text(`{ id: simple-spread, wrappers: ${list} }`))).toContain(message);
  });

  it('make a world with rewards of their own trainable by VDN, and by scripted opponents playable', async () => {
    const learner = 'learner: { algorithm: vdn }\npolicy: { network: { hidden: [8] } }';
    expect(await refusal(text('{ id: simple-spread }', learner))).toContain('vdn needs one reward for all');
    const env = '{ id: simple-spread, wrappers: [{ id: common-reward }] }';
    const opponents = text(env, learner).replace('episodes: 4', 'episodes: 4, opponents: [greedy-spread]');
    const [config] = await resolve(opponents);
    const { rows, records, policies, envSteps } = await train(config);
    expect(rows.at(-1)?.envSteps).toBe(512);
    const baseline = rows[0]['baseline/greedy-spread/episode/return'];
    expect(baseline).toBeGreaterThan(rows[0]['baseline/random/episode/return'] as number);

    // A record says by its id what was played, and is replayed from it.
    const world = worlds.get(records[0].env);
    expect(world.id).toBe('simple-spread+common-reward:of=mean');
    expect(records.map((record) => verifyEpisode(record, world))).toEqual(records.map(() => null));
    for (const row of records[0].rewards) expect(new Set(row).size).toBe(1);

    // What was trained plays the wrapped world and the plain one, by the same observations and actions.
    const models = Object.fromEntries(toStoredModels(config, catalogue, policies, envSteps));
    expect(models.agent.info.env).toEqual({ id: world.id, params: config.env.params, seatsAs: 'simple-spread' });
    const engine = createSimdEngine({ kernels: 'portable' });
    const stored = { kind: 'stored', id: 'trained', models } as const;
    const shelves = { ...catalogue, findPolicy: () => stored };
    for (const id of [world.id, 'simple-spread']) {
      const request = { policies: ['trained'], env: id, params: {}, episodes: 2, seed: 1, greedy: true };
      expect(evaluatePolicies(shelves, engine, request).seatings[0].seats['agent[0]']).toBe('trained');
    }
    const role = { ...models.agent.info, name: 'agent' };
    const rng = createStreams(1).stream('policy');
    const act = () =>
      storedPolicy(stored, engine, true).createActor({
        env: { id: 'simple-tag', params: {} },
        role: role as never,
        rows: 1,
        rng,
      });
    expect(act).toThrow('made for another world');
  });

  it('let those play who find what they need by name, and nobody who was made for other numbers', async () => {
    const against = (wrapper: string) => {
      const env = `{ id: simple-spread, wrappers: [{ id: ${wrapper} }] }`;
      return text(env).replace('episodes: 4', 'episodes: 4, opponents: [greedy-spread]');
    };
    const [config] = await resolve(against('frame-stack'));
    const { rows } = await train(config);
    const [greedy, random] = ['greedy-spread', 'random'].map(
      (id) => rows[0][`baseline/${id}/episode/return`] as number,
    );
    expect(greedy).toBeGreaterThan(random + 20);
    expect(await refusal(against('normalise-observations'))).toContain('evaluation.opponents.0: greedy-spread');
  });

  it('let roles with other spaces share parameters', async () => {
    const sharing = 'policy: { sharing: all, network: { hidden: [8] } }';
    expect(await refusal(text('{ id: simple-speaker-listener }', sharing))).toContain('cannot share parameters');
    const env = '{ id: simple-speaker-listener, wrappers: [{ id: pad }, { id: agent-indicator }] }';
    const [config] = await resolve(text(env, sharing));
    const { rows, policies } = await train(config);
    expect(policies.map(({ name }) => name)).toEqual(['all']);
    expect(rows.at(-1)).toHaveProperty('episode/return');
  });

  it('are worlds of a policy on the command line too', () => {
    const engine = createSimdEngine({ kernels: 'portable' });
    const env = 'matrix-game+reward-sharing:prosociality=1';
    const request = { policies: ['grim'], env, params: { rounds: 3 }, episodes: 2, seed: 1, greedy: false };
    const { env: id, seatings } = evaluatePolicies(catalogue, engine, request);
    expect(id).toBe('matrix-game+reward-sharing:prosociality=1,of=mean');
    expect(seatings[0].seats['row[0]'] ?? seatings[0].seats['player[0]']).toBe('grim');
  });
});
