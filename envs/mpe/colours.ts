import type { Field, Paint } from '#core';

/** Landmarks that are told apart by colour. */
export const colours = ['red', 'green', 'blue'] as const;

const shades: readonly Paint[] = ['#c0392b', '#27864b', '#2e6bb0'];

/** Colour of a landmark in a scene. */
export function shadeOf(landmark: number): Paint {
  return shades[landmark % shades.length];
}

/** Writes a colour as upstream shows it: one bright channel, two dim ones. Returns where to go on. */
export function writeColour(bright: number, dim: number, colour: number, out: Float32Array, at: number): number {
  for (let i = 0; i < colours.length; i++) out[at + i] = i === colour ? bright : dim;
  return at + colours.length;
}

/** The field that holds such a colour. */
export const goalColour: Field = { name: 'goalColour', size: colours.length };
