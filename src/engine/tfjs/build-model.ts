import { PolityError, type Topology } from '#core';
import type { LayersModel, Tensor, TensorFlow } from './tensorflow.ts';

type Layer = LayersModel['layers'][number];
type FromConfig = (cls: unknown, config: unknown, customObjects: unknown, fastWeightInit: boolean) => LayersModel;
type Entry = [cls: unknown, fromConfig: FromConfig];

/**
 * The tfjs model of a topology, with all weights zero.
 *
 * tfjs makes it before `modelFromJSON` first waits, but hands out a promise only; so for as long as that call lasts the entries
 * of models in its register remember what they make. The outermost model is made last.
 *
 * Throws: PolityError (engine) when tfjs refuses it, and for layers that carry state from call to call.
 */
export function buildModel(tf: TensorFlow, topology: Topology): LayersModel {
  const made: LayersModel[] = [];
  let failure: unknown;
  const register = tf.serialization.SerializationMap.getMap().classNameMap as unknown as Record<string, Entry>;
  const entries = ['Sequential', 'Model', 'Functional'].map((name) => [name, register[name]] as const);
  const prepared = prepare(topology);
  for (const [name, [cls, fromConfig]] of entries) {
    const remember: FromConfig = (...args) => {
      try {
        const model = fromConfig(...args);
        made.push(model);
        return model;
      } catch (error) {
        failure ??= error;
        throw error;
      }
    };
    register[name] = [cls, remember];
  }
  tf.models.modelFromJSON(prepared as never).catch((error: unknown) => {
    // Whoever called has long been told, from what is thrown below.
    failure ??= error;
  });
  for (const [name, entry] of entries) register[name] = entry;
  const model = made[made.length - 1];
  if (failure !== undefined || model === undefined) throw refused(failure);
  for (const layer of layersWithin(model)) {
    const kind = layer.getClassName();
    if (kind === 'Embedding') mendEmbedding(tf, layer);
    if (kind === 'ThresholdedReLU') mendThreshold(tf, layer);
    if (kind === 'Masking') mendMasking(tf, layer);
    if ('cell' in layer) mendRecurrent(layer);
  }
  return model;
}

/** The layers of a model, with those of models and wrappers among them. */
function layersWithin(layer: Layer): readonly Layer[] {
  const holder = layer as Partial<Record<'layers', readonly Layer[]> & Record<(typeof wraps)[number], Layer>>;
  const inner = [...(holder.layers ?? []), ...wraps.flatMap((key) => holder[key] ?? [])];
  return [...inner, ...inner.flatMap(layersWithin)];
}

const wraps = ['layer', 'forwardLayer', 'backwardLayer'] as const;

/** A copy in which nothing is drawn for weights that are about to be overwritten, and any number of rows may come. */
function prepare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prepare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key.endsWith('_initializer') && item !== null) return [key, { class_name: 'Zeros', config: {} }];
      if (key === 'batch_input_shape' && Array.isArray(item)) return [key, [null, ...item.slice(1)]];
      if (key === 'stateful' && item === true) throw keepsState((value as { name?: unknown }).name);
      return [key, prepare(item)];
    }),
  );
}

/** Numbers that were read and written anew have no past that gradients could go back along. */
function withoutPast(tf: TensorFlow, inputs: Tensor | Tensor[], dtype: 'int32' | 'float32'): Tensor {
  const [input] = [inputs].flat();
  return tf.tensor(input.dataSync(), input.shape, dtype);
}

/** Which row of an embedding is looked up has no gradient, yet tfjs would go back along it. */
function mendEmbedding(tf: TensorFlow, layer: Layer): void {
  const look = layer.call.bind(layer);
  layer.call = (inputs, options) => look(withoutPast(tf, inputs, 'int32'), options);
}

/** Nor has which numbers pass a threshold, and which steps are masked; here tfjs would say that it knows no gradient. */
function mendThreshold(tf: TensorFlow, layer: Layer): void {
  const { theta } = layer as unknown as { theta: number };
  layer.call = (inputs) => {
    const passing = tf.greater(withoutPast(tf, inputs, 'float32'), theta);
    return tf.mul([inputs].flat()[0], tf.cast(passing, 'float32'));
  };
}

function mendMasking(tf: TensorFlow, layer: Layer): void {
  const { maskValue } = layer as unknown as { maskValue: number };
  const find = layer.computeMask.bind(layer);
  layer.computeMask = (inputs, mask) => find(withoutPast(tf, inputs, 'float32'), mask);
  layer.call = (inputs) => {
    const kept = tf.any(tf.notEqual(withoutPast(tf, inputs, 'float32'), maskValue), -1, true);
    return tf.mul([inputs].flat()[0], tf.cast(kept, 'float32'));
  };
}

/**
 * tfjs calls a layer once for each of its outputs, with the same options, in which recurrent layers leave their state; and it lets go
 * of an output that nobody needs any longer although the last output and the first state are one tensor.
 */
function mendRecurrent(layer: Layer): void {
  const apply = layer.apply.bind(layer);
  layer.apply = (inputs, options) => apply(inputs, { ...options });
  const call = layer.call.bind(layer);
  layer.call = (inputs, options) => {
    const outputs = call(inputs, options);
    if (!Array.isArray(outputs)) return outputs;
    return outputs.map((output, i) => (outputs.indexOf(output) < i ? output.clone() : output));
  };
}

function keepsState(name: unknown): PolityError {
  const where = `network › layer "${name}"`;
  const remedy = 'Save the model with stateful: false, and give states as inputs';
  return new PolityError({ code: 'engine', where, message: 'a layer that keeps its state', remedy });
}

function refused(error: unknown): PolityError {
  const reason =
    error instanceof Error ? error.message.split('\n')[0] : 'class_name is not Sequential, Model or Functional';
  return new PolityError(
    {
      code: 'engine',
      where: 'network topology',
      message: `tfjs cannot build it (${reason})`,
      remedy: 'Give the modelTopology of a model.json that tfjs wrote',
    },
    { cause: error },
  );
}
