import { z } from 'zod';
import { layOutAgents, parseWith, partsOf, type RoleLayout, type Space } from '#core';
import type { RunningMomentsState } from '#math';
import {
  type ActionInfo,
  type ExperimentConfig,
  type PolicyInfo,
  type StoredModel,
  type TrainedPolicy,
  type WorldShelves,
  worldOf,
} from '#train';
import { configHash } from './config-hash.ts';
import { version } from './version.ts';

const size = z.int().min(1);
/** JSON has no infinities: a side without a bound is null. */
const bound = (open: number) =>
  z.array(
    z
      .number()
      .nullable()
      .transform((value) => value ?? open),
  );

const policyInfo = z.looseObject({
  format: z.literal('polity-policy/1'),
  env: z.looseObject({ id: z.string(), params: z.unknown(), seatsAs: z.string().optional() }),
  role: z.string(),
  observationSize: size,
  observationFields: z.array(z.looseObject({ name: z.string(), size })).optional(),
  action: z.union([
    z.looseObject({ kind: z.enum(['discrete', 'multiDiscrete']), parts: z.array(size).min(1) }),
    z.looseObject({
      kind: z.literal('box'),
      low: bound(Number.NEGATIVE_INFINITY).min(1),
      high: bound(Number.POSITIVE_INFINITY).min(1),
    }),
  ]),
  normalisation: z
    .looseObject({ mean: z.array(z.number()), variance: z.array(z.number().min(0)) })
    .nullable()
    .default(null),
  actsGreedily: z.boolean().default(false),
  network: z.looseObject({ architecture: z.string() }).optional(),
  provenance: z.looseObject({
    experiment: z.string(),
    variant: z.string().nullable(),
    seed: z.union([z.number(), z.string()]),
    algorithm: z.string(),
    envSteps: z.number(),
    configHash: z.string(),
    polity: z.string().optional(),
    agents: z.array(z.string()).optional(),
  }),
});

/** Reads the JSON value of a `policy.json`. Throws: PolityError (input) naming the key that does not fit. */
export function parsePolicyInfo(value: unknown, where: string): PolicyInfo {
  return parseWith(policyInfo, value, where) as PolicyInfo;
}

/**
 * What a training has come to as models for disk, by the name of their folder: one a role, also where all roles share one; one
 * an agent where every agent has its own.
 */
export function toStoredModels(
  config: ExperimentConfig,
  shelves: WorldShelves,
  policies: readonly TrainedPolicy[],
  envSteps: number,
): ReadonlyMap<string, StoredModel> {
  const env = worldOf(config, shelves);
  const { roles, names } = layOutAgents(env, parseWith(env.params, config.env.params, `env ${env.id}`));
  const hash = configHash(config);
  const models = new Map<string, StoredModel>();
  for (const policy of policies) {
    const agents = policy.agents.map((agent) => names[agent]);
    for (const role of roles.filter(({ first, count }) => playsFrom(policy.agents, first, count))) {
      models.set(config.policy.sharing === 'agent' ? policy.name : role.name, {
        topology: policy.topology,
        weights: policy.params,
        info: {
          format: 'polity-policy/1',
          env: {
            id: env.id,
            params: config.env.params,
            ...(env.seatsAs === undefined ? {} : { seatsAs: env.seatsAs }),
          },
          role: role.name,
          ...observationOf(role),
          action: actionInfo(role.action),
          normalisation: policy.normalisation === null ? null : meanAndVariance(policy.normalisation),
          actsGreedily: policy.actsGreedily,
          ...(policy.ownNetwork === true ? {} : { network: config.policy.network }),
          provenance: {
            experiment: config.name,
            variant: config.variant,
            seed: config.seed,
            algorithm: config.learner.algorithm,
            envSteps,
            configHash: hash,
            polity: version(),
            agents,
          },
        },
      });
    }
  }
  return models;
}

function playsFrom(agents: readonly number[], first: number, count: number): boolean {
  return agents.some((agent) => agent >= first && agent < first + count);
}

function observationOf({
  observationSize,
  observation,
}: RoleLayout): Partial<PolicyInfo> & { observationSize: number } {
  const fields = observation.kind === 'box' ? observation.fields : undefined;
  return { observationSize, ...(fields === undefined ? {} : { observationFields: fields }) };
}

function actionInfo(space: Space): ActionInfo {
  if (space.kind !== 'box') return { kind: space.kind, parts: partsOf(space) };
  return { kind: 'box', low: [...space.low], high: [...space.high] };
}

/** Moments that have seen nothing leave observations as they are. */
function meanAndVariance({ count, mean, squares }: RunningMomentsState): NonNullable<PolicyInfo['normalisation']> {
  return { mean, variance: squares.map((sum) => (count === 0 ? 1 : sum / count)) };
}
