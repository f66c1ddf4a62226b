import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { buildKernels } from '../../../scripts/build-kernels.mjs';

it('the committed modules are what the AssemblyScript sources compile to', async () => {
  const committed = await readFile(new URL('../../../src/engine/simd/modules.ts', import.meta.url), 'utf8');
  expect(await buildKernels()).toBe(committed);
});
