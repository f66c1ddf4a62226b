import { countText } from '../number-text.ts';
import type { PolicyLog } from './policy-log.ts';

/** `20 480 of 400 000 env-steps`. */
export function stepText(step: number, { lastStep }: PolicyLog): string {
  return `${countText(step)} of ${countText(lastStep)} env-steps`;
}

/** `12 %`, of a share. */
export function percentText(share: number): string {
  return `${share > 0 && share < 0.01 ? '<1' : Math.round(100 * share)} %`;
}
