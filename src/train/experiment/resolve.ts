import { type AnyEnv, layOutAgents, PolityError, parseWith, suggest } from '#core';
import type { Catalogue } from '../catalogue.ts';
import type { ExperimentConfig } from '../config.ts';
import { experimentSchema } from './schema.ts';

/**
 * Fills in and checks an experiment: its own keys, the world's parameters, the seats against the world's roles, and the
 * options of algorithm and network. `where` names the file in messages.
 *
 * Throws: PolityError (input) for the first thing that does not fit.
 */
export function resolveExperiment(value: unknown, where: string, catalogue: Catalogue): ExperimentConfig {
  const file = parseWith(experimentSchema, value, where);
  const env = catalogue.worlds.get(file.env.id, `${where} › env.id`) as AnyEnv;
  const params = parseWith(env.params, file.env.params, `${where} › env.params`) as Record<string, unknown>;
  const { roles } = layOutAgents(env, params);
  const names = roles.map(({ name }) => name);
  for (const name of Object.keys(file.seats ?? {})) {
    if (names.includes(name)) continue;
    const remedy = suggest(name, names);
    throw new PolityError({ code: 'input', where: `${where} › seats.${name}`, message: 'no such role', remedy });
  }
  const learner = { policy: 'learner', opponents: [], selfPlay: 1 };
  const seats = Object.fromEntries(names.map((name) => [name, file.seats?.[name] ?? learner]));
  if (!Object.values(seats).some(({ policy }) => policy === 'learner')) {
    throw new PolityError({
      code: 'input',
      where: `${where} › seats`,
      message: 'nobody learns',
      expected: 'at least one role with policy: learner',
    });
  }
  for (const [name, { policy, opponents }] of Object.entries(seats)) {
    if (policy !== 'learner') catalogue.findPolicy(policy, `${where} › seats.${name}.policy`);
    for (const { policy: id } of opponents) catalogue.findPolicy(id, `${where} › seats.${name}.opponents`);
  }
  for (const id of file.evaluation.opponents) catalogue.findPolicy(id, `${where} › evaluation.opponents`);
  const { algorithm, ...given } = file.learner;
  const rule = catalogue.algorithms.get(algorithm, `${where} › learner.algorithm`);
  const options = parseWith(rule.options, given, `${where} › learner`) as Record<string, unknown>;
  const { architecture, trunk, ...networkGiven } = file.policy.network;
  const shape = catalogue.architectures.get(architecture, `${where} › policy.network.architecture`);
  const network = parseWith(shape.options, networkGiven, `${where} › policy.network`) as Record<string, unknown>;
  const { envs, shards } = file.rollout;
  if (envs % shards !== 0) {
    const remedy = 'Choose shards that divide envs';
    const expected = `a multiple of shards, ${shards}`;
    throw new PolityError({
      code: 'input',
      where: `${where} › rollout.envs`,
      message: 'not shared evenly',
      got: `${envs}`,
      expected,
      remedy,
    });
  }
  const { envSteps, seconds, target } = file.budget;
  if (envSteps === null && seconds === null && target === null) {
    const expected = 'envSteps, seconds or target';
    throw new PolityError({ code: 'input', where: `${where} › budget`, message: 'no end', expected });
  }
  const every = Math.max(1, Math.floor((envSteps ?? 2_000_000) / 20));
  return {
    ...file,
    variant: null,
    env: { ...file.env, params },
    seats,
    policy: { ...file.policy, network: { architecture, ...(trunk === undefined ? {} : { trunk }), ...network } },
    learner: { algorithm, ...options },
    evaluation: { ...file.evaluation, everyEnvSteps: file.evaluation.everyEnvSteps ?? every },
    engine: { ...file.engine, backend: 'auto' },
  };
}
