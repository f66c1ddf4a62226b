import type { Tensor, TensorFlow } from './tensorflow.ts';

const mended = new WeakSet<object>();

/**
 * Lets gradients flow back through sequences of one step: tfjs 4.22 splits a sequence into its steps, and takes the gradient of a
 * single one for a list.
 */
export function mendGradients(tf: TensorFlow): void {
  if (mended.has(tf)) return;
  mended.add(tf);
  tf.registerGradient({
    kernelName: 'Unpack',
    gradFunc: (dy, _saved, attrs) => {
      const steps: Tensor[] = Array.isArray(dy) ? dy : [dy];
      return { value: () => tf.stack(steps, attrs.axis as number) };
    },
  });
}
