import { PolityError, suggest, type Topology } from '#core';
import type { ParameterSlice } from '../network.ts';
import { parameterSlices } from '../parameter-slices.ts';
import { parseManifest, type WeightEntry, type WeightGroup } from './manifest.ts';

/** A model read back: its topology and all its weights, flat, in the order of `slices`. */
export interface DecodedModel {
  readonly topology: Topology;
  readonly params: Float32Array;
  readonly slices: readonly ParameterSlice[];
}

/** Gives the bytes of a file that stands beside `model.json`, by the name it has there. */
export type ReadWeights = (path: string) => Uint8Array;

/**
 * Reads a model that tfjs, its converter or `encodeModel` wrote; of weights in several groups and files too.
 *
 * @param modelJson The parsed `model.json`; `where` is what messages call it.
 * Throws: PolityError (input) for what is not a layers model, for files that are cut short or too long, for weights that are
 * missing, that no layer has, of another shape or type, or not a number; (engine) for layers that are not known.
 */
export function decodeModel(modelJson: unknown, read: ReadWeights, where = 'model.json'): DecodedModel {
  const { topology, groups } = parseManifest(modelJson, where);
  const slices = parameterSlices(topology);
  const byName = new Map(slices.map((slice) => [slice.name, slice]));
  const params = new Float32Array(slices.reduce((sum, slice) => sum + slice.size, 0));
  for (const group of groups) {
    const bytes = join(group, read, where);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const entry of group.entries) {
      const slice = take(byName, entry, where);
      for (let i = 0; i < entry.size; i++) {
        const value = view.getFloat32(entry.offset + 4 * i, true);
        if (!Number.isFinite(value)) throw notANumber(where, entry, i, value);
        params[slice.offset + i] = value;
      }
    }
  }
  const [missing] = byName.keys();
  if (missing === undefined) return { topology, params, slices };
  throw new PolityError({
    code: 'input',
    where: `${where} › weightsManifest`,
    message: `no weight "${missing}"`,
    expected: `the ${slices.length} weights of its layers`,
    remedy: 'Save the model again with all its weights (trainableOnly: false)',
  });
}

/** The bytes of a group, its files put together. */
function join({ paths, bytes }: WeightGroup, read: ReadWeights, where: string): Uint8Array {
  const parts = paths.map((path) => ({ path, content: read(path) }));
  const total = parts.reduce((sum, { content }) => sum + content.length, 0);
  if (total !== bytes) {
    throw new PolityError({
      code: 'input',
      where: `${where} › ${paths.join(', ')}`,
      message: total < bytes ? 'cut short' : 'longer than its weights',
      got: `${total} bytes`,
      expected: `${bytes} bytes`,
      remedy: 'Take model and weights from one save, or train again',
    });
  }
  if (parts.length === 1) return parts[0].content;
  const all = new Uint8Array(total);
  let at = 0;
  for (const { content } of parts) {
    all.set(content, at);
    at += content.length;
  }
  return all;
}

/** Finds whose weight it is and takes it off the list. */
function take(byName: Map<string, ParameterSlice>, { name, shape }: WeightEntry, where: string): ParameterSlice {
  const found = byName.has(name) ? name : withoutCell(name);
  const slice = byName.get(found);
  if (slice === undefined) {
    throw new PolityError({
      code: 'input',
      where: `${where} › weightsManifest`,
      message: `weight "${name}" belongs to no layer, or is there twice`,
      remedy: suggest(name, [...byName.keys()]),
    });
  }
  byName.delete(found);
  if (shape.length === slice.shape.length && shape.every((length, i) => length === slice.shape[i])) return slice;
  throw new PolityError({
    code: 'input',
    where: `${where} › weightsManifest`,
    message: `the shape of weight "${name}"`,
    got: `[${shape.join(', ')}]`,
    expected: `[${slice.shape.join(', ')}]`,
    remedy: 'Take topology and weights from one save',
  });
}

/** Keras since TensorFlow 2.2 puts a cell between layer and weight: `gru/gru_cell/kernel`. */
function withoutCell(name: string): string {
  const parts = name.split('/');
  return [...parts.slice(0, -2), parts[parts.length - 1]].join('/');
}

function notANumber(where: string, { name }: WeightEntry, index: number, value: number): PolityError {
  return new PolityError({
    code: 'input',
    where,
    message: `weight "${name}" is not finite`,
    got: `${value} at ${index}`,
    remedy: 'The training diverged: train again with a smaller learning rate',
  });
}
