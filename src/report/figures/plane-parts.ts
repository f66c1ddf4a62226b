import { baseLayout, type Figure, type PlotObject, plotText, rounded } from '../figure.ts';

/** A figure that a reader picks among others of its kind. */
export interface PlaneChoice {
  readonly label: string;
  readonly summary: string;
  readonly figure: Figure;
}

/** Points of one kind in a plane. */
export function scatter(name: string, points: readonly (readonly number[])[], marker: PlotObject): PlotObject {
  return {
    type: 'scatter',
    mode: 'markers',
    name: plotText(name),
    x: points.map((point) => rounded(point[0])),
    y: points.map((point) => rounded(point[1])),
    marker,
    hovertemplate: '%{x:.4~g}, %{y:.4~g}',
  };
}

/** A plane of two utilities with room for its legend. */
export function planeLayout(x: PlotObject, y: PlotObject, height = 480): PlotObject {
  return baseLayout(height, x, y, { hovermode: 'closest', showlegend: true });
}

/** Distinct points with how often each occurs. */
export function countPoints(
  points: readonly (readonly number[])[],
): readonly { at: readonly number[]; count: number }[] {
  const counts = new Map<string, { at: readonly number[]; count: number }>();
  for (const point of points) {
    const at = point.map((value) => Number(value.toFixed(4)));
    const before = counts.get(at.join());
    counts.set(at.join(), { at, count: (before?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

/** Every point once. */
export function distinct(points: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return countPoints(points).map(({ at }) => at);
}

/** From left to right, as a line goes through them. */
export function sortedByFirst(points: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return [...points].sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}
