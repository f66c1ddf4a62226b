import { PolityError, type Topology } from '#core';

/** A weight of a model file: what it is called, its shape, and where it lies among the bytes of its group. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
  readonly offset: number;
}

/** Weights whose bytes lie behind each other in the files `paths`, in their order. */
export interface WeightGroup {
  readonly paths: readonly string[];
  readonly bytes: number;
  readonly entries: readonly WeightEntry[];
}

/** What a `model.json` says. */
export interface Manifest {
  readonly topology: Topology;
  readonly groups: readonly WeightGroup[];
}

type Fields = Readonly<Record<string, unknown>>;

const bytesOf: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, complex64: 8 };

/**
 * Reads the JSON value of a `model.json`, as tfjs saves it and as its converter writes Keras models. Weights of an optimiser that
 * were saved along are passed over.
 *
 * Throws: PolityError (input) when it is not a layers model, or has weights that are not float32.
 */
export function parseManifest(value: unknown, where: string): Manifest {
  const file = fieldsOf(value);
  if (file === undefined) throw notAModel(where, 'no object', 'an object with modelTopology and weightsManifest');
  if (file.format !== undefined && file.format !== 'layers-model') {
    const expected = '"layers-model"';
    const remedy = 'Save it with LayersModel.save, or convert it with --output_format tfjs_layers_model';
    throw refusal(`${where} › format`, 'not a layers model', JSON.stringify(file.format), expected, remedy);
  }
  const topology = fieldsOf(file.modelTopology);
  if (topology === undefined) throw notAModel(where, 'no modelTopology', 'a modelTopology');
  // Keras wraps the model in what it knows about training.
  const model = fieldsOf(topology.model_config) ?? topology;
  if (typeof model.class_name !== 'string') throw notAModel(where, 'a modelTopology without class_name', 'a model');
  if (!Array.isArray(file.weightsManifest)) throw notAModel(where, 'no weightsManifest', 'a list of groups of weights');
  const groups = file.weightsManifest.map((group, i) => parseGroup(group, `${where} › weightsManifest.${i}`));
  return { topology: model as unknown as Topology, groups };
}

function parseGroup(value: unknown, where: string): WeightGroup {
  const group = fieldsOf(value);
  const paths = group?.paths;
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string')) {
    throw notAModel(where, JSON.stringify(paths) ?? 'no paths', 'a list of file names in paths');
  }
  if (!Array.isArray(group?.weights)) throw notAModel(where, 'no weights', 'a list of weights');
  const entries: WeightEntry[] = [];
  let offset = 0;
  group.weights.forEach((one, i) => {
    const { entry, bytes, ofOptimiser } = parseWeight(one, offset, `${where}.weights.${i}`);
    if (!ofOptimiser) entries.push(entry);
    offset += bytes;
  });
  return { paths, bytes: offset, entries };
}

function parseWeight(
  value: unknown,
  offset: number,
  where: string,
): { readonly entry: WeightEntry; readonly bytes: number; readonly ofOptimiser: boolean } {
  const weight = fieldsOf(value);
  const { name, shape, dtype } = weight ?? {};
  if (typeof name !== 'string' || !Array.isArray(shape) || !shape.every((n) => Number.isInteger(n) && n >= 0)) {
    throw notAModel(where, JSON.stringify(value) ?? 'nothing', 'a weight with name, shape and dtype');
  }
  const size = shape.reduce((product: number, length: number) => product * length, 1);
  const ofOptimiser = weight?.group === 'optimizer';
  const quantised = fieldsOf(weight?.quantization)?.dtype;
  const stored = String(quantised ?? dtype);
  if (!ofOptimiser && stored !== 'float32') {
    const message = quantised === undefined ? `the type of weight "${name}"` : `weight "${name}" is quantised`;
    throw refusal(where, message, stored, 'float32', 'Save the model with float32 weights and without quantisation');
  }
  if (bytesOf[stored] === undefined) throw refusal(where, `the type of weight "${name}"`, stored, 'float32');
  return { entry: { name, shape, size, offset }, bytes: size * bytesOf[stored], ofOptimiser };
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function notAModel(where: string, got: string, expected: string): PolityError {
  return refusal(where, 'not a model.json of a tfjs layers model', got, expected);
}

function refusal(where: string, message: string, got: string, expected: string, remedy?: string): PolityError {
  return new PolityError({ code: 'input', where, message, got, expected, ...(remedy === undefined ? {} : { remedy }) });
}
