import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import type { ModelFiles } from '#engine';

/** A model.json that may be edited, and the files beside it. */
export interface SavedModel {
  // biome-ignore lint/suspicious/noExplicitAny: tests spoil it in every way there is.
  json: any;
  files: Record<string, Uint8Array>;
}

/** What `LayersModel.save` hands to its handler, as the files that the browser's and Node's handlers make of it. */
export async function saveWithTfjs(model: tf.LayersModel, config?: tf.io.SaveConfig): Promise<SavedModel> {
  let saved: SavedModel | undefined;
  await model.save(
    {
      save: async (artifacts: tf.io.ModelArtifacts) => {
        const { weightData, weightSpecs, ...rest } = artifacts;
        saved = {
          json: structuredClone({ ...rest, weightsManifest: [{ paths: ['./weights.bin'], weights: weightSpecs }] }),
          files: { './weights.bin': new Uint8Array(weightData as ArrayBuffer) },
        };
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      },
    },
    config,
  );
  return saved!;
}

export function toSaved({ modelJson, weights }: ModelFiles): SavedModel {
  return { json: structuredClone(modelJson), files: { 'weights.bin': weights } };
}

/** Writes a model's files into a folder and returns the path of its model.json. */
export function writeModel(folder: string, { json, files }: SavedModel): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  const path = join(folder, 'model.json');
  writeFileSync(path, JSON.stringify(json));
  return path;
}

/** Reads model.json and its weights from disk for `tf.loadLayersModel`, which in Node brings no handler for files. */
export function fromDisk(path: string): tf.io.IOHandler {
  return {
    load: async () => {
      const { weightsManifest, ...artifacts } = JSON.parse(readFileSync(path, 'utf8'));
      const read = (name: string) => readFileSync(join(dirname(path), name));
      const bytes = Buffer.concat(weightsManifest.flatMap(({ paths }: { paths: string[] }) => paths.map(read)));
      const weightSpecs = weightsManifest.flatMap(({ weights }: { weights: object[] }) => weights);
      return { ...artifacts, weightSpecs, weightData: new Uint8Array(bytes).buffer };
    },
  };
}
