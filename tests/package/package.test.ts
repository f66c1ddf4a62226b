import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, createConsumer, run } from './consumer.ts';

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const readme = readFileSync('README.md', 'utf8');
const example = (/```js\n([\s\S]*?)```/.exec(readme) ?? [])[1] as string;
const coin = `name: coin-toss
env: { id: matrix-game, params: { game: coordination } }
rollout: { envs: 16, steps: 16, shards: 4 }
budget: { envSteps: 2048 }
evaluation: { everyEnvSteps: 1024, episodes: 16 }
`;

let shelf: string;
let packed: Packed;
let tarball: string;
let consumer: Consumer;

// Packing builds first.
beforeAll(() => {
  shelf = mkdtempSync(join(tmpdir(), 'polity-tarball-'));
  const { status, stdout, stderr } = run('npm', ['pack', '--json', '--pack-destination', shelf]);
  if (status !== 0) throw new Error(stderr);
  [packed] = JSON.parse(stdout) as [Packed];
  tarball = join(shelf, packed.filename);
  consumer = createConsumer();
  const installed = consumer.run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', tarball);
  if (installed.status !== 0) throw new Error(installed.stderr);
}, 600_000);

afterAll(() => {
  consumer?.remove();
  rmSync(shelf, { recursive: true, force: true });
}, 120_000);

describe('the tarball', () => {
  it('is under 5 MB and holds programs and types, experiments and the page, but no tests, results or build records', () => {
    expect(packed.size).toBeLessThan(5_000_000);
    const paths = packed.files.map(({ path }) => path);
    for (const path of ['LICENSE', 'NOTICE', 'README.md', 'polity.schema.json', 'experiments/quickstart.yaml']) {
      expect(paths).toContain(path);
    }
    expect(paths).toContain('dist/assets/report-page.js');
    const strange = paths.filter(
      (path) =>
        !/^(LICENSE|NOTICE|README\.md|CHANGELOG\.md|package\.json|polity\.schema\.json)$/.test(path) &&
        !/^experiments\/([\w-]+\/)?[\w-]+\.yaml$/.test(path) &&
        path !== 'experiments/reference/table.json' &&
        !/^scripts\/[\w-]+\.sh$/.test(path) &&
        !/^dist\/(src|envs|policies)\/.*\.(js|d\.ts|json)$/.test(path) &&
        !/^dist\/assets\/[\w-]+\.(js|css|wasm)$/.test(path),
    );
    expect(strange).toEqual([]);
    expect(paths.filter((path) => /(^|\/)(tests?|results)\/|\.test\.|\.map$/.test(path))).toEqual([]);
  });

  it('asks at run time for nothing but what npm installs with it', () => {
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const installed = new Set([...Object.keys({ ...dependencies, ...optionalDependencies }), 'polity']);
    const root = join(consumer.folder, 'node_modules/polity');
    const asked = new Set<string>();
    for (const { path } of packed.files.filter(({ path }) =>
      /^dist\/(src|envs|policies)\/.*\.(js|d\.ts)$/.test(path),
    )) {
      // What `polity new` writes is text inside of its files, and imports for other projects.
      if (path.startsWith('dist/src/cli/scaffold/')) continue;
      for (const [, name] of readFileSync(join(root, path), 'utf8').matchAll(
        /^(?:import|export)\b[^'"`\n;]*?from '([^'.#][^']*)'|^import '([^'.#][^']*)'|\bimport\('([^'.#][^']*)'\)/gm,
      )) {
        if (name === undefined || name.startsWith('node:') || builtinModules.includes(name)) continue;
        asked.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] as string);
      }
    }
    expect(asked.size).toBeGreaterThan(4);
    expect([...asked].filter((name) => !installed.has(name))).toEqual([]);
  });

  it('is clean to publint and to attw', () => {
    const lint = run('node_modules/.bin/publint', ['--strict', tarball]);
    expect([lint.status, lint.stderr]).toEqual([0, '']);
    expect(lint.stdout).toContain('All good!');
    const types = run('node_modules/.bin/attw', ['--no-color', '--no-emoji', '--format', 'ascii', tarball]);
    expect([types.status, types.stdout]).toEqual([0, expect.stringContaining('(ESM)')]);
  });
});

describe('the package in an empty project', () => {
  it('trains the world of the README in JavaScript', () => {
    consumer.write('first.mjs', example);
    const { status, stdout, stderr } = consumer.run('node', 'first.mjs');
    expect([status, stderr]).toEqual([0, '']);
    expect(Number(stdout.trim())).toBeGreaterThan(0.95);
    expect(existsSync(join(consumer.folder, 'results/coin/seed-1/metrics.jsonl'))).toBe(true);
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])(
    'has types for strict TypeScript, declarations of its dependencies checked too: %s',
    (moduleResolution, module) => {
      const typed = example.replace("rows.at(-1)['episode/return']", "rows.at(-1)?.['episode/return']?.toFixed(2)");
      expect(typed).not.toBe(example);
      const wrong = `${typed}
import { discrete as choice } from 'polity/core';
import { worlds } from 'polity/envs';
import { policies } from 'polity/policies';
// @ts-expect-error a world's id is text
defineEnv({ ...coin, id: 7 });
// @ts-expect-error no such option
await train('experiment.yaml', { overwritten: true });
export const shelves: readonly string[] = [...worlds.ids, ...policies.ids, choice(2).kind];
`;
      consumer.write(`${moduleResolution}/first.mts`, wrong);
      const compilerOptions = { strict: true, noEmit: true, target: 'es2022', module, moduleResolution, types: [] };
      consumer.write(`${moduleResolution}/tsconfig.json`, JSON.stringify({ compilerOptions, include: ['first.mts'] }));
      const project = join(consumer.folder, moduleResolution);
      const { status, stdout } = run('node', ['node_modules/typescript/bin/tsc', '-p', project]);
      expect([status, stdout]).toEqual([0, '']);
    },
  );

  it('answers on the command line', () => {
    const { status, stdout, stderr } = consumer.run('npx', '--no-install', 'polity', '--help');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('train [options] <experiment>');
  });

  it('trains in worker threads, the same bytes as in one, and writes the page', () => {
    consumer.write('coin-toss.yaml', coin);
    const rows = ['1', '2'].map((threads) => {
      const out = `results-${threads}`;
      const args = ['train', 'coin-toss.yaml', '--threads', threads, '--out', out];
      const { status, stdout, stderr } = consumer.run('npx', '--no-install', 'polity', ...args);
      expect([status, stderr.replace(/^results.*\n/gm, '')]).toEqual([0, '']);
      const folder = join(consumer.folder, out, 'coin-toss/seed-1');
      expect(stdout).toContain(`report: ${out}/coin-toss/seed-1/report.html`);
      const page = readFileSync(join(folder, 'report.html'), 'utf8');
      expect(page).toContain('plotly.js');
      expect(page.length).toBeGreaterThan(500_000);
      return readFileSync(join(folder, 'metrics.jsonl'), 'utf8').replaceAll(/,"time\/\w+":[^,}]+/g, '');
    });
    expect(rows[0].trim().split('\n').length).toBeGreaterThan(2);
    expect(rows[1]).toBe(rows[0]);
  });

  it('trains seeds side by side in processes, compares them, and seats what they learned', () => {
    const polity = (...args: readonly string[]) => consumer.run('npx', '--no-install', 'polity', ...args);
    consumer.write('coin-toss.yaml', coin);
    const trained = polity('train', 'coin-toss.yaml', '--seeds', '2..3', '--jobs', '2');
    expect(trained.status, trained.stderr).toBe(0);
    const seeds = readdirSync(join(consumer.folder, 'results/coin-toss')).filter((name) => name.startsWith('seed-'));
    expect(seeds).toEqual(['seed-2', 'seed-3']);
    const compared = polity('compare', 'results/coin-toss', '--out', 'compared.html', '--json');
    expect(compared.status, compared.stderr).toBe(0);
    expect(JSON.parse(compared.stdout).groups[0].seeds).toHaveLength(2);
    const seated = polity('evaluate', 'results/coin-toss/seed-2', 'random', '--episodes', '16', '--json');
    expect(seated.status, seated.stderr).toBe(0);
    expect(JSON.parse(seated.stdout).env).toBe('matrix-game');
  });

  it('makes a new world that passes its own test and the conformance kit', () => {
    expect(consumer.run('npx', '--no-install', 'polity', 'new', 'env', 'market').status).toBe(0);
    const tested = consumer.run('node', '--test', 'tests/market.test.mjs');
    expect(tested.status, tested.stdout).toBe(0);
    const checked = consumer.run('npx', '--no-install', 'polity', 'check-env', 'envs/market.mjs');
    expect([checked.status, checked.stdout]).toEqual([0, expect.stringContaining('1 passed, 0 failed')]);
  });

  it('names its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(consumer.run('npx', '--no-install', 'polity', '--version').stdout.trim()).toBe(version);
  });
});
