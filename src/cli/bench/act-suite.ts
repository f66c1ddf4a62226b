import { enableRelaxed } from '../create-engine.ts';
import { loadTfjs } from '../tfjs-backends.ts';
import { actBenchTitle, benchAct } from './engines/act.ts';
import type { BenchSuite } from './suite.ts';

/** One row through a policy network, as in acting and in play. */
export const actSuite: BenchSuite = {
  title: actBenchTitle,
  run: (options) => benchAct({ ...options, enableRelaxed, loadTfjs, heapUsed: () => process.memoryUsage().heapUsed }),
};
