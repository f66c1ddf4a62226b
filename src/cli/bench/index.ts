import { createRegistry } from '#core';
import type { BenchSuite } from './suite.ts';

interface SuiteEntry {
  readonly id: string;
  load(): Promise<BenchSuite>;
}

/** Every suite of `polity bench`, one line each; the first runs when none is named. */
export const suites = createRegistry<SuiteEntry>('suite', [
  { id: 'env', load: async () => (await import('./env-suite.ts')).envSuite },
  { id: 'engine', load: async () => (await import('./engine-suite.ts')).engineSuite },
  { id: 'act', load: async () => (await import('./act-suite.ts')).actSuite },
  { id: 'train', load: async () => (await import('./train-suite.ts')).trainSuite },
  { id: 'protocol', load: async () => (await import('./protocol-suite.ts')).protocolSuite },
  { id: 'scaling', load: async () => (await import('./scaling-suite.ts')).scalingSuite },
  { id: 'start', load: async () => (await import('./start-suite.ts')).startSuite },
]);
