import type { Figure, PlotValue } from './figure.ts';

/**
 * Every colour of a page, as it is on a light and on a dark ground. Figures are made in the light one; `recolour` turns
 * them. The series differ in lightness as well as in hue and stay apart for colour-blind readers.
 */
export const palette = {
  page: { light: '#f5f6f8', dark: '#101318' },
  surface: { light: '#ffffff', dark: '#181c23' },
  ink: { light: '#1b2027', dark: '#e7ebf1' },
  muted: { light: '#59636f', dark: '#9ca7b6' },
  line: { light: '#d8dde4', dark: '#333b47' },
  good: { light: '#1a7447', dark: '#67d29d' },
  bad: { light: '#b3372b', dark: '#f3958a' },
  series0: { light: '#1c67b0', dark: '#6cb2f6' },
  series1: { light: '#c2570c', dark: '#f6a35c' },
  series2: { light: '#0f7f6e', dark: '#54cdb8' },
  series3: { light: '#7d46b5', dark: '#c4a1f3' },
  series4: { light: '#a8326f', dark: '#f291bf' },
  series5: { light: '#6b6a14', dark: '#cfcb56' },
  series6: { light: '#3c4a9e', dark: '#9aa8f7' },
  series7: { light: '#7a4a2b', dark: '#d9a781' },
} as const;

export type ColourName = keyof typeof palette;

/** The colour as figures hold it. */
export function colour(name: ColourName, alpha = 1): string {
  const hex = palette[name].light;
  if (alpha === 1) return hex;
  return `rgba(${channels(hex).join(',')},${alpha})`;
}

/** The colour of the n-th group, opponent or member; they repeat after eight. */
export function seriesName(index: number): ColourName {
  return `series${index % 8}` as ColourName;
}

/**
 * The same figure in the colours of a theme.
 *
 * @example
 * recolour({ data: [{ line: { color: '#1c67b0' } }], layout: {} }, 'dark').data[0].line.color // '#6cb2f6'
 */
export function recolour(figure: Figure, theme: 'light' | 'dark'): Figure {
  if (theme === 'light') return figure;
  return recolourValue(figure as unknown as PlotValue) as unknown as Figure;
}

/** The palette as CSS custom properties that follow the page's colour scheme. */
export function paletteStyle(): string {
  const names = Object.keys(palette) as ColourName[];
  return `:root{${names.map((name) => `--${name}:light-dark(${palette[name].light},${palette[name].dark})`).join(';')}}`;
}

const darkOf = new Map(Object.values(palette).map(({ light, dark }) => [light as string, dark as string]));
const darkChannels = new Map([...darkOf].map(([light, dark]) => [channels(light).join(','), channels(dark).join(',')]));

function recolourValue(value: PlotValue): PlotValue {
  if (typeof value === 'string') {
    const [, triple, alpha] = /^rgba\((\d+,\d+,\d+),([\d.]+)\)$/.exec(value) ?? [];
    if (triple === undefined) return darkOf.get(value) ?? value;
    return `rgba(${darkChannels.get(triple) ?? triple},${alpha})`;
  }
  if (Array.isArray(value)) return value.map(recolourValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, recolourValue(inner as PlotValue)]));
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
