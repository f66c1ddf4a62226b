import type { Numbers, Writable } from './numbers.ts';

/**
 * The Euclidean length of all gradients together.
 *
 * Shapes: grads of any length.
 */
export function globalNorm(grads: Numbers): number {
  let squares = 0;
  for (let i = 0; i < grads.length; i++) squares += grads[i] * grads[i];
  return Math.sqrt(squares);
}

/**
 * Shortens gradients in place to at most `limit` and returns their length before. `offset` is added to the length in the
 * factor limit / (norm + offset): 1e-6 as in PyTorch's `clip_grad_norm_`, 0 as in optax.
 *
 * Source: Pascanu et al. (2013), "On the difficulty of training recurrent neural networks", algorithm 1.
 *
 * @example
 * const grads = [3, 4];
 * clipByGlobalNorm(grads, 1, 0) // 5, and grads is [0.6, 0.8]
 */
export function clipByGlobalNorm(grads: Writable, limit: number, offset = 1e-6): number {
  const norm = globalNorm(grads);
  const factor = limit / (norm + offset);
  if (factor < 1) for (let i = 0; i < grads.length; i++) grads[i] *= factor;
  return norm;
}

/**
 * Moves target parameters a share `tau` of the way to the online ones, in place.
 *
 * Shapes: target, online of one length.
 * Source: Polyak and Juditsky (1992); as target update, Lillicrap et al. (2016), algorithm 1.
 */
export function polyakUpdate(target: Writable, online: Numbers, tau: number): void {
  for (let i = 0; i < target.length; i++) target[i] += tau * (online[i] - target[i]);
}
