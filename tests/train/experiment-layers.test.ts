import { describe, expect, it } from 'vitest';
import { refusal, resolve } from './experiment.ts';

const small = `
name: small
env: { id: bargaining, params: { maxTurns: 6 } }
learner: { gamma: 0.9, epochs: 2 }
budget: { envSteps: 2_000_000 }
`;
const withVariants = `${small}
variants:
  prosocial: { env.params.reward: joint }
  long: { env.params.maxTurns: 20, learner.gamma: 0.99 }
`;

describe('layers of an experiment', () => {
  it('reads numbers with underscores', async () => {
    const [{ budget, evaluation }] = await resolve(small);
    expect(budget.envSteps).toBe(2_000_000);
    expect(evaluation.everyEnvSteps).toBe(2_000_000 / 20);
  });

  it('takes what a file does not say from the file it extends, key by key', async () => {
    const base = `${small.replace('small', 'below')}description: another question\nevaluation: { opponents: [random, boulware] }\n`;
    const text = 'name: above\nextends: base/below.yaml\nlearner: { gamma: 0.5 }\nevaluation: { opponents: [fair] }\n';
    const [config] = await resolve(text, { more: { 'base/below.yaml': base } });
    expect(config).toMatchObject({ name: 'above', description: '', env: { params: { maxTurns: 6 } } });
    expect([config.learner.gamma, config.learner.epochs]).toEqual([0.5, 2]);
    expect(config.evaluation.opponents).toEqual(['fair']);
  });

  it('follows chains of files, each path relative to the file it stands in', async () => {
    const more = {
      'a/one.yaml': 'name: one\nextends: b/two.yaml\nlearner: { gamma: 0.3 }\n',
      'a/b/two.yaml': small,
    };
    const [config] = await resolve('name: top\nextends: a/one.yaml\nlearner: { epochs: 7 }\n', { more });
    expect([config.learner.gamma, config.learner.epochs, config.env.params.maxTurns]).toEqual([0.3, 7, 6]);
  });

  it('refuses files that extend each other in a circle, and shows the circle', async () => {
    const more = { 'y.yaml': 'name: y\nextends: x.yaml\n' };
    expect(await refusal('name: x\nextends: y.yaml\n', { more })).toContain('x.yaml -> y.yaml -> x.yaml');
    expect(await refusal('name: x\nextends: x.yaml\n')).toContain('x.yaml › extends');
  });

  it('asks for a name of its own in a file that extends another', async () => {
    expect(await refusal('extends: y.yaml\n', { more: { 'y.yaml': small } })).toMatch(/^x\.yaml › name: /);
  });

  it('begins a part anew when a file names another world than the one it extends', async () => {
    const text = 'name: other\nextends: y.yaml\nenv: { id: matrix-game, params: { rounds: 3 } }\n';
    const [config] = await resolve(text, { more: { 'y.yaml': small } });
    expect(config.env.params).toMatchObject({ rounds: 3, game: 'prisoners-dilemma' });
    expect(config.env.params).not.toHaveProperty('maxTurns');
  });

  it('gives the experiment itself and then its variants, in the order of the file', async () => {
    const configs = await resolve(withVariants);
    expect(configs.map(({ variant }) => variant)).toEqual([null, 'prosocial', 'long']);
    expect(configs.map(({ env }) => [env.params.reward, env.params.maxTurns])).toEqual([
      ['own', 6],
      ['joint', 6],
      ['own', 20],
    ]);
    expect(configs.map(({ learner }) => learner.gamma)).toEqual([0.9, 0.9, 0.99]);
  });

  it('takes only the variants that are asked for, `base` being the experiment itself', async () => {
    const chosen = async (...variants: string[]) => (await resolve(withVariants, { variants })).map((c) => c.variant);
    expect(await chosen('long')).toEqual(['long']);
    expect(await chosen('base')).toEqual([null]);
    expect(await chosen('long', 'base', 'long')).toEqual(['long', null]);
    expect(await refusal(withVariants, { variants: ['prosical'] })).toContain('Did you mean "prosocial"?');
  });

  it('takes a value in the place of a file', async () => {
    const value = {
      extends: 'y.yaml',
      name: 'made',
      learner: { gamma: 0.1 },
      variants: { far: { 'learner.gamma': 0.2 } },
    };
    const configs = await resolve('', { value, more: { 'y.yaml': small } });
    expect(configs.map(({ name, learner }) => [name, learner.gamma])).toEqual([
      ['made', 0.1],
      ['made', 0.2],
    ]);
  });

  it('leaves the experiment itself out when one of its variants is the same, unless it is asked for', async () => {
    const text = `${small}variants: { selfish: { env.params.reward: own }, prosocial: { env.params.reward: joint } }\n`;
    const names = async (variants: readonly string[]) => (await resolve(text, { variants })).map((c) => c.variant);
    expect(await names([])).toEqual(['selfish', 'prosocial']);
    expect(await names(['base', 'selfish'])).toEqual([null, 'selfish']);
  });

  it('adds variants to those of the file that it extends', async () => {
    const text =
      'name: top\nextends: y.yaml\nvariants: { short: { env.params.maxTurns: 2 }, long: { env.params.maxTurns: 30 } }\n';
    const configs = await resolve(text, { more: { 'y.yaml': withVariants } });
    expect(configs.map(({ variant, env }) => [variant, env.params.maxTurns])).toEqual([
      [null, 6],
      ['prosocial', 6],
      ['long', 30],
      ['short', 2],
    ]);
  });

  it('lets --set win over the variant, and flags over --set', async () => {
    const set = ['learner.gamma=0.7', 'seed=5', 'evaluation.opponents=[fair, boulware]', 'budget.envSteps=1_000'];
    const [config] = await resolve(withVariants, { variants: ['long'], set, flags: { seed: 9 } });
    expect([config.learner.gamma, config.seed, config.budget.envSteps]).toEqual([0.7, 9, 1000]);
    expect(config.evaluation.opponents).toEqual(['fair', 'boulware']);
  });

  it('replaces a whole part when the key names the part', async () => {
    const [config] = await resolve(small, { set: ['learner={ algorithm: ppo, clip: 0.1 }'] });
    expect([config.learner.gamma, config.learner.clip]).toEqual([0.99, 0.1]);
  });

  it('reaches into lists by place', async () => {
    const text = `${small}evaluation: { opponents: [random, fair] }\n`;
    const [config] = await resolve(text, { set: ['evaluation.opponents.1=boulware'] });
    expect(config.evaluation.opponents).toEqual(['random', 'boulware']);
    expect(await refusal(text, { set: ['evaluation.opponents.2=boulware'] })).toContain('a list of 2');
  });
});

describe('messages about layers', () => {
  it.each([
    ['the file', `${small}evaluation: { episodes: 0 }\n`, {}, 'x.yaml › evaluation.episodes: '],
    [
      'the file that is extended',
      'name: x\nextends: y.yaml\n',
      { more: { 'y.yaml': small.replace('0.9', '9') } },
      'y.yaml › learner.gamma: ',
    ],
    ['the variant', `${small}variants: { far: { learner.gamma: 9 } }\n`, {}, 'x.yaml › variants.far › learner.gamma: '],
    ['--set', small, { set: ['learner.gamma=9'] }, '--set › learner.gamma: '],
    ['the option', small, { flags: { seed: 1.5 } }, '--seed › seed: '],
  ])('name %s where a bad value stands', async (_, text, layers, start) => {
    expect((await refusal(text, layers)).startsWith(start)).toBe(true);
  });

  it('names the file for a value that --set or a variant gave beside it', async () => {
    expect(await refusal(small.replace('0.9', '9'), { set: ['learner.clip=0.1'] })).toMatch(
      /^x\.yaml › learner\.gamma/,
    );
  });

  it.each([
    [['lerner.gamma=0.9'], '--set › lerner: unknown key. Did you mean "learner"?'],
    [['learner.gama=0.9'], '--set › learner.gama: unknown key. Did you mean "gamma"?'],
    [['env.params.maxTurn=9'], '--set › env.params.maxTurn: unknown key. Did you mean "maxTurns"?'],
    [['rollout.env=9'], '--set › rollout.env: unknown key. Did you mean "envs"?'],
    [['policy.network.hiden=[9]'], '--set › policy.network.hiden: unknown key. Did you mean "hidden"?'],
    [['seed.x=9'], '--set › seed: not accepted: got {"x":9}'],
    [['name.x=9'], '--set › name.x: name has no key "x": got "small", expected keys below it'],
    [['learner.=9'], '--set › learner.: not a key'],
    [['learner.gamma'], '--set: not a setting: got "learner.gamma", expected key=value'],
    [['learner.gamma=[1'], '--set learner.gamma › line 1, column 3: not YAML'],
    [['extends=y.yaml'], '--set extends: extends can be set in a file only'],
    [['variants.long={}'], 'Choose variants with --variant'],
  ])('refuse --set %s', async (set, message) => {
    expect(await refusal(small, { set })).toContain(message);
  });

  it.each([
    ['base', '{ learner.gamma: 0.5 }', 'base'],
    ['Upper', '{ learner.gamma: 0.5 }', 'small letters'],
    ['plain', '3', 'x.yaml › variants.plain'],
    ['seeded', '{ seed: 3 }', 'a variant cannot set seed'],
    ['named', '{ name: other }', 'extends x.yaml'],
  ])('refuse the variant %s: %s', async (name, settings, message) => {
    expect(await refusal(`${small}variants: { ${name}: ${settings} }\n`)).toContain(message);
  });
});
