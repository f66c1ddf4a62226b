// Compiles the AssemblyScript kernels (src/engine/kernels) twice, for plain SIMD128 and for relaxed SIMD, and writes both
// modules as base64 into src/engine/simd/modules.ts, which is committed: installing the package compiles nothing.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const source = fileURLToPath(new URL('../src/engine/kernels/index.ts', import.meta.url));
const target = new URL('../src/engine/simd/modules.ts', import.meta.url);

const flags = [
  '-O3 --runtime stub --noAssert --noExportMemory --enable simd --enable threads',
  // Any shared memory given at run time fits these bounds.
  '--importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536',
].flatMap((line) => line.split(' '));

// Decorators on functions are AssemblyScript, not TypeScript: in the sources they are comments, so that other tools read them.
const readSource = async (name) => (await readFile(name, 'utf8')).replaceAll('// @inline\n', '@inline\n');

async function compile(more) {
  let bytes;
  const { error, stderr } = await main([source, '--outFile', 'kernels.wasm', ...flags, ...more], {
    readFile: (name) => readSource(name).catch(() => null),
    writeFile: (_name, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${stderr}`, { cause: error });
  return Buffer.from(bytes).toString('base64');
}

/** The text of modules.ts. */
export async function buildKernels() {
  const portable = await compile([]);
  const relaxed = await compile(['--enable', 'relaxed-simd']);
  const lines = (text) => text.match(/.{1,110}/g).map((part) => `  '${part}'`);
  const constant = (name, text) => `export const ${name} = [\n${lines(text).join(',\n')},\n].join('');\n`;
  return [
    '// Written by scripts/build-kernels.mjs from src/engine/kernels; do not edit.\n',
    constant('portableModule', portable),
    constant('relaxedModule', relaxed),
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await buildKernels();
  await writeFile(target, text);
  console.log(`src/engine/simd/modules.ts: ${text.length} characters`);
}
