import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '#cli/catalogue';
import { writeCheckpoint } from '#cli/checkpoint-file';
import { configHash } from '#cli/config-hash';
import { readPolicy, writePolicies } from '#cli/policy-files';
import { toStoredModels } from '#cli/policy-info';
import { PolityError, type Space } from '#core';
import { createSimdEngine } from '#engine';
import { worlds } from '#envs';
import { soloTeam } from '#learn';
import {
  type ActionInfo,
  type Checkpoint,
  createProgram,
  type ExperimentConfig,
  evaluatePolicies,
  resolveExperiment,
  runTraining,
  soloCrew,
  type TrainingResult,
} from '#train';
import { fromDisk } from '../engine/model-files/saved-model.ts';

const engine = createSimdEngine({ kernels: 'portable' });

async function trained(change: object = {}): Promise<{
  readonly config: ExperimentConfig;
  readonly result: TrainingResult;
  readonly checkpoint: Checkpoint;
}> {
  const config = resolveExperiment(
    {
      name: 'small',
      env: { id: 'bargaining' },
      policy: { network: { hidden: [8] }, normaliseObservations: true },
      rollout: { envs: 4, steps: 8, shards: 2 },
      budget: { envSteps: 64 },
      evaluation: { episodes: 4, opponents: [] },
      ...change,
    },
    'test',
    catalogue,
  );
  let checkpoint: Checkpoint | undefined;
  const onCheckpoint = (one: Checkpoint) => {
    checkpoint = one;
  };
  const program = await createProgram(config, catalogue, createSimdEngine({ kernels: 'portable' }), soloTeam(2));
  const hooks = { onRow: () => {}, onCheckpoint };
  const result = await runTraining(config, catalogue, soloCrew(program), hooks);
  return { config, result, checkpoint: checkpoint! };
}

let run = '';

function save({ config, result }: Awaited<ReturnType<typeof trained>>): void {
  writeFileSync(join(run, 'config.json'), JSON.stringify(config));
  writePolicies(run, toStoredModels(config, catalogue, result.policies, result.envSteps));
}

const actionInfoOf = (space: Space) => ({ kind: 'discrete', parts: [space.kind === 'discrete' ? space.n : -1] });

function refusal(act: () => unknown): PolityError['detail'] {
  try {
    act();
  } catch (error) {
    if (error instanceof PolityError) return error.detail;
    throw error;
  }
  throw new Error('was accepted');
}

beforeEach(() => {
  run = join(mkdtempSync(join(tmpdir(), 'polity-')), 'seed-1');
  mkdirSync(run);
});

describe('a trained policy on disk', () => {
  let one: Awaited<ReturnType<typeof trained>>;
  beforeAll(async () => {
    await tf.setBackend('cpu');
    one = await trained();
  });

  it('is read back bit for bit from its run, its folder, the folder of policies and its model.json', () => {
    save(one);
    const [policy] = one.result.policies;
    for (const path of [run, join(run, 'policy'), join(run, 'policy/player'), join(run, 'policy/player/model.json')]) {
      const { id, models } = readPolicy(path, catalogue);
      expect([id, Object.keys(models)]).toEqual([path, ['player']]);
      expect(models.player.weights).toEqual(policy.params);
      expect(models.player.topology).toEqual(policy.topology);
    }
  });

  it('says what it was trained for', () => {
    save(one);
    const { info } = readPolicy(run, catalogue).models.player;
    const { count, mean, squares } = one.result.policies[0].normalisation!;
    expect(info).toMatchObject({
      format: 'polity-policy/1',
      env: { id: 'bargaining', params: one.config.env.params },
      role: 'player',
      action: actionInfoOf(worlds.get('bargaining').roles(one.config.env.params)[0].action),
      normalisation: { mean, variance: squares.map((sum) => sum / count) },
      network: { architecture: 'mlp', hidden: [8], activation: 'tanh' },
      provenance: {
        experiment: 'small',
        variant: null,
        seed: 1,
        algorithm: 'ppo',
        envSteps: 64,
        configHash: configHash(one.config),
        agents: ['player_0', 'player_1'],
      },
    });
    expect(info.observationFields?.reduce((sum, { size }) => sum + size, 0)).toBe(info.observationSize);
  });

  it('is loaded by tf.loadLayersModel and gives the same numbers there', async () => {
    save(one);
    const model = await tf.loadLayersModel(fromDisk(join(run, 'policy/player/model.json')));
    const { topology, weights, info } = readPolicy(run, catalogue).models.player;
    const network = engine.createNetwork(topology);
    network.params.set(weights);
    network.paramsChanged();
    const row = Float32Array.from({ length: info.observationSize }, (_, i) => Math.sin(i));
    const [ours] = network.forward([row], 1);
    const theirs = (model.predict(tf.tensor2d(row, [1, row.length])) as tf.Tensor).dataSync();
    expect(theirs.length).toBe(network.outputSizes[0]);
    theirs.forEach((value, i) => {
      expect(ours[i]).toBeCloseTo(value, 5);
    });
  });

  it('comes from the last checkpoint while its run has not ended', () => {
    writeFileSync(join(run, 'config.json'), JSON.stringify(one.config));
    writeCheckpoint(join(run, 'checkpoints'), one.checkpoint);
    for (const path of [run, join(run, 'checkpoints'), join(run, 'checkpoints/latest')]) {
      const { weights, info } = readPolicy(path, catalogue).models.player;
      expect(weights).toEqual(one.result.policies[0].params);
      expect(info.provenance.envSteps).toBe(64);
    }
  });

  it('takes a seat in an evaluation by its path', () => {
    save(one);
    const request = { env: 'bargaining', params: {}, episodes: 4, seed: 1, greedy: false };
    const { seatings } = evaluatePolicies(catalogue, engine, { policies: [run, 'random'], ...request });
    expect(seatings.map(({ seats }) => seats)).toEqual([
      { 'player[0]': run, 'player[1]': 'random' },
      { 'player[0]': 'random', 'player[1]': run },
    ]);
  });

  it('is written whole in place of the one before, with nothing left beside it', () => {
    save(one);
    save(one);
    expect(readdirSync(join(run, 'policy'))).toEqual(['player']);
    expect(readdirSync(join(run, 'policy/player')).sort()).toEqual(['model.json', 'policy.json', 'weights.bin']);
  });

  describe('is refused', () => {
    const folder = () => join(run, 'policy/player');
    const edit = (file: string, change: (json: ReturnType<typeof JSON.parse>) => void) => {
      const json = JSON.parse(readFileSync(join(folder(), file), 'utf8'));
      change(json);
      writeFileSync(join(folder(), file), JSON.stringify(json));
    };
    beforeEach(() => save(one));

    it('when its path leads nowhere', () => {
      const path = join(run, '../seed-2');
      expect(refusal(() => catalogue.findPolicy(path, 'seats.player.policy'))).toMatchObject({
        code: 'input',
        where: 'seats.player.policy',
        message: `${path}: cannot be read (no such file or folder)`,
      });
    });

    it('when its weights are cut short, naming the file and the bytes', () => {
      const weights = readFileSync(join(folder(), 'weights.bin'));
      writeFileSync(join(folder(), 'weights.bin'), weights.subarray(0, 100));
      const detail = refusal(() => readPolicy(run, catalogue));
      expect(detail).toMatchObject({ message: 'cut short', got: '100 bytes', expected: `${weights.length} bytes` });
      expect(detail.where).toContain('model.json › weights.bin');
    });

    it('when its model.json is torn', () => {
      const text = readFileSync(join(folder(), 'model.json'), 'utf8');
      writeFileSync(join(folder(), 'model.json'), text.slice(0, 300));
      expect(refusal(() => readPolicy(run, catalogue)).message).toContain('not JSON');
    });

    it.each(['weights.bin', 'policy.json'])('when its %s is missing', (file) => {
      rmSync(join(folder(), file));
      const detail = refusal(() => readPolicy(run, catalogue));
      expect(detail.where).toBe(join(folder(), file));
      expect(detail.message).toMatch(/cannot be read|missing/);
    });

    it('when its policy.json is of another format, or of another network', () => {
      edit('policy.json', (info) => {
        info.format = 'polity-policy/2';
      });
      expect(refusal(() => readPolicy(run, catalogue))).toMatchObject({
        where: `${join(folder(), 'policy.json')} › format`,
        got: '"polity-policy/2"',
      });
      save(one);
      edit('policy.json', (info) => {
        info.observationSize = 7;
      });
      expect(refusal(() => readPolicy(run, catalogue))).toMatchObject({
        message: 'does not fit the network',
        got: '7 numbers',
      });
      save(one);
      edit('policy.json', (info) => {
        info.action.parts = [3];
      });
      expect(refusal(() => readPolicy(run, catalogue)).where).toContain('› action');
    });

    it('in another world, or where observations or actions are others, with both shown', () => {
      const evaluate = (env: string) => () =>
        evaluatePolicies(catalogue, engine, {
          policies: [run, 'random'],
          env,
          params: {},
          episodes: 1,
          seed: 1,
          greedy: false,
        });
      expect(refusal(evaluate('matrix-game'))).toMatchObject({ got: 'matrix-game', expected: 'bargaining' });
      edit('policy.json', (info) => {
        info.env.id = 'matrix-game';
      });
      const detail = refusal(evaluate('matrix-game'));
      expect(detail.got).toMatch(/^\d+ observed numbers, actions discrete 2$/);
      expect(detail.expected).toMatch(/^93 observed numbers, actions discrete \d+$/);
    });

    it('when there is neither a model nor a checkpoint', () => {
      renameSync(join(run, 'policy'), join(run, 'old'));
      expect(refusal(() => readPolicy(run, catalogue)).message).toContain('holds no policy');
    });
  });
});

describe('policies that are shared in other ways', () => {
  it('of every agent its own have a folder each, and a run of them must be told which', async () => {
    save(await trained({ policy: { network: { hidden: [4] }, sharing: 'agent' } }));
    expect(readdirSync(join(run, 'policy')).sort()).toEqual(['player_0', 'player_1']);
    expect(refusal(() => readPolicy(run, catalogue))).toMatchObject({
      message: 'has several policies of the role player',
      remedy: `Name one of them: ${join(run, 'policy/player_0')}, ${join(run, 'policy/player_1')}`,
    });
    const { info } = readPolicy(join(run, 'policy/player_1'), catalogue).models.player;
    expect(info.provenance.agents).toEqual(['player_1']);
  });

  it('of box actions keep bounds that are infinite', async () => {
    const { result, config } = await trained({ env: { id: 'simple-spread', params: { continuous: true } } });
    const models = toStoredModels(config, catalogue, result.policies, 1);
    const [[role, model]] = models;
    const { length } = (model.info.action as ActionInfo & { kind: 'box' }).low;
    const low = Array.from({ length }, () => Number.NEGATIVE_INFINITY);
    const action = { kind: 'box', low, high: [1, ...low.slice(1).map(() => Number.POSITIVE_INFINITY)] } as const;
    writePolicies(run, new Map([[role, { ...model, info: { ...model.info, action } }]]));
    expect(readPolicy(join(run, 'policy'), catalogue).models[role].info.action).toEqual(action);
  });
});

describe('what an argument names', () => {
  it('is a registered policy where there is one of that name, and a path otherwise', () => {
    expect(catalogue.findPolicy('always(0)').kind).toBe('registered');
    expect(refusal(() => catalogue.findPolicy('randon', 'here')).remedy).toContain('Did you mean "random"?');
    expect(refusal(() => catalogue.findPolicy('./random', 'here')).message).toContain('cannot be read');
    expect(refusal(() => catalogue.findPolicy('model.json', 'here')).message).toContain('cannot be read');
  });
});

describe('the hash of a configuration', () => {
  it('does not depend on the order of keys, and does on every value', () => {
    expect(configHash({ a: 1, b: { c: [1, 2], d: 2 } })).toBe(configHash({ b: { d: 2, c: [1, 2] }, a: 1 }));
    expect(configHash({ a: 1 })).not.toBe(configHash({ a: 2 }));
    expect(configHash({ a: [1, 2] })).not.toBe(configHash({ a: [2, 1] }));
  });
});
