// Runs notebooks top to bottom on the Deno kernel and writes what their cells printed and showed back into them. With --check
// it writes nothing: it fails where a notebook as committed shows something else.
//
//   node scripts/run-notebooks.mjs [--check] [FILE.ipynb…]     default: all of notebooks/
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { startKernel } from './run-notebooks-kernel.mjs';

const folder = fileURLToPath(new URL('../notebooks', import.meta.url));

/** What the cells of a notebook give, as the notebook with these outputs. Throws at the first cell that fails. */
export async function runNotebook(file) {
  const notebook = JSON.parse(await readFile(file, 'utf8'));
  const kernel = await startKernel(dirname(resolve(file)));
  try {
    let count = 0;
    for (const cell of notebook.cells.filter(({ cell_type }) => cell_type === 'code')) {
      const source = [cell.source].flat().join('');
      cell.outputs = (await kernel.execute(source)).map(toDisk);
      cell.execution_count = ++count;
      const failed = cell.outputs.find(({ output_type }) => output_type === 'error');
      if (failed) throw new Error(`${file}, cell ${count}: ${failed.traceback.join('\n')}\n\n${source}`);
    }
  } finally {
    await kernel.close();
  }
  return notebook;
}

/** Notebooks hold text as a list of lines, which keeps their differences short. */
function toDisk(output) {
  if (output.text !== undefined) return { ...output, text: lines(output.text) };
  if (output.data === undefined) return output;
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    typeof value === 'string' ? lines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(data) };
}

const lines = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Numbers of the code cells that show something else than those of `other`. */
export function differentCells(notebook, other) {
  const shown = ({ cells }) => cells.filter(({ cell_type }) => cell_type === 'code').map(({ outputs }) => outputs);
  const [ours, theirs] = [shown(notebook), shown(other)];
  return ours.flatMap((outputs, i) => (isDeepStrictEqual(outputs, theirs[i]) ? [] : [i + 1]));
}

async function main(args) {
  const check = args.includes('--check');
  const named = args.filter((arg) => arg !== '--check');
  const found = (await readdir(folder)).filter((name) => name.endsWith('.ipynb')).sort();
  const files = named.length > 0 ? named : found.map((name) => join(folder, name));
  let failures = 0;
  for (const file of files) {
    const start = performance.now();
    try {
      const ran = await runNotebook(file);
      const different = check ? differentCells(ran, JSON.parse(await readFile(file, 'utf8'))) : [];
      if (different.length > 0)
        throw new Error(`${file} shows something else now in code cells ${different.join(', ')}`);
      if (!check) await writeFile(file, `${JSON.stringify(ran, null, 1)}\n`);
      console.log(`${file}: ok, ${((performance.now() - start) / 1000).toFixed(1)} s`);
    } catch (error) {
      failures++;
      console.error(error.message);
    }
  }
  return failures === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
