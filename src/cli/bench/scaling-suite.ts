import os from 'node:os';
import { PolityError, suggest } from '#core';
import { type BenchRow, type BenchSuite, benchRow } from './suite.ts';
import { spreadExperiment } from './train-suite.ts';
import { measureTraining, speedOf } from './training-process.ts';

interface Point {
  readonly name: string;
  readonly experiment: object;
  readonly threads: number;
  readonly agents: number;
}

const dimensions = ['threads', 'envs', 'agents'] as const;

/** Time of an agent-step, everything included, as threads, envs and agents grow: flat is what is wanted of the last two. */
export const scalingSuite: BenchSuite = {
  title:
    'Time of an agent-step in PPO on simple spread, learning included; every agent sees its two nearest neighbours',
  async run({ parts, repeats, seconds, onProgress }) {
    const unknown = parts.find((part) => !dimensions.some((dimension) => dimension === part));
    if (unknown !== undefined) throw noSuchPart(unknown);
    const rows: BenchRow[] = [];
    for (const dimension of dimensions) {
      if (parts.length > 0 && !parts.includes(dimension)) continue;
      const points = pointsOf(dimension, Math.max(3, seconds));
      const measured = points.map((): number[] => []);
      for (let repeat = 0; repeat < repeats; repeat++) {
        for (const [i, { name, experiment, threads, agents }] of points.entries()) {
          onProgress(`${name}, repeat ${repeat + 1}`);
          measured[i].push(1e6 / (speedOf(await measureTraining(experiment, threads)) * agents));
        }
      }
      const own = points.map(({ name }, i) => benchRow(name, 'µs/agent-step', measured[i]));
      const first = own[0];
      rows.push(
        ...own.map((row) => ({
          ...row,
          against: { [first.name]: { median: first.median, ratio: row.median / first.median } },
        })),
      );
    }
    return rows;
  },
};

function pointsOf(dimension: (typeof dimensions)[number], seconds: number): readonly Point[] {
  const cores = os.availableParallelism();
  if (dimension === 'threads') {
    return upTo(cores).map((threads) => ({
      ...point(seconds, 64, 3),
      threads,
      name: `${threads} of ${cores} threads`,
    }));
  }
  if (dimension === 'envs') {
    return [16, 64, 256, 1024].map((envs) => ({ ...point(seconds, envs, 3), threads: cores, name: `${envs} envs` }));
  }
  return [3, 8, 16, 32, 64].map((agents) => ({
    ...point(seconds, 64, agents),
    threads: cores,
    name: `${agents} agents`,
  }));
}

/** Rows of an update stay about as many, so that the work of learning is the same. */
function point(seconds: number, envs: number, agents: number): Omit<Point, 'name' | 'threads'> {
  const steps = Math.max(4, Math.round((2048 * 4 * 3) / (envs * agents)));
  const experiment = {
    ...spreadExperiment(seconds),
    env: { id: 'simple-spread', params: { agents, agentNeighbours: 2, landmarkNeighbours: 2 } },
    rollout: { envs, steps, shards: 8 },
  };
  return { experiment, agents };
}

function upTo(cores: number): readonly number[] {
  const counts = [1];
  while (counts[counts.length - 1] * 2 <= cores) counts.push(counts[counts.length - 1] * 2);
  return counts;
}

function noSuchPart(part: string): PolityError {
  const remedy = suggest(part, dimensions);
  return new PolityError({ code: 'input', where: 'polity bench scaling', message: 'no such part', got: part, remedy });
}
