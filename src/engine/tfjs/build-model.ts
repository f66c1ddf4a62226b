import { PolityError, type Topology } from '#core';
import type { LayersModel, Tensor, TensorFlow } from './tensorflow.ts';

type Layer = LayersModel['layers'][number];
type FromConfig = (cls: unknown, config: unknown, customObjects: unknown, fastWeightInit: boolean) => LayersModel;

/**
 * The tfjs model of a topology, with all weights zero.
 *
 * tfjs makes it before `modelFromJSON` first waits, but hands out a promise only; so the classes of models are given as custom
 * objects that remember what they made. The outermost model is made last.
 *
 * Throws: PolityError (engine) when tfjs refuses it, and for layers that carry state from call to call.
 */
export function buildModel(tf: TensorFlow, topology: Topology): LayersModel {
  const made: LayersModel[] = [];
  let failure: unknown;
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const remembering = Object.fromEntries(
    ['Sequential', 'Model', 'Functional'].map((name) => {
      const [cls, fromConfig] = classNameMap[name] as unknown as [unknown, FromConfig];
      const remember: FromConfig = (...args) => {
        try {
          made.push(fromConfig(...args));
          return made[made.length - 1];
        } catch (error) {
          failure ??= error;
          throw error;
        }
      };
      return [name, [cls, remember]];
    }),
  );
  tf.models.modelFromJSON(prepare(topology) as never, remembering as never).catch((error: unknown) => {
    // Whoever called has long been told, from what is thrown below.
    failure ??= error;
  });
  const model = made[made.length - 1];
  if (failure !== undefined || model === undefined) throw refused(failure);
  for (const layer of model.layers) {
    if (layer.getClassName() === 'Embedding') closeToGradients(tf, layer);
    if ('cell' in layer) mendRecurrent(layer);
  }
  return model;
}

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

/**
 * Which row of an embedding is looked up has no gradient, yet tfjs would go back along it; numbers that were read and written
 * anew have no past.
 */
function closeToGradients(tf: TensorFlow, layer: Layer): void {
  const look = layer.call.bind(layer);
  layer.call = (inputs, options) => {
    const ids = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor;
    return look(tf.tensor(ids.dataSync(), ids.shape, 'int32'), options);
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
