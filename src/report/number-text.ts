import type { Estimate } from './estimate.ts';

/**
 * A number for reading: about three significant digits, thousands apart, never in exponents unless very large or small.
 *
 * @example
 * numberText(0.12345) // '0.123'
 */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return minus(value.toExponential(1));
  if (size >= 1000) return grouped(value, 0);
  return minus(trimmed(value.toFixed(size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5)));
}

/** An interval, with as many decimals as its width makes worth writing; empty text where there is none. */
export function intervalText({ low, high }: Pick<Estimate, 'low' | 'high'>): string {
  if (low === undefined || high === undefined) return '';
  if (isPoint(low, high)) return `${numberText(low)} to ${numberText(high)}`;
  const digits = decimalsFor(high - low);
  return `${grouped(low, digits)} to ${grouped(high, digits)}`;
}

/** The mean with the decimals of its interval, so that both read alike. */
export function meanText({ mean, low, high }: Pick<Estimate, 'mean' | 'low' | 'high'>): string {
  if (low === undefined || high === undefined || isPoint(low, high)) return numberText(mean);
  return grouped(mean, decimalsFor(high - low));
}

/** A width that is nothing but rounding is none. */
function isPoint(low: number, high: number): boolean {
  return high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high));
}

/** Steps, episodes and the like: `1 048 576`. */
export function countText(value: number): string {
  return grouped(value, 0);
}

/** Two digits of the half-width, at least enough for a percentage, at most five. */
function decimalsFor(width: number): number {
  if (!(width > 0)) return 3;
  return Math.min(5, Math.max(0, 1 - Math.floor(Math.log10(width / 2))));
}

function grouped(value: number, decimals: number): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.');
  // A narrow no-break space: neither a comma nor a point, which are decimal signs to somebody.
  const text = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + (fraction === undefined ? '' : `.${fraction}`);
  return value < 0 && Number(Math.abs(value).toFixed(decimals)) !== 0 ? `\u2212${text}` : text;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function minus(text: string): string {
  return text === '-0' ? '0' : text.replace('-', '\u2212');
}
