import type { LayerConfig, LayerSpec } from './layer-graph.ts';
import { type LayerKind, lastOf, type RowShape } from './weight-spec.ts';

type KindOf = (layer: LayerSpec) => LayerKind;

/** The layer that another one wraps. */
function wrapped(config: LayerConfig): LayerSpec {
  const { class_name, config: inner } = config.layer as { class_name: string; config: LayerConfig };
  return { name: String(inner.name), kind: class_name, config: inner };
}

/** One layer at every step of a sequence; its weights go by the wrapper's name. */
export function timeDistributed(kindOf: KindOf): LayerKind {
  const steps = ([input]: readonly RowShape[]) => [input.slice(1)];
  return {
    outputs: (config, inputs) => {
      const layer = wrapped(config);
      return [[inputs[0][0], ...kindOf(layer).outputs(layer.config, steps(inputs))[0]]];
    },
    weights: (config, inputs) => {
      const layer = wrapped(config);
      return kindOf(layer).weights(layer.config, steps(inputs));
    },
  };
}

/** A recurrent layer and a second one that goes backwards, their outputs put together. */
export function bidirectional(kindOf: KindOf): LayerKind {
  return {
    outputs: (config, inputs) => {
      const layer = wrapped(config);
      const [output, ...states] = kindOf(layer).outputs(layer.config, inputs);
      const merged = config.merge_mode === 'concat' ? [[...output.slice(0, -1), 2 * lastOf(output)]] : [output];
      return [...(config.merge_mode == null ? [output, output] : merged), ...states, ...states];
    },
    weights: (config, inputs) => {
      const layer = wrapped(config);
      const weights = kindOf(layer).weights(layer.config, inputs);
      return ['forward', 'backward'].flatMap((way) =>
        weights.map((one) => ({ ...one, name: `${way}_${layer.name}/${one.name}` })),
      );
    },
  };
}
