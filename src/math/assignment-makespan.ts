import { PolityError } from '#core';

/** Jobs that are gone through exactly in reasonable time. */
const mostJobs = 14;

/**
 * The least time in which all jobs can be done, where each is done by one worker, one after the other, and a worker takes no more jobs
 * than its capacity; Infinity where they cannot all be done. Found by branch and bound, the longest jobs first.
 *
 * Shapes: times [jobs][workers], capacities [workers].
 * Throws: PolityError (input) for more than 14 jobs.
 * Source: Graham et al. (1979), "Optimization and approximation in deterministic sequencing and scheduling": R||Cmax, with capacities.
 *
 * @example
 * shortestMakespan([[3, 9], [3, 9], [3, 4]], [3, 3]) // 6
 */
export function shortestMakespan(times: readonly (readonly number[])[], capacities: readonly number[]): number {
  const jobs = times.length;
  if (jobs > mostJobs) {
    throw new PolityError({
      code: 'input',
      where: 'shortestMakespan › times',
      message: 'too many jobs',
      got: `${jobs}`,
      expected: `at most ${mostJobs}`,
    });
  }
  const order = times.map((_, job) => job).sort((a, b) => Math.min(...times[b]) - Math.min(...times[a]));
  // What the jobs from each place on take at least, shared evenly among all workers.
  const rest = new Float64Array(jobs + 1);
  for (let k = jobs - 1; k >= 0; k--) rest[k] = rest[k + 1] + Math.min(...times[order[k]]);
  const loads = new Float64Array(capacities.length);
  const left = Int32Array.from(capacities);
  let best = Number.POSITIVE_INFINITY;
  const place = (k: number, longest: number, total: number): void => {
    if (longest >= best || (total + rest[k]) / loads.length >= best) return;
    if (k === jobs) {
      best = longest;
      return;
    }
    for (let worker = 0; worker < loads.length; worker++) {
      const time = times[order[k]][worker];
      if (left[worker] === 0 || time === Number.POSITIVE_INFINITY) continue;
      left[worker]--;
      loads[worker] += time;
      place(k + 1, Math.max(longest, loads[worker]), total + time);
      loads[worker] -= time;
      left[worker]++;
    }
  };
  place(0, 0, 0);
  return best;
}
