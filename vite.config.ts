import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// The `polity-source` condition makes every `#alias` name the TypeScript source; Node and users of the package get dist/.
export default defineConfig({
  resolve: { conditions: ['polity-source', ...defaultClientConditions] },
  ssr: { resolve: { conditions: ['polity-source', ...defaultServerConditions] } },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/browser/**', 'tests/learning/**', 'tests/endurance/**', 'tests/package/**'],
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/core/**', 'src/math/**'],
      thresholds: { lines: 95, branches: 95 },
    },
  },
});
