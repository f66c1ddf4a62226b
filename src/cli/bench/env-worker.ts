import { parentPort, workerData } from 'node:worker_threads';
import { worlds } from '#envs';
import { type MeasureOptions, measureWorld } from './measure-world.ts';

/** What a worker is started with. */
export interface EnvWorkerStart extends MeasureOptions {
  readonly world: string;
}

const { world, ...options } = workerData as EnvWorkerStart;
parentPort?.postMessage(measureWorld(worlds.get(world), options));
