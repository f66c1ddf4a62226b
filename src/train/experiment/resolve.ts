import { type Locate, layOutAgents, PolityError, parseWith, place, suggest, type WrapperChoice } from '#core';
import { type AnyAlgorithm, distributionOf } from '#learn';
import type { AnyArchitecture, Catalogue } from '../catalogue.ts';
import type { ExperimentConfig } from '../config.ts';
import { worldOf } from '../world-of.ts';
import { checkGame } from './check-game.ts';
import { checkOpponents, checkSharing, type ResolvedWorld, seatRoles } from './check-seats.ts';
import { experimentSchema } from './schema.ts';

/**
 * Fills in and checks an experiment whose layers are merged: its own keys, the world's parameters, the seats against the
 * world's roles, the options of algorithm and network, and what these ask of each other. `where` names the file in messages,
 * or says of each key where it came from.
 *
 * Throws: PolityError (input) for the first thing that does not fit.
 */
export function resolveExperiment(value: unknown, where: string | Locate, catalogue: Catalogue): ExperimentConfig {
  const locate: Locate = typeof where === 'string' ? (keys) => place(where, keys) : where;
  const { extends: base, variants, ...file } = parseWith(experimentSchema, value, locate);
  if (base !== undefined) {
    const remedy = 'Give the settings in full, or resolve the file with its layers';
    throw new PolityError({ code: 'input', where: locate(['extends']), message: 'the base was not read', remedy });
  }
  const env = worldOf(file, catalogue, locate);
  const params = parseOptions(env.params, file.env.params, below(locate, 'env', 'params'));
  const world: ResolvedWorld = { env, params, locate, catalogue };
  const seats = seatRoles(world, file.seats ?? {});
  const learning = Object.keys(seats).filter((name) => seats[name].policy === 'learner');
  checkOpponents(world, seats, file.evaluation.opponents);
  if (file.policy.sharing === 'all') checkSharing(world, learning);

  const { algorithm, ...given } = file.learner;
  const rule = catalogue.algorithms.get(algorithm, locate(['learner', 'algorithm']));
  const options = parseOptions(rule.options, given, below(locate, 'learner'));
  checkNeeds(world, rule, learning);
  const { architecture, ...networkWritten } = file.policy.network;
  const shape = catalogue.architectures.get(architecture, locate(['policy', 'network', 'architecture']));
  const networkGiven = { ...preferred(rule, shape, networkWritten), ...networkWritten };
  const chosen = parseOptions(shape.options, networkGiven, below(locate, 'policy', 'network'));
  const network = completeNetwork(world, shape, chosen, learning);
  checkMemory(rule, shape, network, locate);

  const { envs, shards } = file.rollout;
  if (envs % shards !== 0) {
    const facts = {
      got: `${envs}`,
      expected: `a multiple of shards, ${shards}`,
      remedy: 'Choose shards that divide envs',
    };
    throw new PolityError({
      code: 'input',
      where: locate(['rollout', 'envs']),
      message: 'not shared evenly',
      ...facts,
    });
  }
  checkBudget(file.budget, locate, catalogue);
  const config = {
    ...file,
    variant: null,
    env: { ...file.env, params, wrappers: fillWrappers(file.env.wrappers, catalogue) },
    seats,
    policy: { ...file.policy, network: { architecture, ...network } },
    learner: { algorithm, ...options },
    evaluation: {
      ...file.evaluation,
      everyEnvSteps: file.evaluation.everyEnvSteps ?? Math.max(1, Math.floor((file.budget.envSteps ?? 2_000_000) / 20)),
    },
  };
  checkGame(rule, world, config);
  return config;
}

type Options = Record<string, unknown>;

/** The wrappers with every option written out. */
function fillWrappers(choices: readonly WrapperChoice[], { wrappers }: Catalogue): readonly WrapperChoice[] {
  return choices.map(({ id, ...given }) => ({ id, ...parseWith(wrappers.get(id).options, given, id) }));
}

function below(locate: Locate, ...path: string[]): Locate {
  return (keys) => locate([...path, ...keys]);
}

/**
 * Parses keys that somebody else's schema describes. Also a schema that drops what it does not know, as `z.object` does, must
 * not make a typing error go unseen.
 */
function parseOptions(schema: Parameters<typeof parseWith>[0], given: Options, locate: Locate): Options {
  const parsed = parseWith(schema, given, locate) as Options;
  const dropped = Object.keys(given).find((key) => !(key in parsed));
  if (dropped === undefined) return parsed;
  const remedy = suggest(dropped, Object.keys(parsed));
  throw new PolityError({ code: 'input', where: locate([dropped]), message: 'unknown key', remedy });
}

/** Throws: PolityError (input) where the algorithm asks something of the world that it does not have. */
function checkNeeds(
  { env, params, locate }: ResolvedWorld,
  { id, needs }: AnyAlgorithm,
  learning: readonly string[],
): void {
  const refuse = (message: string, got: string, expected: string) =>
    new PolityError({
      code: 'input',
      where: locate(['learner', 'algorithm']),
      message: `${id} ${message}`,
      got,
      expected,
    });
  for (const { name, action } of layOutAgents(env, params).roles) {
    if (!learning.includes(name) || needs.actions.includes(action.kind)) continue;
    throw refuse(`cannot learn the actions of ${name}`, `${action.kind} actions`, needs.actions.join(' or '));
  }
  if (needs.commonReward && env.declares?.(params).commonReward !== true) {
    throw refuse(
      'needs one reward for all',
      `${env.id}, where agents are rewarded apart`,
      'a world with a common reward',
    );
  }
}

/**
 * Reads the files that a network's options name, and checks that it fits what learners see and do.
 *
 * Throws: PolityError (input) for a file that cannot be read, and for a network that does not fit or has unknown layers.
 */
function completeNetwork(
  { env, params, locate, catalogue }: ResolvedWorld,
  shape: AnyArchitecture,
  chosen: Options,
  learning: readonly string[],
): Options {
  if (shape.complete === undefined) return chosen;
  const where = locate(['policy', 'network']);
  const { readNetwork } = catalogue;
  if (readNetwork === undefined) {
    throw new PolityError({ code: 'input', where, message: 'files cannot be read here', got: shape.id });
  }
  try {
    const network = shape.complete(chosen, readNetwork) as Options;
    for (const { name, action, observationSize } of layOutAgents(env, params).roles) {
      if (!learning.includes(name)) continue;
      const policyOutputs = distributionOf(action).outputSize;
      shape.build({ observationSize, policyOutputs, value: chosen.trunk === 'shared' }, network, readNetwork);
    }
    return network;
  } catch (error) {
    if (!(error instanceof PolityError)) throw error;
    const { where: inside, message, ...detail } = error.detail;
    const said = inside.startsWith('policy.network') ? message : `${inside}: ${message}`;
    throw new PolityError({ ...detail, code: 'input', where, message: said }, { cause: error });
  }
}

/** What the algorithm prefers of the network's options, where the architecture has them and the file does not say. */
function preferred({ network = {} }: AnyAlgorithm, { options }: AnyArchitecture, written: Options): Options {
  const known = ([key, value]: [string, unknown]) => options.safeParse({ [key]: value, ...written }).success;
  return Object.fromEntries(Object.entries(network).filter(known));
}

/** Throws: PolityError (input) for a network with memory under an algorithm that cannot train one. */
function checkMemory({ id, needs }: AnyAlgorithm, shape: AnyArchitecture, network: Options, locate: Locate): void {
  if (needs.memory || (shape.memorySize?.(network) ?? 0) === 0) return;
  throw new PolityError({
    code: 'input',
    where: locate(['policy', 'network', 'architecture']),
    message: `${id} cannot train a network with memory`,
    got: shape.id,
    remedy: 'Take an architecture without memory, such as mlp, or an algorithm such as ppo',
  });
}

/** Throws: PolityError (input) for training without an end, or towards a metric that there is not. */
function checkBudget(
  { envSteps, seconds, target }: ExperimentConfig['budget'],
  locate: Locate,
  catalogue: Catalogue,
): void {
  if (envSteps === null && seconds === null && target === null) {
    const expected = 'envSteps, seconds or target';
    throw new PolityError({ code: 'input', where: locate(['budget']), message: 'no end', expected });
  }
  if (target === null) return;
  const metric = target.metric.replace(/^(vs|baseline)\/[^/]+\//, '');
  const known = [...catalogue.metrics.ids, 'return', 'opponentReturn'];
  if (known.some((id) => metric === id || metric.startsWith(`${id}/`))) return;
  throw new PolityError({
    code: 'input',
    where: locate(['budget', 'target', 'metric']),
    message: 'unknown metric',
    got: `"${target.metric}"`,
    remedy: suggest(metric, catalogue.metrics.ids),
  });
}
