import { cpSync, existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { planRuns } from '#cli/plan-runs';
import { PolityError } from '#core';
import { polity } from './polity.ts';

const small = `name: small
env: { id: matrix-game }
rollout: { envs: 4, steps: 8, shards: 2 }
budget: { envSteps: 64 }
evaluation: { episodes: 4 }
`;
const bargaining = small.replace('matrix-game', 'bargaining');

/** A folder with a trained run of `small` in it. */
let trained = '';
const run = () => join(trained, 'results', 'small', 'seed-1');

beforeAll(() => {
  trained = mkdtempSync(join(tmpdir(), 'polity-'));
  const file = join(trained, 'x.yaml');
  writeFileSync(file, small);
  expect(polity(['train', file, '--out', join(trained, 'results'), '--quiet', '--threads', '1']).status).toBe(0);
});

/** Trains a file with this text in a new folder, and says whether anything was written there. */
function train(text: string, ...more: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'polity-'));
  const file = join(folder, 'x.yaml');
  writeFileSync(file, text);
  const answer = polity(['train', file, '--out', join(folder, 'results'), ...more]);
  return { ...answer, file, written: existsSync(join(folder, 'results')) };
}

const against = (policy: string) => `seats: { player: { policy: learner, opponents: ["${policy}"] } }\n`;

describe('bad input is refused in one line, before anything is written', () => {
  it.each([
    ['an unknown key', `${small}polcy: {}\n`, {}, '› polcy: unknown key. Did you mean "policy"?'],
    [
      'a wrong type',
      `${small}checkpoint: { everyUpdates: often }\n`,
      {},
      '› checkpoint.everyUpdates: not accepted: got "often", expected',
    ],
    [
      'a value out of range',
      `${small}learner: { gaeLambda: 1.2 }\n`,
      {},
      '› learner.gaeLambda: out of range: got 1.2, expected 0..1',
    ],
    [
      'an unknown world',
      small.replace('game', 'gane'),
      {},
      '› env.id: unknown world: got "matrix-gane". Did you mean "matrix-game"?',
    ],
    ['YAML that is broken', `${small}learner: { gamma: 0.9\nseed: 1\n`, {}, '› line 7, column 1: not YAML'],
    [
      '--set of a key that does not exist',
      small,
      { set: ['rollout.evns=8'] },
      '--set › rollout.evns: unknown key. Did you mean "envs"?',
    ],
    ['--set without a value', small, { set: ['rollout.envs'] }, '--set: not a setting: got "rollout.envs"'],
    [
      'an unknown variant',
      `${small}variants: { long: { env.params.rounds: 50 } }\n`,
      { variants: ['lonk'] },
      '--variant: ',
    ],
    ['a base that is missing', 'name: y\nextends: absent.yaml\n', {}, '› extends: '],
    ['a policy that is missing', small + against('results/absent/seed-1'), {}, '› seats.player.opponents.0: '],
    ['--seed together with --seeds', small, { seed: '1', seeds: '1..3' }, '--seed and --seeds together'],
  ])('%s', async (_, text, options, message) => {
    const file = join(mkdtempSync(join(tmpdir(), 'polity-')), 'x.yaml');
    writeFileSync(file, text);
    const error = await planRuns(file, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PolityError);
    const { message: said, detail } = error as PolityError;
    expect(said).toContain(message);
    expect(said).not.toContain('\n');
    expect(['input', 'usage']).toContain(detail.code);
  });

  it('with exit code 2, nothing on stdout, and no folder', () => {
    const { status, stdout, stderr, written } = train(`${small}polcy: {}\n`);
    expect(stderr).toMatch(/^\S+x\.yaml › polcy: unknown key\. Did you mean "policy"\?\n$/);
    expect([status, stdout, written]).toEqual([2, '', false]);
  });

  it('a policy whose weights are truncated', () => {
    const copy = join(mkdtempSync(join(tmpdir(), 'polity-')), 'player');
    cpSync(join(run(), 'policy', 'player'), copy, { recursive: true });
    const weights = join(copy, 'weights.bin');
    truncateSync(weights, readFileSync(weights).length - 4);
    const { status, stderr, written } = train(small + against(copy));
    expect(stderr).toMatch(/› seats\.player\.opponents\.0: .*weights\.bin/);
    expect([status, written]).toEqual([2, false]);
  });

  it('a policy that was made for another world', () => {
    const { status, stderr, written } = train(bargaining + against(run()));
    expect(stderr).toMatch(/› seats\.player\.opponents\.0: .*got matrix-game, expected bargaining/);
    expect([status, written]).toEqual([2, false]);
  });

  it('a policy that was made for other parameters', () => {
    const text = small.replace('matrix-game', 'matrix-game, params: { recall: 3 }');
    const { status, stderr } = train(text + against(run()));
    expect(stderr).toMatch(/› seats\.player\.opponents\.0: .*was made for other parameters/);
    expect(status).toBe(2);
    expect(train(small + against(run())).status).toBe(0);
  });

  it('a run folder that exists, naming what can be done', () => {
    const args = ['train', join(trained, 'x.yaml'), '--out', join(trained, 'results')];
    const before = readFileSync(join(run(), 'metrics.jsonl'), 'utf8');
    const { status, stderr } = polity(args);
    expect(stderr).toContain('exists already');
    expect(stderr).toContain('--resume');
    expect(stderr).toContain('--overwrite');
    expect([status, readFileSync(join(run(), 'metrics.jsonl'), 'utf8')]).toEqual([2, before]);
  });

  it('a place that cannot be written to', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'polity-')), 'file');
    writeFileSync(file, '');
    const { status, stderr } = train(small, '--out', join(file, 'below'), '--quiet');
    expect(stderr).toContain('cannot be written');
    expect(stderr).toContain('--out');
    expect(status).toBe(2);
  });

  it('a file that is missing, and a folder in its place', () => {
    expect(polity(['train', 'absent.yaml'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no such file'),
    });
    expect(polity(['train', trained])).toMatchObject({ status: 2, stderr: expect.stringContaining('a folder') });
  });

  it('the same as one JSON document, when asked for', () => {
    const { status, stdout, stderr, file } = train(`${small}learner: { gaeLambda: 1.2 }\n`, '--json');
    expect([status, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'input',
        where: `${file} › learner.gaeLambda`,
        message: 'out of range',
        got: '1.2',
        expected: '0..1',
      },
    });
  });
});

describe('layers on the command line', () => {
  it('train the experiment and its variants side by side, or those that are named', () => {
    const text = `${small}variants: { long: { env.params.rounds: 20 }, short: { env.params.rounds: 2 } }\n`;
    const folders = (stdout: string) =>
      ['small/', 'small.long/', 'small.short/'].filter((name) => stdout.includes(`results/${name}`));
    const all = train(text, '--quiet');
    expect([all.status, folders(all.stdout)]).toEqual([0, ['small/', 'small.long/', 'small.short/']]);
    const some = train(text, '--quiet', '--variant', 'short', '--variant', 'base');
    expect(folders(some.stdout)).toEqual(['small/', 'small.short/']);
  });

  it('write the configuration that they come to', () => {
    const args = ['--set', 'learner.gamma=0.5', '--seed', '7', '--quiet'];
    const { file } = train(small, ...args);
    const config = JSON.parse(readFileSync(join(file, '../results/small/seed-7/config.json'), 'utf8'));
    expect([config.learner.gamma, config.seed, config.variant]).toEqual([0.5, 7, null]);
  });
});
