import { z } from 'zod';
import {
  type Architecture,
  type NetworkFile,
  type NetworkNeeds,
  type NetworkPlan,
  PolityError,
  type ReadNetworkFile,
  type Topology,
} from '#core';
import { replaceHead, resizeInput, selectOutputs } from '#engine/edit-topology';
import { type LayerGraph, type LayerSpec, readLayerGraph } from '#engine/layer-graph';
import { parameterSlices, rowShapes } from '#engine/parameter-slices';

const options = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe('A `model.json` that tfjs wrote, seen from where the command runs: a Sequential or functional model.'),
  weights: z
    .enum(['fresh', 'file'])
    .default('fresh')
    .describe('Where training begins: weights drawn from the seed, or those of the file.'),
  trunk: z
    .enum(['separate', 'shared'])
    .default('separate')
    .describe('Policy and value as two networks, or as the two outputs of one.'),
  fingerprint: z
    .string()
    .optional()
    .describe('What tells the bytes of the file apart; written when the experiment is resolved.'),
});

type ModelOptions = z.infer<typeof options>;

const where = 'policy.network.file';

/**
 * A network of the user's own: a tfjs LayersModel that reads the observation. Its first output is what actions are drawn from
 * (logits, or the means of a box), a second one of one number the value. A model without a second output has a critic of the
 * same layers with an end of its own; a central critic reads the state at the same input.
 *
 * Shapes: observation [B, ..] of O numbers -> policy [B, policyOutputs], value [B, 1].
 */
export const modelArchitecture: Architecture<ModelOptions> = {
  id: 'model',
  title: 'A model.json of your own',
  source: 'TensorFlow.js: a LayersModel as `model.save` writes it',
  options,
  complete(chosen, read) {
    const { fingerprint } = read(chosen.file);
    if (chosen.fingerprint === undefined || chosen.fingerprint === fingerprint) return { ...chosen, fingerprint };
    throw new PolityError({
      code: 'input',
      where,
      message: `${chosen.file} has changed since this experiment was resolved`,
      got: fingerprint,
      expected: chosen.fingerprint,
      remedy: 'Put the file back, or train anew',
    });
  },
  build(needs, chosen, read) {
    const file = openFile(chosen, read);
    const { topology, head } = fitted(file.topology, needs, chosen.file);
    const plan = { topology, gains: gainsOf(topology, head) };
    return chosen.weights === 'fresh' ? plan : { ...plan, weights: weightsOf(file, topology) };
  },
};

function openFile(chosen: ModelOptions, read: ReadNetworkFile | undefined): NetworkFile {
  if (read === undefined) {
    throw new PolityError({ code: 'input', where, message: 'files cannot be read here', got: chosen.file });
  }
  modelArchitecture.complete?.(chosen, read);
  return read(chosen.file);
}

/** What of a model is needed, and which layer the policy ends in, if it has one. */
function fitted(topology: Topology, needs: NetworkNeeds, file: string): { topology: Topology; head: string | null } {
  const refuse = (message: string, got: string, expected: string, remedy?: string) =>
    new PolityError({
      code: 'input',
      where,
      message: `${file} ${message}`,
      got,
      expected,
      ...(remedy === undefined ? {} : { remedy }),
    });
  const graph = readLayerGraph(topology);
  const { inputs, outputs } = sizesOf(graph);
  if (inputs.length !== 1) {
    const remedy = 'Join the parts of the observation within the model; for memory take architecture: gru';
    throw refuse('has to read the observation alone', `${inputs.length} inputs`, 'one input', remedy);
  }
  if (outputs.length > 2) throw refuse('has too many outputs', `${outputs.length}`, 'the policy, and the value or not');
  const { policyOutputs, value } = needs;
  if (outputs.length === 2 && outputs[1] !== 1) {
    throw refuse('has a second output that is no value', `${outputs[1]} numbers`, '1');
  }
  if (policyOutputs === 0) {
    const critic = outputs.length === 2 ? selectOutputs(topology, [1]) : replaceHead(topology, 'value', 1);
    const size = inputs[0] === needs.observationSize ? critic : resizeInput(critic, needs.observationSize);
    return { topology: size, head: null };
  }
  if (inputs[0] !== needs.observationSize) {
    throw refuse('reads observations of another size', `${inputs[0]} numbers`, `${needs.observationSize}`);
  }
  if (outputs[0] !== policyOutputs) {
    throw refuse('has another number of actions at its first output', `${outputs[0]} numbers`, `${policyOutputs}`);
  }
  const head = graph.calls[graph.outputs[0].call].layer;
  if (head.kind === 'Softmax' || head.config.activation === 'softmax') {
    const remedy = 'End it in a linear layer; drawing from the logits, masks included, is done outside';
    throw refuse(`ends in the softmax of layer "${head.name}"`, 'probabilities', 'logits', remedy);
  }
  if (value && outputs.length === 1) {
    const remedy = 'Give the model a second output of one number, or take trunk: separate';
    throw refuse('has no value to share its trunk with', '1 output', '2 outputs', remedy);
  }
  return { topology: selectOutputs(topology, value ? [0, 1] : [0]), head: head.name };
}

function sizesOf(graph: LayerGraph): { readonly inputs: readonly number[]; readonly outputs: readonly number[] } {
  const shapes = rowShapes(graph);
  const size = (call: number, output: number) => shapes[call][output].reduce((product, length) => product * length, 1);
  return {
    inputs: graph.inputs.map((call) => size(call, 0)),
    outputs: graph.outputs.map(({ call, output }) => size(call, output)),
  };
}

/** As of the architectures that ship: the policy begins nearly uniform, what is squashed begins larger by the root of 2. */
function gainsOf(topology: Topology, head: string | null): Readonly<Record<string, number>> {
  const squashing: readonly unknown[] = ['tanh', 'relu', 'elu'];
  const gain = ({ name, config }: LayerSpec) =>
    name === head ? 0.01 : squashing.includes(config.activation) ? Math.SQRT2 : 1;
  const recurrent: readonly string[] = ['GRU', 'LSTM', 'SimpleRNN', 'Bidirectional'];
  return Object.fromEntries(
    readLayerGraph(topology)
      .layers.filter(({ kind }) => !recurrent.includes(kind))
      .map((layer) => [layer.name, gain(layer)]),
  );
}

/** The weights of the file that the network has too; those of a new end or of another input are drawn. */
function weightsOf(file: NetworkFile, topology: Topology): NonNullable<NetworkPlan['weights']> {
  const wanted = new Map(parameterSlices(topology).map((slice) => [slice.name, slice]));
  const found: Record<string, Float32Array> = {};
  for (const { name, shape, offset, size } of parameterSlices(file.topology)) {
    if (wanted.get(name)?.shape.join() !== shape.join()) continue;
    found[name] = file.weights.subarray(offset, offset + size);
  }
  return found;
}
