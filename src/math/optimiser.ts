import { PolityError } from '#core';
import type { Numbers, Writable } from './numbers.ts';

/** What an optimiser needs besides the learning rate; every number has PyTorch's default. */
export type OptimiserSpec =
  | {
      readonly kind: 'adam' | 'adamw';
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
      /** `adam`: added to the gradient (L2). `adamw`: taken off the weights directly. */
      readonly weightDecay?: number;
      /** Whether epsilon joins the root of the corrected second moment (PyTorch, tfjs) or of the raw one (Keras). */
      readonly epsilonAt?: 'corrected' | 'raw';
    }
  | {
      readonly kind: 'rmsprop';
      readonly decay?: number;
      readonly epsilon?: number;
      /** Whether epsilon stands outside the root (PyTorch) or inside (Keras, tfjs). */
      readonly epsilonAt?: 'outside' | 'inside';
    }
  | { readonly kind: 'sgd'; readonly momentum?: number };

export interface OptimiserState {
  readonly steps: number;
  readonly slots: readonly Float64Array[];
}

/** Turns gradients into steps. Moments are kept in double precision. */
export interface Optimiser {
  readonly spec: OptimiserSpec;
  /** Writes the next parameters in place. */
  step(params: Writable, grads: Numbers, learningRate: number): void;
  /** A copy of everything that later steps depend on. */
  state(): OptimiserState;
  /** Throws PolityError (contract) when the state is of another optimiser or size. */
  restore(state: OptimiserState): void;
}

interface Rule {
  readonly slotCount: number;
  update(slots: readonly Float64Array[], steps: number, params: Writable, grads: Numbers, learningRate: number): void;
}

/**
 * An optimiser over one flat block of `size` parameters.
 *
 * Shapes: params, grads [size].
 * Source: Adam, Kingma and Ba (2015), algorithm 1; AdamW, Loshchilov and Hutter (2019), algorithm 2; RMSProp, Tieleman and
 * Hinton (2012), lecture 6.5; momentum, Polyak (1964), in PyTorch's form (velocity = momentum * velocity + gradient).
 *
 * @example
 * const params = [1];
 * createOptimiser({ kind: 'sgd' }, 1).step(params, [2], 0.25);
 * params // [0.5]
 */
export function createOptimiser(spec: OptimiserSpec, size: number): Optimiser {
  const { slotCount, update } = ruleOf(spec);
  const slots = Array.from({ length: slotCount }, () => new Float64Array(size));
  let steps = 0;
  return {
    spec,
    step(params, grads, learningRate) {
      steps++;
      update(slots, steps, params, grads, learningRate);
    },
    state: () => ({ steps, slots: slots.map((slot) => slot.slice()) }),
    restore(state) {
      if (state.slots.length !== slotCount || state.slots.some((slot) => slot.length !== size)) {
        throw new PolityError({
          code: 'contract',
          where: `optimiser ${spec.kind}`,
          message: 'a state of another optimiser or network',
          got: `${state.slots.length} slots of ${state.slots[0]?.length ?? 0}`,
          expected: `${slotCount} slots of ${size}`,
        });
      }
      steps = state.steps;
      slots.forEach((slot, i) => {
        slot.set(state.slots[i]);
      });
    },
  };
}

function ruleOf(spec: OptimiserSpec): Rule {
  if (spec.kind === 'sgd') return sgd(spec.momentum ?? 0);
  if (spec.kind === 'rmsprop') return rmsprop(spec);
  return adam(spec);
}

function adam(spec: OptimiserSpec & { kind: 'adam' | 'adamw' }): Rule {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, epsilonAt = 'corrected' } = spec;
  const decay = spec.weightDecay ?? (spec.kind === 'adamw' ? 0.01 : 0);
  const coupled = spec.kind === 'adam' ? decay : 0;
  const decoupled = spec.kind === 'adamw' ? decay : 0;
  return {
    slotCount: 2,
    update([first, second], steps, params, grads, learningRate) {
      const rate = learningRate / (1 - beta1 ** steps);
      const root = Math.sqrt(1 - beta2 ** steps);
      // Epsilon in terms of the raw root: sqrt(v / (1 - beta2^t)) + e = (sqrt(v) + e root) / root.
      const rawEpsilon = epsilonAt === 'raw' ? epsilon : epsilon * root;
      const kept = 1 - learningRate * decoupled;
      for (let i = 0; i < first.length; i++) {
        const grad = grads[i] + coupled * params[i];
        first[i] += (1 - beta1) * (grad - first[i]);
        second[i] = beta2 * second[i] + (1 - beta2) * grad * grad;
        params[i] = kept * params[i] - (rate * root * first[i]) / (Math.sqrt(second[i]) + rawEpsilon);
      }
    },
  };
}

function rmsprop(spec: OptimiserSpec & { kind: 'rmsprop' }): Rule {
  const { decay = 0.99, epsilon = 1e-8, epsilonAt = 'outside' } = spec;
  const inside = epsilonAt === 'inside' ? epsilon : 0;
  const outside = epsilonAt === 'inside' ? 0 : epsilon;
  return {
    slotCount: 1,
    update([squares], _steps, params, grads, learningRate) {
      for (let i = 0; i < squares.length; i++) {
        squares[i] = decay * squares[i] + (1 - decay) * grads[i] * grads[i];
        params[i] -= (learningRate * grads[i]) / (Math.sqrt(squares[i] + inside) + outside);
      }
    },
  };
}

function sgd(momentum: number): Rule {
  return {
    slotCount: momentum === 0 ? 0 : 1,
    update([velocity], _steps, params, grads, learningRate) {
      for (let i = 0; i < params.length; i++) {
        if (velocity === undefined) params[i] -= learningRate * grads[i];
        else {
          velocity[i] = momentum * velocity[i] + grads[i];
          params[i] -= learningRate * velocity[i];
        }
      }
    },
  };
}
