import { box, discrete, type Space } from '#core';

/** Seconds that a step lasts. */
export const timeStep = 0.1;
const damping = 0.25;
const contactForce = 1e2;
const contactMargin = 1e-3;
/** exp of anything below this is exactly 0 in double precision, and with it the force. */
const noContact = -746;

/**
 * Adds the forces by which round bodies push each other apart: soft, felt a little before they touch. The first `movable` bodies are
 * pushed; the others stand still.
 *
 * Shapes: B bodies: positions [B, 2], radii [B]; forces [movable, 2].
 * Source: mpe2 1.1.1, _mpe_utils/core.py, get_collision_force: F = 100 d/|d| k log(1 + exp(-(|d| - r1 - r2) / k)), k = 0.001.
 */
export function addContactForces(
  positions: Float64Array,
  radii: Float64Array,
  bodies: number,
  movable: number,
  forces: Float64Array,
): void {
  for (let a = 0; a < movable; a++) {
    for (let b = a + 1; b < bodies; b++) {
      const dx = positions[2 * a] - positions[2 * b];
      const dy = positions[2 * a + 1] - positions[2 * b + 1];
      const reach = radii[a] + radii[b];
      const squared = dx * dx + dy * dy;
      // Far bodies are passed over before the square root is taken; 0.75 is a little more than -noContact * contactMargin.
      if (squared > (reach + 0.75) * (reach + 0.75)) continue;
      const distance = Math.sqrt(squared);
      const overlap = -(distance - reach) / contactMargin;
      if (overlap < noContact) continue;
      const penetration = softplus(overlap) * contactMargin;
      const fx = ((contactForce * dx) / distance) * penetration;
      const fy = ((contactForce * dy) / distance) * penetration;
      forces[2 * a] = fx + forces[2 * a];
      forces[2 * a + 1] = fy + forces[2 * a + 1];
      if (b >= movable) continue;
      forces[2 * b] = -fx + forces[2 * b];
      forces[2 * b + 1] = -fy + forces[2 * b + 1];
    }
  }
}

/**
 * Moves the first `movable` bodies (mass 1) by one time step: position by the velocity so far, then damping, then the force, then the
 * speed limit.
 *
 * Shapes: positions, velocities, forces [movable, 2]; maxSpeeds [movable], Infinity for none, or absent.
 * Source: mpe2 1.1.1, _mpe_utils/core.py, integrate_state.
 */
export function integrate(
  positions: Float64Array,
  velocities: Float64Array,
  forces: Float64Array,
  movable: number,
  maxSpeeds?: Float64Array,
): void {
  for (let i = 0; i < 2 * movable; i++) {
    positions[i] += velocities[i] * timeStep;
    velocities[i] = velocities[i] * (1 - damping) + forces[i] * timeStep;
  }
  if (maxSpeeds === undefined) return;
  for (let a = 0; a < movable; a++) {
    const vx = velocities[2 * a];
    const vy = velocities[2 * a + 1];
    const speed = Math.sqrt(vx * vx + vy * vy);
    if (!(speed > maxSpeeds[a])) continue;
    velocities[2 * a] = (vx / speed) * maxSpeeds[a];
    velocities[2 * a + 1] = (vy / speed) * maxSpeeds[a];
  }
}

/** Names of the five moves. */
export const moves = ['stay', 'left', 'right', 'down', 'up'] as const;

/** The action of a body that moves: one of five moves, or five pushes between 0 and 1, the first of which does nothing. */
export function moveSpace(continuous: boolean): Space {
  return continuous ? box([moves.length], 0, 1) : discrete(moves.length, moves);
}

/**
 * Sets a body's force from its action: one of five moves, or five pushes.
 *
 * Source: mpe2 1.1.1, _mpe_utils/simple_env.py, _set_action; 5 is the default sensitivity.
 */
export function setForce(
  forces: Float64Array,
  body: number,
  continuous: boolean,
  actions: Float64Array,
  at: number,
  sensitivity: number,
): void {
  if (!continuous) {
    setMove(forces, body, actions[at], sensitivity);
    return;
  }
  forces[2 * body] = (clamp(actions[at + 2]) - clamp(actions[at + 1])) * sensitivity;
  forces[2 * body + 1] = (clamp(actions[at + 4]) - clamp(actions[at + 3])) * sensitivity;
}

/** Sets a body's force from one of the five moves. */
export function setMove(forces: Float64Array, body: number, move: number, sensitivity: number): void {
  forces[2 * body] = move === 1 ? -sensitivity : move === 2 ? sensitivity : 0;
  forces[2 * body + 1] = move === 3 ? -sensitivity : move === 4 ? sensitivity : 0;
}

/** log(1 + exp(y)), in the two branches of numpy's logaddexp(0, y). */
function softplus(y: number): number {
  if (y === 0) return Math.LN2;
  return y > 0 ? y + Math.log1p(Math.exp(-y)) : Math.log1p(Math.exp(y));
}

function clamp(push: number): number {
  return push < 0 ? 0 : push > 1 ? 1 : push;
}
