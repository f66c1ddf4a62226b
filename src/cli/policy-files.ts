import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type NetworkFile, PolityError } from '#core';
import { decodeModel, encodeModel, weightsFile } from '#engine';
import { readLayerGraph } from '#engine/layer-graph';
import { rowShapes } from '#engine/parameter-slices';
import { distributionOf } from '#learn';
import { type StoredModel, type StoredPolicy, spaceOf, type WorldShelves } from '#train';
import { readCheckpoint } from './checkpoint-file.ts';
import { parsePolicyInfo, toStoredModels } from './policy-info.ts';
import { readJson } from './run-folder.ts';

const modelFile = 'model.json';
const infoFile = 'policy.json';

/**
 * Writes `model.json`, `weights.bin` and `policy.json` into a folder, beside its place first, so that what is read there is whole.
 * Replaces what is there.
 */
export function writePolicy(folder: string, { topology, weights, info }: StoredModel): void {
  const files = encodeModel(topology, weights);
  const beside = `${folder}.next`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  writeFileSync(join(beside, weightsFile), files.weights);
  writeFileSync(join(beside, infoFile), `${JSON.stringify(info, null, 2)}\n`);
  writeFileSync(join(beside, modelFile), JSON.stringify(files.modelJson));
  rmSync(folder, { recursive: true, force: true });
  renameSync(beside, folder);
}

/** Writes the policies of a run into `<run>/policy/`, a folder each: by role, or by agent where every agent has its own. */
export function writePolicies(run: string, models: ReadonlyMap<string, StoredModel>): void {
  for (const [name, model] of models) writePolicy(join(run, 'policy', name), model);
}

/**
 * Reads a trained policy: of a run (`results/x/seed-1`; what it ended with, or its last checkpoint while it has not ended), of a
 * run's `checkpoints`, of a folder with a `model.json`, or of a `model.json`.
 *
 * Throws: PolityError (input) when there is nothing to read, when files are missing, cut short or do not fit each other, and when
 * a run has several policies of one role.
 */
export function readPolicy(path: string, shelves: WorldShelves): StoredPolicy {
  if (!existsSync(path)) {
    const remedy = 'Name a run such as results/<name>/seed-1, its policy/<role>, or a model.json';
    throw refusal(path, 'cannot be read (no such file or folder)', remedy);
  }
  const models = statSync(path).isDirectory() ? readFolder(path, shelves) : readFile(path, shelves);
  const hashed = models.map(([name, model]) => [name, { ...model, hash: hashOf(model) }] as const);
  return { kind: 'stored', id: path, models: byRole(path, hashed) };
}

/** SHA-256 of a network: its topology as JSON, then its weights as 32-bit floats, little-endian. */
function hashOf({ topology, weights }: StoredModel): string {
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  return createHash('sha256').update(JSON.stringify(topology)).update(bytes).digest('hex');
}

type Models = readonly (readonly [name: string, model: StoredModel])[];

function readFolder(path: string, shelves: WorldShelves): Models {
  if (existsSync(join(path, modelFile))) return [[path, readModel(join(path, modelFile))]];
  const policies = existsSync(join(path, 'config.json')) ? join(path, 'policy') : path;
  const folders = existsSync(policies)
    ? readdirSync(policies)
        .sort()
        .map((name) => join(policies, name))
        .filter((folder) => existsSync(join(folder, modelFile)))
    : [];
  if (folders.length > 0) return folders.map((folder) => [folder, readModel(join(folder, modelFile))]);
  for (const checkpoints of [path, join(path, 'checkpoints')]) {
    if (existsSync(join(checkpoints, 'latest'))) return readFromCheckpoint(checkpoints, shelves);
  }
  const remedy = 'Name a run, a folder with a model.json, or a model.json';
  throw refusal(path, 'holds no policy: no model.json and no checkpoint in it', remedy);
}

function readFile(path: string, shelves: WorldShelves): Models {
  if (basename(path) === 'latest') return readFromCheckpoint(dirname(path), shelves);
  return [[path, readModel(path)]];
}

function readFromCheckpoint(checkpoints: string, shelves: WorldShelves): Models {
  const { config, policies, update } = readCheckpoint(checkpoints);
  const { envs, steps } = config.rollout;
  const models = toStoredModels(config, shelves, policies, update * envs * steps);
  return [...models].map(([name, model]) => [`policy/${name} once it has ended`, model]);
}

/**
 * Reads a `model.json` with its weights, whoever wrote it, as a network to be trained.
 *
 * Throws: PolityError (input) when it is not there, no layers model, or its weights are missing or cut short; (engine) for layers
 * that are not known.
 */
export function readNetwork(file: string): NetworkFile {
  if (!existsSync(file)) {
    throw refusal(file, 'cannot be read (no such file)', 'Name a model.json, seen from where the command runs');
  }
  const modelJson = readJson<unknown>(file);
  const hash = createHash('sha256').update(JSON.stringify(modelJson));
  const read = (name: string) => {
    const bytes = readBytes(join(dirname(file), name));
    hash.update(bytes);
    return bytes;
  };
  const { topology, params } = decodeModel(modelJson, read, file);
  return { topology, weights: params, fingerprint: hash.digest('hex').slice(0, 16) };
}

/** Throws: PolityError (input) for a model without its policy.json, or one that does not fit it. */
function readModel(path: string): StoredModel {
  const modelJson = readJson<unknown>(path);
  const read = (name: string) => readBytes(join(dirname(path), name));
  const { topology, params } = decodeModel(modelJson, read, path);
  const where = join(dirname(path), infoFile);
  if (!existsSync(where)) {
    throw refusal(where, 'missing', 'A policy needs it beside model.json: it says which world and role it plays');
  }
  const info = parsePolicyInfo(readJson(where), where);
  const graph = readLayerGraph(topology);
  const shapes = rowShapes(graph);
  const sizeAt = ({ call, output }: { call: number; output: number }) =>
    shapes[call][output].reduce((product, length) => product * length, 1);
  requireSize(`${where} › observationSize`, info.observationSize, sizeAt({ call: graph.inputs[0], output: 0 }));
  requireSize(`${where} › action`, distributionOf(spaceOf(info.action)).outputSize, sizeAt(graph.outputs[0]));
  for (const moments of ['mean', 'variance'] as const) {
    const given = info.normalisation?.[moments].length ?? info.observationSize;
    requireSize(`${where} › normalisation.${moments}`, given, info.observationSize);
  }
  return { topology, weights: params, info };
}

function requireSize(where: string, got: number, expected: number): void {
  if (got === expected) return;
  throw new PolityError({
    code: 'input',
    where,
    message: 'does not fit the network',
    got: `${got} numbers`,
    expected: `${expected}`,
    remedy: 'Take policy.json and model.json from one training',
  });
}

function byRole(path: string, models: Models): Readonly<Record<string, StoredModel>> {
  const found: Record<string, StoredModel> = {};
  for (const [, model] of models) {
    const { role } = model.info;
    if (found[role] !== undefined) {
      const mine = models.filter(([, other]) => other.info.role === role).map(([other]) => other);
      throw refusal(path, `has several policies of the role ${role}`, `Name one of them: ${mine.join(', ')}`);
    }
    found[role] = model;
  }
  return found;
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new PolityError({ code: 'input', where: path, message: 'cannot be read' }, { cause: error });
  }
}

function refusal(where: string, message: string, remedy: string): PolityError {
  return new PolityError({ code: 'input', where, message, remedy });
}
