import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#cli/catalogue';
import { readExperiment } from '#cli/read-experiment';
import { scaffold } from '#cli/scaffold/scaffold';
import { resolveLayers } from '#train';

const main = resolve('dist/src/cli/main.js');
const folder = () => mkdtempSync(join(tmpdir(), 'polity-'));

function run(cwd: string, command: string, ...args: string[]) {
  const env = { ...process.env, NODE_OPTIONS: '', VITEST: '', NODE_V8_COVERAGE: '' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env });
  return { status, stdout, stderr, all: stdout + stderr };
}

const make = (cwd: string, ...args: string[]) => run(cwd, process.execPath, main, 'new', ...args);

/** A project in which the package is installed. */
function project(): string {
  const path = folder();
  mkdirSync(join(path, 'node_modules'));
  symlinkSync(process.cwd(), join(path, 'node_modules', 'polity'));
  return path;
}

/** Polity's own tree as a new file sees it: its settings, and its folders by links. */
function repository(): string {
  const path = folder();
  for (const name of ['package.json', 'vite.config.ts', 'tsconfig.base.json']) cpSync(name, join(path, name));
  for (const name of ['src', 'node_modules']) symlinkSync(resolve(name), join(path, name));
  for (const shelf of ['envs', 'policies']) {
    mkdirSync(join(path, shelf));
    for (const name of readdirSync(shelf)) symlinkSync(resolve(shelf, name), join(path, shelf, name));
  }
  return path;
}

describe('polity new', () => {
  it('writes a world and a policy into a project, whose tests pass', () => {
    const path = project();
    expect(make(path, 'env', 'my-world')).toMatchObject({
      status: 0,
      stdout: 'envs/my-world.mjs\ntests/my-world.test.mjs\n',
    });
    expect(make(path, 'policy', 'my-mind')).toMatchObject({
      status: 0,
      stdout: 'policies/my-mind.mjs\ntests/my-mind.test.mjs\n',
    });
    const tests = run(path, process.execPath, '--test', 'tests/');
    expect(tests.all).toContain('# pass 5\n');
    expect(tests.status).toBe(0);
    const checked = run(path, process.execPath, main, 'check-env', 'envs/my-world.mjs');
    expect([checked.status, checked.stdout]).toEqual([0, 'ok  my-world\n1 passed, 0 failed\n']);
  });

  it('writes a world and a policy into Polity itself, whose tests pass', () => {
    const path = repository();
    expect(make(path, 'env', 'my-world').stdout).toBe('envs/my-world.ts\ntests/envs/my-world.test.ts\n');
    expect(make(path, 'policy', 'my-mind').stdout).toBe('policies/my-mind.ts\ntests/policies/my-mind.test.ts\n');
    const tests = run(path, process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--no-color');
    expect(tests.all).toMatch(/Tests +5 passed/);
    expect(tests.status).toBe(0);
  });

  it('writes into Polity itself as its formatter and linter want it', () => {
    const path = folder();
    cpSync('biome.json', join(path, 'biome.json'));
    for (const kind of ['env', 'policy']) {
      for (const { path: name, text } of scaffold(kind, 'my-thing', 'polity').files) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    }
    const biome = resolve('node_modules/@biomejs/biome/bin/biome');
    const { status, all } = run(path, process.execPath, biome, 'check', '--vcs-enabled=false', '.');
    expect([status, all]).toEqual([0, expect.stringContaining('Checked 5 files')]);
  });

  it('writes an experiment that resolves', async () => {
    const path = project();
    expect(make(path, 'experiment', 'my-question').stdout).toBe('experiments/my-question.yaml\n');
    const file = join(path, 'experiments', 'my-question.yaml');
    const configs = await resolveLayers({ file, read: readExperiment }, catalogue);
    expect(configs.map(({ name, variant }) => [name, variant])).toEqual([
      ['my-question', null],
      ['my-question', 'prosocial'],
    ]);
    const [, schema] = /\$schema=(\S+)/.exec(readFileSync(file, 'utf8')) ?? [];
    expect(existsSync(join(dirname(file), schema))).toBe(true);
  });

  it('says what to do next, unless it is to be quiet', () => {
    expect(make(project(), 'env', 'my-world').stderr).toContain('node --test tests/my-world.test.mjs');
    expect(make(project(), 'env', 'my-world', '--quiet').stderr).toBe('');
  });

  it('overwrites nothing, and then writes nothing at all', () => {
    const path = project();
    mkdirSync(join(path, 'tests'));
    writeFileSync(join(path, 'tests', 'my-world.test.mjs'), 'mine');
    const { status, stderr } = make(path, 'env', 'my-world');
    expect(stderr).toContain('tests/my-world.test.mjs: exists already');
    expect(status).toBe(2);
    expect([existsSync(join(path, 'envs')), readFileSync(join(path, 'tests', 'my-world.test.mjs'), 'utf8')]).toEqual([
      false,
      'mine',
    ]);
  });

  it('says where it cannot write', () => {
    const path = project();
    writeFileSync(join(path, 'envs'), 'a file');
    const { status, stderr } = make(path, 'env', 'my-world');
    expect([status, stderr]).toEqual([2, expect.stringContaining('envs/my-world.mjs: cannot be written')]);
  });

  it.each([
    ['an unknown kind', ['evn', 'x'], 'Did you mean "env"?'],
    ['a name with capitals', ['env', 'MyWorld'], 'small letters'],
    ['a path', ['env', '../x'], 'small letters'],
    ['a word of the language', ['policy', 'class'], 'no word of JavaScript'],
    ['no name', ['env'], "missing required argument 'name'"],
  ])('refuses %s', (_, args, message) => {
    const { status, stderr } = make(project(), ...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
