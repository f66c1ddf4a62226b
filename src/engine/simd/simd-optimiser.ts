import { type Memory, PolityError } from '#core';
import type { OptimiserSpec, OptimiserState } from '#math';
import type { ParameterOptimiser } from '../network.ts';
import type { Kernels } from './kernels.ts';

type Update = (slots: readonly Float32Array[], steps: number, grads: number, learningRate: number) => void;

/**
 * The optimisers of the book in single precision, over one block of the engine's memory.
 *
 * Throws: PolityError (contract) when gradients or a state do not fit.
 */
export class SimdOptimiser implements ParameterOptimiser {
  readonly #spec: OptimiserSpec;
  readonly #params: Float32Array;
  readonly #slots: readonly Float32Array[];
  readonly #update: Update;
  #steps = 0;

  constructor(spec: OptimiserSpec, params: Float32Array, memory: Memory, kernels: Kernels) {
    const { slotCount, update } = ruleOf(spec, kernels, params);
    this.#spec = spec;
    this.#params = params;
    this.#slots = Array.from({ length: slotCount }, () => memory.float32(params.length));
    this.#update = update;
  }

  step(grads: Float32Array, learningRate: number): void {
    if (grads.length !== this.#params.length || grads.buffer !== this.#params.buffer) {
      throw this.#error('gradients of another block', `${grads.length} numbers`, `${this.#params.length} numbers`);
    }
    this.#steps++;
    this.#update(this.#slots, this.#steps, grads.byteOffset, learningRate);
  }

  state(): OptimiserState {
    return { steps: this.#steps, slots: this.#slots.map((slot) => Float64Array.from(slot)) };
  }

  restore({ steps, slots }: OptimiserState): void {
    const size = this.#params.length;
    if (slots.length !== this.#slots.length || slots.some((slot) => slot.length !== size)) {
      const got = `${slots.length} slots of ${slots[0]?.length ?? 0}`;
      throw this.#error('a state of another optimiser or network', got, `${this.#slots.length} slots of ${size}`);
    }
    this.#steps = steps;
    this.#slots.forEach((slot, i) => {
      slot.set(slots[i]);
    });
  }

  #error(message: string, got: string, expected: string): PolityError {
    return new PolityError({ code: 'contract', where: `optimiser ${this.#spec.kind}`, message, got, expected });
  }
}

function ruleOf(spec: OptimiserSpec, kernels: Kernels, params: Float32Array): { slotCount: number; update: Update } {
  const x = params.byteOffset;
  const n = params.length;
  if (spec.kind === 'sgd') {
    const momentum = spec.momentum ?? 0;
    return {
      slotCount: momentum === 0 ? 0 : 1,
      update: ([velocity], _steps, grads, rate) => kernels.sgd(x, grads, velocity?.byteOffset ?? 0, n, rate, momentum),
    };
  }
  if (spec.kind === 'rmsprop') {
    const { decay = 0.99, epsilon = 1e-8, epsilonAt = 'outside' } = spec;
    const inside = epsilonAt === 'inside' ? epsilon : 0;
    return {
      slotCount: 1,
      update: ([squares], _steps, grads, rate) =>
        kernels.rmsprop(x, grads, squares.byteOffset, n, rate, decay, 1 - decay, inside, epsilon - inside),
    };
  }
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, epsilonAt = 'corrected' } = spec;
  const decay = spec.weightDecay ?? (spec.kind === 'adamw' ? 0.01 : 0);
  const coupled = spec.kind === 'adam' ? decay : 0;
  const decoupled = spec.kind === 'adamw' ? decay : 0;
  return {
    slotCount: 2,
    update: ([first, second], steps, grads, rate) => {
      const root = Math.sqrt(1 - beta2 ** steps);
      const corrected = (rate * root) / (1 - beta1 ** steps);
      const rawEpsilon = epsilonAt === 'raw' ? epsilon : epsilon * root;
      kernels.adam(
        x,
        grads,
        first.byteOffset,
        second.byteOffset,
        n,
        corrected,
        1 - beta1,
        beta2,
        1 - beta2,
        rawEpsilon,
        coupled,
        1 - rate * decoupled,
      );
    },
  };
}
