import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Notebook } from '../../scripts/run-notebooks.mjs';

const files = readdirSync('notebooks').filter((name) => name.endsWith('.ipynb'));

it('there is a notebook to begin with', () => {
  expect(files).toContain('getting-started.ipynb');
});

describe.each(files)('%s, as it is committed', (name) => {
  const source = readFileSync(join('notebooks', name), 'utf8');
  const notebook: Notebook = JSON.parse(source);
  const cells = notebook.cells.filter(({ cell_type }) => cell_type === 'code');

  it('is for the kernel of Deno and under 500 kB', () => {
    expect(notebook.metadata.kernelspec).toEqual({ display_name: 'Deno', language: 'typescript', name: 'deno' });
    expect(Buffer.byteLength(source)).toBeLessThan(500_000);
  });

  it('was run from top to bottom without an error', () => {
    expect(cells.map(({ execution_count }) => execution_count)).toEqual(cells.map((_, i) => i + 1));
    expect(cells.flatMap(({ outputs = [] }) => outputs.filter(({ output_type }) => output_type === 'error'))).toEqual(
      [],
    );
  });

  it('shows a figure wherever it says so, for plotly and as a picture', () => {
    const showing = cells.filter(({ source }) => source.join('').includes('await show('));
    expect(showing.length).toBeGreaterThan(0);
    for (const { outputs = [] } of showing) {
      const shown = outputs.filter(({ output_type }) => output_type === 'display_data');
      expect(shown.length).toBeGreaterThan(0);
      for (const { data = {} } of shown) {
        const { data: traces } = data['application/vnd.plotly.v1+json'] as { data: object[] };
        expect(traces.length).toBeGreaterThan(0);
        expect((data['image/svg+xml'] as string[]).join('')).toMatch(/^<svg .*<\/svg>$/s);
      }
    }
  });

  it('names no folder of the machine that it was run on', () => {
    expect(source).not.toMatch(/\/(home|root|tmp|Users|work)\//);
  });
});
