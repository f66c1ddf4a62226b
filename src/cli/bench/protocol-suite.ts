import { Worker } from 'node:worker_threads';
import { PolityError, suggest } from '#core';
import type { ProtocolMeasure, ProtocolWorkerStart } from './protocol-worker.ts';
import { type BenchRow, type BenchSuite, benchRow } from './suite.ts';

/** Workers always run the compiled file, also when this one runs from source. */
const compiled = new URL(import.meta.resolve('#compiled/src/cli/bench/protocol-worker'));

/** Training that is measured: a world and its parameters. */
const trainings: Readonly<Record<string, Pick<ProtocolWorkerStart, 'world' | 'params'>>> = {
  'alternating offers': { world: 'negotiation', params: { issues: 2, values: 4 } },
  'alternating offers, rules R1 to R3': {
    world: 'negotiation',
    params: { issues: 2, values: 4, rules: ['R1', 'R2', 'R3'] },
  },
  'double auction': { world: 'exchange', params: {} },
};

/**
 * What training under a protocol costs: PPO in worlds whose acts are messages, against the same episodes in which nothing is said, so
 * that the whole of the rules is counted as the protocol's. The second row of each is how many times as long an env-step takes.
 */
export const protocolSuite: BenchSuite = {
  title: 'PPO under a protocol, learning included, 64-64 tanh, one thread, against the same episodes without one',
  async run({ parts, repeats, seconds, onProgress }) {
    const unknown = parts.find((part) => trainings[part] === undefined);
    if (unknown !== undefined) throw noTraining(unknown);
    const rows: BenchRow[] = [];
    for (const name of parts.length === 0 ? Object.keys(trainings) : parts) {
      const [under, without]: number[][] = [[], []];
      for (let repeat = 0; repeat < repeats; repeat++) {
        onProgress(`${name}, repeat ${repeat + 1}`);
        const training = { ...trainings[name], seconds: Math.max(5, seconds) };
        const real = await measure({ ...training, plainLength: null });
        under.push(real.envStepsPerSecond);
        without.push((await measure({ ...training, plainLength: real.length })).envStepsPerSecond);
      }
      const cost = benchRow(
        `${name}: time per env-step over that without`,
        'times',
        under.map((speed, repeat) => without[repeat] / speed),
      );
      rows.push(benchRow(name, 'env-steps/s', under, { 'without a protocol': without }), cost);
    }
    return rows;
  },
};

function measure(workerData: ProtocolWorkerStart): Promise<ProtocolMeasure> {
  const worker = new Worker(compiled, { workerData, execArgv: [] });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the worker of ${workerData.world} stopped with ${code}`)));
  });
}

function noTraining(part: string): PolityError {
  const remedy = suggest(part, Object.keys(trainings));
  return new PolityError({
    code: 'usage',
    where: 'polity bench protocol',
    message: 'no such part',
    got: `"${part}"`,
    remedy,
  });
}
