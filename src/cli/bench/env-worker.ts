import { parentPort, workerData } from 'node:worker_threads';
import { worlds } from '#envs';
import { worldMeter } from './measure-world.ts';

/** What a worker is started with; then every message is a number of seconds, and is answered with the rate over them. */
export interface EnvWorkerStart {
  readonly world: string;
  readonly envs: number;
}

const { world, envs } = workerData as EnvWorkerStart;
const measure = worldMeter(worlds.get(world), envs);
parentPort?.on('message', (seconds: number) => parentPort?.postMessage(measure(seconds)));
