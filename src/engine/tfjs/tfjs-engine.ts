import { createMemory, PolityError } from '#core';
import { clipByGlobalNorm, createOptimiser, type OptimiserSpec } from '#math';
import type { Engine, NetworkStorage, ParameterOptimiser } from '../network.ts';
import { mendGradients } from './mend-gradients.ts';
import { mendKernels } from './mend-kernels.ts';
import type { TensorFlow } from './tensorflow.ts';
import { TfjsNetwork } from './tfjs-network.ts';

export interface TfjsEngineOptions {
  /** The loaded module. The backend that it has set now is the engine's from then on. */
  readonly tf: TensorFlow;
  /** What the engines of all threads share; made when left out. It must begin all zero. */
  readonly buffer?: ArrayBufferLike;
}

/** An engine that runs every layer tfjs has, on whichever backend of tfjs there is. */
export interface TfjsEngine extends Engine {
  readonly kind: 'tfjs';
}

/** 256 MiB, as much as the compiled engine has. Pages that nobody touches take no memory. */
const bytes = 2 ** 28;

/**
 * The engine of reference: networks are tfjs LayersModels, gradients come from its automatic differentiation, optimisers from the
 * book.
 *
 * Throws: PolityError (engine) when no backend is set.
 */
export function createTfjsEngine({ tf, buffer = new ArrayBuffer(bytes) }: TfjsEngineOptions): TfjsEngine {
  const variant = tf.getBackend() as string | undefined;
  if (!variant) {
    const remedy = 'Await tf.setBackend before the engine is made';
    throw new PolityError({ code: 'engine', where: 'engine.backend', message: 'no backend is set', remedy });
  }
  mendGradients(tf);
  mendKernels(tf, 'cpu');
  mendKernels(tf, variant);
  const memory = createMemory(buffer);
  const context = {
    tf,
    select() {
      // A backend that has been set before is there again at once, although tfjs says so by a promise.
      if (tf.getBackend() !== variant) void tf.setBackend(variant);
    },
  };
  return {
    kind: 'tfjs',
    variant,
    memory,
    createNetwork(topology, storage?: NetworkStorage) {
      return new TfjsNetwork(topology, context, (size) => {
        const params = storage?.params ?? memory.float32(size);
        const grads = storage?.grads ?? memory.float32(size);
        for (const block of [params, grads]) {
          if (block.length !== size) throw blockError('a block of another size than the network', block, size);
        }
        return { params, grads };
      });
    },
    createOptimiser(spec: OptimiserSpec, params: Float32Array): ParameterOptimiser {
      const optimiser = createOptimiser(spec, params.length);
      return {
        step(grads, learningRate) {
          if (grads.length !== params.length) throw blockError('gradients of another block', grads, params.length);
          optimiser.step(params, grads, learningRate);
        },
        state: () => optimiser.state(),
        restore: (state) => optimiser.restore(state),
      };
    },
    sumBlocks(blocks, out) {
      blocks.forEach((block, i) => {
        if (block.length !== out.length) throw blockError('a block to add of another size', block, out.length);
        if (i > 0) for (let k = 0; k < out.length; k++) out[k] += block[k];
        else if (block !== out) out.set(block);
      });
    },
    clipByGlobalNorm: (grads, limit) => clipByGlobalNorm(grads, limit),
  };
}

function blockError(message: string, block: Float32Array, size: number): PolityError {
  const facts = { got: `${block.length} numbers`, expected: `${size} numbers` };
  return new PolityError({ code: 'contract', where: 'tfjs engine', message, ...facts });
}
