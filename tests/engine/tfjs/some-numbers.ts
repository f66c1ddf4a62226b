import type { Topology } from '#core';
import type { Network } from '#engine';
import { readLayerGraph } from '#engine/layer-graph';

/** Weights of a size that keeps activations apart from their bounds; variances are positive. */
export function fillParams(network: Network, next: () => number): void {
  for (const { name, offset, size } of network.slices) {
    for (let i = offset; i < offset + size; i++) {
      network.params[i] = name.endsWith('moving_variance') ? 1 + 0.5 * next() : 0.4 * next();
    }
  }
  network.paramsChanged();
}

/** Inputs in -1..1, symbols for inputs that an embedding reads, zeros at some steps where they mask. */
export function someInputs(topology: Topology, network: Network, rows: number, next: () => number): Float32Array[] {
  const graph = readLayerGraph(topology);
  return network.inputSizes.map((size, i) => {
    const reader = graph.calls.find(({ inputs }) => inputs.some(({ call }) => call === graph.inputs[i]));
    const symbols = reader?.layer.kind === 'Embedding' ? Number(reader.layer.config.input_dim) : null;
    const masked = reader?.layer.kind === 'Masking';
    return Float32Array.from({ length: rows * size }, (_, k) => {
      if (symbols !== null) return Math.floor(((next() + 1) / 2) * symbols * 0.999);
      // Steps of two numbers; every third step is masked.
      return masked && Math.floor(k / 2) % 3 === 2 ? 0 : next();
    });
  });
}

export function someOutputGrads(network: Network, rows: number, next: () => number): Float32Array[] {
  return network.outputSizes.map((size) => Float32Array.from({ length: rows * size }, next));
}
