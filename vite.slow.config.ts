import { mergeConfig } from 'vitest/config';
import base from './vite.config.ts';

// The slower suites: a browser looks at pages, algorithms learn, runs are killed and gone on with. `npm run test:slow`.
const { include: _, exclude: __, coverage: ___, ...test } = base.test ?? {};

export default mergeConfig(
  { ...base, test },
  {
    test: {
      include: [
        'tests/browser/**/*.test.ts',
        'tests/learning/**/*.test.ts',
        'tests/endurance/**/*.test.ts',
        'tests/package/**/*.test.ts',
      ],
      testTimeout: 600_000,
      fileParallelism: false,
    },
  },
);
