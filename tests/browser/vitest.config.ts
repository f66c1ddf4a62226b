import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vitest/config';
import base from '../../vite.config.ts';

// Tests that drive a browser: `npx vitest run --config tests/browser/vitest.config.ts`.
// biome-ignore lint/style/noDefaultExport: vitest reads the default export.
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    test: { include: ['tests/browser/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
  },
);
