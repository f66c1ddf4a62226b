import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildCommand, findTfjsBackends, loadTfjs, tfjsBackends } from '#cli/tfjs-backends';

/** Runs a module against the compiled doors in a Node of its own, whose `require` may be told to fail. */
function inNode(source: string) {
  const prelude = `
    import { createRequire } from 'node:module';
    import Module from 'node:module';
    const failing = (error) => {
      const load = Module._load;
      Module._load = (name, ...rest) => {
        if (name === '@tensorflow/tfjs-node') throw error;
        return load(name, ...rest);
      };
    };
    const doors = await import('#compiled/src/cli/tfjs-backends');
  `;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', prelude + source], { encoding: 'utf8' });
  return { stderr: run.stderr, result: run.status === 0 ? JSON.parse(run.stdout) : run.stderr };
}

describe('backends of tfjs', () => {
  it('are all told of: what each is, or why it is not there and what to do', async () => {
    const reports = await findTfjsBackends();
    expect(reports.map(({ backend }) => backend)).toEqual([...tfjsBackends]);
    for (const { backend, available, version, reason, remedy } of reports) {
      if (available) expect(version).toMatch(/^\d+\.\d+/);
      else
        expect([backend, reason, remedy]).toEqual(['tensorflow', expect.any(String), expect.stringContaining('npm')]);
    }
    expect(reports.filter(({ available }) => available).length).toBeGreaterThanOrEqual(2);
  });

  it('auto is the first that is there', async () => {
    const first = (await findTfjsBackends()).find(({ available }) => available);
    expect((await loadTfjs('auto')).backend).toBe(first?.backend);
  });

  it.each(['wasm', 'cpu'] as const)('%s computes when it is asked for', async (backend) => {
    const { tf } = await loadTfjs(backend);
    expect(tf.getBackend()).toBe(backend);
    expect([...tf.add(tf.tensor1d([1, 2]), 3).dataSync()]).toEqual([4, 5]);
  });

  it('start without a word on stderr', () => {
    const { stderr, result } = inNode(`
      const { tf } = await doors.loadTfjs('wasm');
      const { tf: again } = await doors.loadTfjs('cpu');
      console.log(JSON.stringify([...again.ones([2]).dataSync()]));
    `);
    expect([stderr, result]).toEqual(['', [1, 1]]);
  });

  it.each([
    [
      'npm dropped the package',
      `Object.assign(new Error("Cannot find module '@tensorflow/tfjs-node'"), { code: 'MODULE_NOT_FOUND' })`,
    ],
    [
      'it has no native part',
      `new Error('The Node.js native addon module (tfjs_binding.node) can not be found at path: x')`,
    ],
    ['its library does not load', `new Error('libtensorflow.so.2: cannot open shared object file\\nmore')`],
  ])('without tensorflow because %s, wasm is taken, and the report says why and what to do', (_why, error) => {
    const { result } = inNode(`
      failing(${error});
      const { backend } = await doors.loadTfjs('auto');
      const [tensorflow] = await doors.findTfjsBackends();
      let asked;
      try { await doors.loadTfjs('tensorflow'); } catch (error) { asked = error.message; }
      console.log(JSON.stringify({ backend, tensorflow, asked }));
    `);
    expect(result.backend).toBe('wasm');
    expect(result.tensorflow).toMatchObject({ backend: 'tensorflow', available: false });
    expect(result.tensorflow.reason).toMatch(
      /is not installed|without its native part|^libtensorflow\S+ cannot open shared object file$/,
    );
    expect(result.tensorflow.remedy).toContain('npm run tfjs-node');
    expect(result.asked).toContain(
      `engine.backend: the tfjs backend "tensorflow" is not there (${result.tensorflow.reason})`,
    );
  });
});

describe('the remedy for a missing tfjs-node', () => {
  it('is a command that exists where it is to be run', () => {
    expect(buildCommand('/home/ada/polity/')).toBe('npm run tfjs-node');
    const script = 'bash node_modules/polity/scripts/install-tfjs-node.sh';
    expect(buildCommand('/home/ada/city/node_modules/polity/')).toBe(script);
    expect(buildCommand('C:\\city\\node_modules\\polity\\')).toBe(script);
    expect(existsSync('scripts/install-tfjs-node.sh')).toBe(true);
    const { files, scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(files).toContain('scripts/install-tfjs-node.sh');
    expect(scripts['tfjs-node']).toBeDefined();
  });
});
