import { enableRelaxed } from '../create-engine.ts';
import { loadTfjs } from '../tfjs-backends.ts';
import { benchEngine, engineBenchTitle } from './engines/engine.ts';
import type { BenchSuite } from './suite.ts';

/** Layers, products and whole learning steps of the kernels, beside the machine's own peak and the backends of tfjs. */
export const engineSuite: BenchSuite = {
  title: engineBenchTitle,
  run: (options) => benchEngine({ ...options, enableRelaxed, loadTfjs }),
};
