import { box } from '#core';
import { hall, type TowerState, tower } from '../../core/worlds.ts';
import { afterStep, type Case, good, withRole } from '../good-worlds.ts';

const advance = (state: TowerState) => {
  state.height += 1;
};

/** Worlds that go wrong where somebody looks at a state: turns, observations, masks, state vectors, texts, scenes. */
export const looksWorlds: readonly Case[] = [
  [
    'state-plain',
    'a function in the state',
    { ...good, init: () => ({ height: 0, mover: 0, last: -1, go: () => 1 }) },
    'state.go is a function',
  ],
  [
    'state-plain',
    'a class instance in the state',
    { ...good, init: () => ({ height: 0, mover: 0, last: -1, made: new Date(0) }) },
    'state.made is a Date',
  ],
  [
    'someone-acts',
    'a game in which it is nobody’s turn',
    { ...good, acting: () => false },
    'episode 0, step 0: nobody acts',
  ],
  [
    'acting-pure',
    'a turn given as a number',
    { ...good, acting: (state: TowerState, agent: number) => (agent === state.mover ? 1 : 0) as unknown as boolean },
    'acting says 1, then 1',
  ],
  [
    'acting-pure',
    'a turn that passes when it is asked for',
    {
      ...good,
      acting(state: TowerState, agent: number) {
        state.mover = 1 - state.mover;
        return agent === state.mover;
      },
    },
    'acting says false, then true',
  ],
  [
    'alive-no-return',
    'an agent that comes and goes',
    { ...hall, alive: ({ clock }: { clock: number }, agent: number) => agent > 0 || clock % 2 === 0 },
    'episode 0, step 1: guest_0 came back',
  ],
  [
    'observe-writes-all',
    'a branch that leaves an entry as it was',
    {
      ...good,
      observe(state: TowerState, agent: number, out: Float32Array) {
        out[0] = state.height;
        if (agent === state.mover) out[1] = 1;
      },
    },
    'observation entry 1 of 2 is not written',
  ],
  [
    'observe-pure',
    'a look that moves the world',
    {
      ...good,
      observe(state: TowerState, agent: number, out: Float32Array) {
        tower.observe(state, agent, out, { top: 5, limit: 9 });
        state.last = 1 - state.last;
      },
    },
    'state.last changed',
  ],
  [
    'observe-pure',
    'a look that is never the same',
    {
      ...good,
      observe(_state: TowerState, _agent: number, out: Float32Array) {
        out.fill(Math.random());
      },
    },
    'observation[0] differs when asked twice',
  ],
  [
    'observation-finite',
    'a share of nothing',
    {
      ...good,
      observe: (state: TowerState, _agent: number, out: Float32Array) => out.fill(state.height / state.height),
    },
    'observation entry 0 is NaN',
  ],
  ['observation-in-space', 'a tower higher than declared', withRole({ observation: box([2], 0, 1) }), 'declared 0..1'],
  [
    'writes-in-range',
    'an entry too many in an observation',
    {
      ...good,
      observe(_state: TowerState, _agent: number, out: Float32Array) {
        for (let i = 0; i <= 2; i++) out[i] = 0;
      },
    },
    'wrote entry 2 of a row of 2',
  ],
  [
    'writes-in-range',
    'a reward for an agent too many',
    afterStep(good, (_state, rewards) => {
      rewards[2] = 1;
    }),
    'step wrote reward 2',
  ],
  [
    'writes-in-range',
    'an entry of a mask that has no number',
    {
      ...good,
      legal(_state: TowerState, _agent: number, mask: Uint8Array) {
        mask[Number.NaN] = 0;
      },
    },
    'legal wrote entry NaN',
  ],
  [
    'mask-binary',
    'a count in the mask',
    {
      ...good,
      legal(_state: TowerState, _agent: number, mask: Uint8Array) {
        mask[1] = 2;
      },
    },
    'mask entry 1 is 2',
  ],
  [
    'mask-not-empty',
    'a player without a move',
    { ...good, legal: (state: TowerState, _agent: number, mask: Uint8Array) => mask.fill(state.height > 2 ? 0 : 1) },
    'the mask allows nothing',
  ],
  [
    'mask-not-empty',
    'a part of a message without a word',
    { ...hall, legal: (_state: object, _agent: number, mask: Uint8Array) => mask.fill(0, 2) },
    'part 1 of the mask allows nothing',
  ],
  [
    'legal-pure',
    'moves tried out on the state',
    {
      ...good,
      legal(state: TowerState) {
        state.last = state.last === 0 ? 1 : 0;
      },
    },
    'state.last changed',
  ],
  [
    'state-vector-writes-all',
    'a size larger than what is written',
    { ...good, stateSize: () => 3 },
    'state vector entry 2 of 3 is not written',
  ],
  [
    'state-vector-finite',
    'an infinite entry',
    { ...good, stateVector: (_state: object, out: Float32Array) => out.fill(1 / 0) },
    'state vector entry 0 is Infinity',
  ],
  [
    'state-vector-pure',
    'a vector that is never the same',
    { ...good, stateVector: (_state: object, out: Float32Array) => out.fill(Math.random()) },
    'state[0] differs when asked twice',
  ],
  ['text-sane', 'nothing to read', { ...good, text: () => ' ' }, 'text is " "'],
  [
    'text-sane',
    'a text that moves the world',
    {
      ...good,
      text(state: TowerState) {
        advance(state);
        return 'up';
      },
    },
    'state.height changed',
  ],
  [
    'draw-sane',
    'a coordinate of nowhere',
    { ...good, draw: () => ({ width: 1, height: 1, shapes: [{ kind: 'circle', x: Number.NaN, y: 0, radius: 1 }] }) },
    'shape 0 (circle) has x NaN',
  ],
  [
    'draw-sane',
    'a scene without a size',
    { ...good, draw: () => ({ width: 0, height: 1, shapes: [] }) },
    'the drawing is 0 x 1',
  ],
  ['draw-sane', 'no scene', { ...good, draw: () => undefined as never }, 'draw returned no shapes'],
];
