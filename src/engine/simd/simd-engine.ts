import { createMemory, type Memory, PolityError, type Topology } from '#core';
import type { OptimiserSpec } from '#math';
import type { Engine, Network, NetworkStorage, ParameterOptimiser } from '../network.ts';
import { parameterSlices } from '../parameter-slices.ts';
import { hasVariant, type Kernels, type KernelVariant, loadKernels, zeros } from './kernels.ts';
import { SimdNetwork } from './simd-network.ts';
import { SimdOptimiser } from './simd-optimiser.ts';

export interface SimdEngineOptions {
  /** `auto`: relaxed where the runtime has it. `portable`: the same bits on every machine. Default `auto`. */
  readonly kernels?: 'auto' | KernelVariant;
  /** The memory that the engines of all threads share; made by the first when left out. It must begin all zero. */
  readonly memory?: WebAssembly.Memory;
  /** Called when the runtime does not know relaxed SIMD yet; may switch it on. */
  readonly enableRelaxed?: () => void;
  /** How many engines run over the memory, and which of them this is. */
  readonly threads?: number;
  readonly thread?: number;
}

/** An engine of compiled kernels over a shared WebAssembly memory. */
export interface SimdEngine extends Engine {
  readonly kind: 'simd';
  readonly variant: KernelVariant;
  /** What the engines of other threads are to be given. */
  readonly wasmMemory: WebAssembly.Memory;
  readonly kernels: Kernels;
}

/** Pages of 64 KiB: 256 MiB, fixed so that views stay valid. Pages that nobody touches take no memory. */
const pages = 4096;

/**
 * The engine of compiled kernels. Networks run without tfjs, in blocks of rows.
 *
 * Throws: PolityError (engine) when `kernels: relaxed` is asked for and the runtime has no relaxed SIMD.
 */
export function createSimdEngine(options: SimdEngineOptions = {}): SimdEngine {
  const { threads = 1, thread = 0 } = options;
  const wasmMemory = options.memory ?? new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const variant = chooseVariant(options);
  const kernels = loadKernels(variant, wasmMemory);
  const memory = createMemory(wasmMemory.buffer, zeros.end);
  const context = {
    kernels,
    numbers: new Float32Array(memory.buffer),
    scratch: (numbers: number) => ownScratch(memory, numbers, threads, thread),
  };
  const inMemory = (block: Float32Array, what: string): number => {
    if (block.buffer === memory.buffer) return block.byteOffset;
    throw new PolityError({
      code: 'contract',
      where: 'simd engine',
      message: `${what} outside the engine's memory`,
      remedy: 'Take blocks from engine.memory',
    });
  };
  return {
    kind: 'simd',
    variant,
    memory,
    wasmMemory,
    kernels,
    createNetwork(topology: Topology, storage?: NetworkStorage): Network {
      const size = parameterSlices(topology).reduce((sum, slice) => sum + slice.size, 0);
      const params = storage?.params ?? memory.float32(size);
      const grads = storage?.grads ?? memory.float32(size);
      for (const block of [params, grads]) {
        inMemory(block, 'a block of a network');
        if (block.length === size) continue;
        throw new PolityError({
          code: 'contract',
          where: 'simd engine',
          message: 'a block of another size than the network',
          got: `${block.length}`,
          expected: `${size}`,
        });
      }
      return new SimdNetwork(topology, params, grads, memory.buffer, context);
    },
    createOptimiser(spec: OptimiserSpec, params: Float32Array): ParameterOptimiser {
      inMemory(params, 'parameters');
      return new SimdOptimiser(spec, params, memory, kernels);
    },
    sumBlocks(blocks, out) {
      const to = inMemory(out, 'a sum');
      blocks.forEach((block, i) => {
        const from = inMemory(block, 'a block to add');
        if (i > 0) kernels.addRows(from, 0, to, 0, 1, out.length);
        else if (from !== to) kernels.copyRows(from, 0, to, 0, 1, out.length);
      });
    },
    clipByGlobalNorm(grads, limit) {
      const at = inMemory(grads, 'gradients');
      const norm = Math.sqrt(kernels.sumSquares(at, grads.length));
      const factor = limit / (norm + 1e-6);
      if (factor < 1) kernels.scale(at, grads.length, factor);
      return norm;
    },
  };
}

function chooseVariant({ kernels = 'auto', enableRelaxed }: SimdEngineOptions): KernelVariant {
  if (kernels === 'portable') return 'portable';
  if (hasVariant('relaxed')) return 'relaxed';
  enableRelaxed?.();
  if (hasVariant('relaxed')) return 'relaxed';
  if (kernels === 'auto') return 'portable';
  throw new PolityError({
    code: 'engine',
    where: 'engine.kernels',
    message: 'this runtime has no relaxed SIMD',
    got: 'relaxed',
    expected: 'auto or portable',
    remedy: 'Use Node 22 or newer, or kernels: portable',
  });
}

/** Memory for one thread. Every thread takes the blocks of all, so that what is shared lies at the same place in each. */
function ownScratch(memory: Memory, numbers: number, threads: number, thread: number): number {
  const blocks = Array.from({ length: threads }, () => memory.float32(numbers));
  return blocks[thread].byteOffset;
}
