export { shuffle } from '#core';

/** Where part k of `parts` nearly equal parts of `count` units begins. */
export function partStart(count: number, parts: number, k: number): number {
  return Math.floor((count * k) / parts);
}
