import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Notebook, runNotebook } from '../../scripts/run-notebooks.mjs';
import { findDeno, type Kernel, startKernel } from '../../scripts/run-notebooks-kernel.mjs';

const files = readdirSync('notebooks').filter((name) => name.endsWith('.ipynb'));

/** Deno is an optional tool: where npm has none for this machine, that is said and nothing else is asked. */
function hasDeno(): boolean {
  try {
    findDeno();
    return true;
  } catch (error) {
    console.warn(`NOTEBOOKS ARE NOT RUN: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}

describe.skipIf(!hasDeno())('notebooks', () => {
  describe('the kernel', () => {
    let kernel: Kernel;
    beforeAll(async () => {
      kernel = await startKernel('notebooks');
    }, 120_000);
    afterAll(() => kernel.close());

    it('keeps what cells declare, and returns what they print and what they come to', async () => {
      expect(await kernel.execute('const two: number = 2; console.log("a"); console.log("b")')).toEqual([
        { output_type: 'stream', name: 'stdout', text: 'a\nb\n' },
      ]);
      expect(await kernel.execute('two + 3')).toEqual([
        { output_type: 'execute_result', data: { 'text/plain': '5' }, metadata: {}, execution_count: 2 },
      ]);
    });

    it('carries large outputs whole', async () => {
      const [{ data = {} }] = await kernel.execute(
        'await Deno.jupyter.broadcast("display_data", { data: { "text/plain": "x".repeat(300_000) }, metadata: {} })',
      );
      expect(data['text/plain']).toHaveLength(300_000);
    });

    it('returns the error of a cell that throws', async () => {
      const [error] = await kernel.execute('throw new RangeError("too far")');
      expect(error).toMatchObject({ output_type: 'error', ename: 'RangeError', evalue: 'too far' });
    });
  });

  describe.each(files)('%s', (name) => {
    it('runs top to bottom and shows, cell by cell, the kinds of things that it is committed with', async () => {
      const file = join('notebooks', name);
      const ran = await runNotebook(file);
      expect(kinds(ran)).toEqual(kinds(JSON.parse(readFileSync(file, 'utf8'))));
    });
  });
});

const kinds = ({ cells }: Notebook) =>
  cells.map(({ outputs = [] }) => outputs.map(({ output_type, data = {} }) => [output_type, ...Object.keys(data)]));
