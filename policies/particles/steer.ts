/** How many steps ahead a body wants to be at its target. */
export const horizon = 3;

/**
 * The particle world's motion: a step moves by velocity * 0.1, then keeps 3/4 of the velocity and adds force * 0.1. So velocity v and
 * one push u (in -1..1) of force f now move a body by v * coast + u * f * reach over the horizon.
 *
 * Source: mpe2 1.1.1, _mpe_utils/core.py, integrate_state.
 */
const timeStep = 0.1;
const kept = 0.75;
const coast = (timeStep * (1 - kept ** horizon)) / (1 - kept);
const reach = (timeStep * timeStep * (1 - kept ** (horizon - 1))) / (1 - kept);

/** The force of a full push where a world does not say otherwise. */
export const usualForce = 5;

/**
 * Writes the action that brings a body closest to (x, y), relative to it, over the horizon: it brakes in time. Discrete actions stay
 * when less than half a push is wanted along both axes.
 */
export function steer(
  x: number,
  y: number,
  velocityX: number,
  velocityY: number,
  force: number,
  continuous: boolean,
  out: Float64Array,
): void {
  const pushX = (x - velocityX * coast) / (force * reach);
  const pushY = (y - velocityY * coast) / (force * reach);
  if (!continuous) {
    out[0] = nearestMove(pushX, pushY);
    return;
  }
  out[0] = 0;
  out[1] = limited(-pushX);
  out[2] = limited(pushX);
  out[3] = limited(-pushY);
  out[4] = limited(pushY);
}

/** The velocity along one axis (0 or 1) after a step with the action in `out`, when nothing else pushes. */
export function velocityAfter(
  velocity: number,
  axis: number,
  force: number,
  continuous: boolean,
  out: Float64Array,
): number {
  const back = 1 + 2 * axis;
  const push = continuous ? out[back + 1] - out[back] : out[0] === back ? -1 : out[0] === back + 1 ? 1 : 0;
  return velocity * kept + push * force * timeStep;
}

/** The move whose push comes closest to the wanted one. */
function nearestMove(pushX: number, pushY: number): number {
  const alongX = Math.abs(pushX) >= Math.abs(pushY);
  const push = alongX ? pushX : pushY;
  if (Math.abs(push) < 0.5) return 0;
  return (alongX ? 1 : 3) + (push > 0 ? 1 : 0);
}

function limited(push: number): number {
  return Math.max(0, Math.min(1, push));
}
