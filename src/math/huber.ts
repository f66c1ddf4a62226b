/**
 * Huber's loss: quadratic up to `delta`, linear beyond.
 *
 * Source: Huber (1964), "Robust estimation of a location parameter", in PyTorch's scaling (`huber_loss`).
 *
 * @example
 * huber(3, 1) // 2.5
 */
export function huber(error: number, delta: number): number {
  const size = Math.abs(error);
  return size <= delta ? 0.5 * error * error : delta * (size - 0.5 * delta);
}

/** The derivative of `huber` with respect to the error: the error, clipped to -delta..delta. */
export function huberDerivative(error: number, delta: number): number {
  return Math.max(-delta, Math.min(delta, error));
}

/**
 * Smooth L1: `huber` divided by its `beta`, so that its slope is 1 in the linear part.
 *
 * Source: Girshick (2015), "Fast R-CNN", eq. 3; `beta` as in PyTorch's `smooth_l1_loss`.
 *
 * @example
 * smoothL1(3, 0.5) // 2.75
 */
export function smoothL1(error: number, beta: number): number {
  return huber(error, beta) / beta;
}

/** The derivative of `smoothL1` with respect to the error. */
export function smoothL1Derivative(error: number, beta: number): number {
  return huberDerivative(error, beta) / beta;
}
