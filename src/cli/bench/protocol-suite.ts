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
 * What training under a protocol costs: PPO in worlds whose acts are messages, against the same world without one: episodes that begin
 * and look as there, are as long, and end as there, but nothing is said and no rule or mask made. A second side is empty: there all
 * that happens in a world counts as its protocol. Rows of costs are how many times as long an env-step takes.
 */
export const protocolSuite: BenchSuite = {
  title: 'PPO under a protocol, learning included, 64-64 tanh, one thread, against the same world without one',
  async run({ parts, repeats, seconds, onProgress }) {
    const unknown = parts.find((part) => trainings[part] === undefined);
    if (unknown !== undefined) throw noTraining(unknown);
    const rows: BenchRow[] = [];
    for (const name of parts.length === 0 ? Object.keys(trainings) : parts) {
      const [under, without, empty]: number[][] = [[], [], []];
      for (let repeat = 0; repeat < repeats; repeat++) {
        onProgress(`${name}, repeat ${repeat + 1}`);
        const training = { ...trainings[name], seconds: Math.max(5, seconds) };
        const { envStepsPerSecond, lived } = await measure({ ...training, without: null });
        under.push(envStepsPerSecond);
        without.push((await measure({ ...training, without: { lived, empty: false } })).envStepsPerSecond);
        empty.push((await measure({ ...training, without: { lived, empty: true } })).envStepsPerSecond);
      }
      const costOver = (what: string, other: readonly number[]) =>
        benchRow(
          `${name}: time per env-step over that ${what}`,
          'times',
          under.map((speed, repeat) => other[repeat] / speed),
        );
      rows.push(
        benchRow(name, 'env-steps/s', under, { 'without a protocol': without, 'an empty world': empty }),
        costOver('without', without),
        costOver('of an empty world', empty),
      );
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
