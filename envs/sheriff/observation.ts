import { type BoxSpace, fieldBox } from '#core';
import { type SheriffParams, type SheriffState, sheriffRules, smuggler } from './rules.ts';

/** How a sheriff world shows its state. */
export interface SheriffView {
  space(params: SheriffParams): BoxSpace;
  write(state: SheriffState, agent: number, out: Float32Array, params: SheriffParams): void;
}

/**
 * OpenSpiel's information state. Its move number has rounds + 1 places and runs to 2 rounds + 1, so that it strays into those of the items
 * and of the bribes; an answer's bit is 1 for not inspecting and 0 both for inspecting and for no answer yet.
 */
export const upstreamView: SheriffView = {
  space: ({ maxItems, maxBribe, rounds }) =>
    fieldBox(
      [
        { name: 'mover', size: 2 },
        { name: 'player', size: 2 },
        { name: 'move', size: rounds + 1 },
        { name: 'items', size: maxItems + 1 },
        ...Array.from({ length: rounds }, (_, round) => ({ name: `round${round}`, size: maxBribe + 2 })),
      ],
      0,
      1,
    ),

  write(state, agent, out, params) {
    const { maxItems, maxBribe, rounds } = params;
    out.fill(0);
    const mover = sheriffRules.turn(state, params);
    if (mover >= 0) out[mover] = 1;
    out[2 + agent] = 1;
    out[4 + state.moves] = 1;
    const items = 4 + rounds + 1;
    if (agent === smuggler) out[items + Math.max(0, state.items)] = 1;
    for (let round = 0; round < rounds && state.bribes[round] >= 0; round++) {
      const at = items + maxItems + 1 + round * (maxBribe + 2);
      out[at + state.bribes[round]] = 1;
      if (state.answers[round] >= 0) out[at + maxBribe + 1] = 1 - state.answers[round];
    }
  },
};

/** The same with a place for everything: each move, no items yet, and both answers. */
export const mendedView: SheriffView = {
  space: ({ maxItems, maxBribe, rounds }) =>
    fieldBox(
      [
        { name: 'mover', size: 2 },
        { name: 'player', size: 2 },
        { name: 'move', size: 2 * rounds + 2 },
        { name: 'items', size: maxItems + 1 },
        ...Array.from({ length: rounds }, (_, round) => [
          { name: `round${round}/bribe`, size: maxBribe + 1 },
          { name: `round${round}/answer`, size: 2 },
        ]).flat(),
      ],
      0,
      1,
    ),

  write(state, agent, out, params) {
    const { maxItems, maxBribe, rounds } = params;
    out.fill(0);
    const mover = sheriffRules.turn(state, params);
    if (mover >= 0) out[mover] = 1;
    out[2 + agent] = 1;
    out[4 + state.moves] = 1;
    const items = 4 + 2 * rounds + 2;
    if (agent === smuggler && state.items >= 0) out[items + state.items] = 1;
    for (let round = 0; round < rounds; round++) {
      const at = items + maxItems + 1 + round * (maxBribe + 3);
      if (state.bribes[round] >= 0) out[at + state.bribes[round]] = 1;
      if (state.answers[round] >= 0) out[at + maxBribe + 1 + state.answers[round]] = 1;
    }
  },
};
