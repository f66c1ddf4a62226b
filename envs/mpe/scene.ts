import type { Drawing, Paint, Shape } from '#core';

/** Round bodies of one kind. Shapes: points [n, 2]. */
export interface Bodies {
  readonly points: Float64Array;
  readonly radius: number;
  readonly paint: (index: number) => Paint;
  readonly label?: (index: number) => string;
}

/** A plane seen from above, large enough to hold every body; y grows upwards in the world and downwards in the scene. */
export function drawParticles(kinds: readonly Bodies[], caption: string): Drawing {
  const reach = kinds.flatMap(({ points, radius }) => Array.from(points, (x) => Math.abs(x) + radius));
  const half = Math.max(1, ...reach);
  const shapes = kinds.flatMap(({ points, radius, paint, label }) =>
    Array.from({ length: points.length / 2 }, (_, i): Shape => {
      const circle = { x: half + points[2 * i], y: half - points[2 * i + 1], radius, fill: paint(i) };
      return label === undefined ? { kind: 'circle', ...circle } : { kind: 'circle', ...circle, label: label(i) };
    }),
  );
  return { width: 2 * half, height: 2 * half, shapes, caption };
}
