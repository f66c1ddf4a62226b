import { z } from 'zod';
import { type AnyEnv, type BoxSpace, layOutAgents, type Wrapper } from '#core';
import { playAtRandom } from '../random-play.ts';
import { sameWorld } from './inner-world.ts';
import { fieldsOf } from './observation-fields.ts';
import { perParams } from './per-params.ts';

const options = z.strictObject({
  by: z
    .enum(['play', 'bounds'])
    .default('play')
    .describe('Mean and deviation of every entry under random play, or its declared bounds, which become -1..1.'),
  episodes: z.int().min(1).default(64).describe('Episodes of random play that are measured.'),
  seed: z.int().default(0).describe('Seed of those episodes.'),
  clip: z.number().positive().default(10).describe('By play: deviations from the mean that are cut off.'),
});

type Options = z.infer<typeof options>;

/** An entry x becomes (x - centre) / spread, cut off at ± limit. Shapes: [O]. */
interface Scale {
  readonly centre: Float64Array;
  readonly spread: Float64Array;
  readonly limit: number;
}

/** Brings every entry of an observation to numbers of about 1, by a scale that is fixed before training. */
export const normaliseObservations: Wrapper<Options> = {
  id: 'normalise-observations',
  card: {
    title: 'Normalised observations',
    description:
      'Every entry of an observation becomes (x - centre) / spread. Mean and deviation are measured once, by random play of a fixed seed, or follow from the bounds; `policy.normaliseObservations` of an experiment is the way to let them follow the learner.',
    source:
      'Gymnasium NormalizeObservation and RescaleObservation, with moments of random play in place of running ones.',
    shapes: 'As before; bounds ± clip, or -1..1.',
  },
  changes: ['observations'],
  options,

  wrap(env, chosen) {
    const setup = perParams((params) => {
      const { roles, roleOf } = layOutAgents(env, params);
      const scales =
        chosen.by === 'play' ? measure(env, params, chosen) : roles.map((role) => ofBounds(role.observation));
      return { roleOf, scales };
    });
    return {
      ...sameWorld(env),
      roles(params) {
        const { scales } = setup(params);
        return env.roles(params).map((role, r) => {
          const bring = (bounds: Float32Array) => {
            const row = bounds.slice();
            rescale(row, scales[r]);
            return row;
          };
          const { low, high } = role.observation;
          // Other names, so that nobody who knows the old numbers takes these for them.
          const fields = fieldsOf(role.observation).map(({ name, size }) => ({ name: `${name} (normalised)`, size }));
          return { ...role, observation: { ...role.observation, low: bring(low), high: bring(high), fields } };
        });
      },
      observe(state, agent, out, params) {
        env.observe(state, agent, out, params);
        const { roleOf, scales } = setup(params);
        rescale(out, scales[roleOf[agent]]);
      },
    };
  },
};

function rescale(row: Float32Array, { centre, spread, limit }: Scale): void {
  for (let i = 0; i < row.length; i++) {
    const value = (row[i] - centre[i]) / spread[i];
    row[i] = value > limit ? limit : value < -limit ? -limit : value;
  }
}

/** Open entries stay as they are, entries with one possible value become 0. */
function ofBounds({ low, high }: BoxSpace): Scale {
  const open = (i: number) => !Number.isFinite(low[i]) || !Number.isFinite(high[i]);
  return {
    centre: Float64Array.from(low, (_, i) => (open(i) ? 0 : (low[i] + high[i]) / 2)),
    spread: Float64Array.from(low, (_, i) => (open(i) || low[i] === high[i] ? 1 : (high[i] - low[i]) / 2)),
    limit: Number.POSITIVE_INFINITY,
  };
}

/** Moments of what those who act see, over all agents of a role. Source: Welford (1962). */
function measure(env: AnyEnv, params: unknown, { episodes, seed, clip }: Options): readonly Scale[] {
  const { roles, roleOf, count } = layOutAgents(env, params);
  const seen = roles.map(() => 0);
  const means = roles.map((role) => new Float64Array(role.observationSize));
  const squares = roles.map((role) => new Float64Array(role.observationSize));
  const look: NonNullable<Parameters<typeof playAtRandom>[3]['begun']> = (driver) => {
    for (let agent = 0; agent < count; agent++) {
      if (driver.acting[agent] === 0) continue;
      const r = roleOf[agent];
      const row = driver.observationOf(0, agent);
      seen[r]++;
      for (let i = 0; i < row.length; i++) {
        const before = row[i] - means[r][i];
        means[r][i] += before / seen[r];
        squares[r][i] += before * (row[i] - means[r][i]);
      }
    }
  };
  playAtRandom(env, params, { episodes, seed }, { begun: look, stepped: look });
  return roles.map((_, r) => ({
    centre: means[r],
    // An entry that never moved stays at the scale it has.
    spread: squares[r].map((sum) => (sum > 0 ? Math.sqrt(sum / seen[r] + 1e-8) : 1)),
    limit: clip,
  }));
}
