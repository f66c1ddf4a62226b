import { z } from 'zod';
import { type AnyEnv, box, discrete } from '#core';
import { coin, type TowerParams, tower } from '../../core/worlds.ts';
import { type Case, good, tick, withRole } from '../good-worlds.ts';

function alternating(): AnyEnv {
  let calls = 0;
  return withRole({
    get observation() {
      return box([2], 0, 7 + (calls++ % 2));
    },
  });
}

/** Worlds whose parameters, card, roles, spaces or limits are not what they should be. */
export const declaredWorlds: readonly Case[] = [
  [
    'params-defaults',
    'a key without a default',
    { ...good, params: z.strictObject({ top: z.int() }) },
    'parsing {} fails at top',
  ],
  [
    'params-defaults',
    'a schema that throws',
    { ...good, params: z.any().transform(() => JSON.parse('{')) },
    'the parameter schema threw SyntaxError',
  ],
  [
    'params-json',
    'a parameter that JSON does not carry',
    { ...tick, params: z.strictObject({ note: z.number().or(z.nan()).default(Number.NaN) }) },
    'a second parse of the parameters threw ZodError',
  ],
  [
    'params-json',
    'a schema that does not accept what it makes',
    {
      ...tick,
      params: z.strictObject({
        order: z
          .array(z.number())
          .default([1])
          .transform((order) => [...order, 0]),
      }),
    },
    'params.order.length changes on the way through JSON',
  ],
  ['card-complete', 'a card with nothing on it', good, 'card.description is not stated', { requireCard: true }],
  ['roles-sane', 'no roles', { ...good, roles: () => [] }, 'there are no roles'],
  ['roles-sane', 'a name with a capital', withRole({ name: 'Builder' }), 'role name "Builder" is not like player'],
  ['roles-sane', 'a role of nobody', withRole({ count: 0 }), 'role "builder" has 0 agents'],
  [
    'roles-sane',
    'a role listed twice',
    { ...good, roles: (params: TowerParams) => [...tower.roles(params), ...tower.roles(params)] },
    'role "builder" is listed twice',
  ],
  ['roles-stable', 'bounds that change from call to call', alternating(), 'roles[0].observation.high[0] differs'],
  [
    'space-sane',
    'a discrete space of nothing',
    withRole({ action: { kind: 'discrete', n: 0 } }),
    'action of "builder" has 0 choices',
  ],
  [
    'space-sane',
    'an observation that is no box',
    withRole({ observation: discrete(3) }),
    'observation of "builder" is discrete, not a box',
  ],
  [
    'space-sane',
    'an empty part',
    withRole({ action: { kind: 'multiDiscrete', sizes: [2, 0] } }),
    'has parts of [2, 0]',
  ],
  ['space-sane', 'no space at all', withRole({ action: { kind: 'dict' } }), 'is no space'],
  [
    'space-sane',
    'bounds the wrong way round',
    withRole({ action: { kind: 'box', shape: [1], low: Float32Array.of(2), high: Float32Array.of(1) } }),
    'has low 2 above high 1 at entry 0',
  ],
  [
    'space-sane',
    'too few bounds',
    withRole({ action: { kind: 'box', shape: [2], low: Float32Array.of(2), high: Float32Array.of(1) } }),
    'has bounds for 1 of 2',
  ],
  [
    'space-sane',
    'a side of zero',
    withRole({ action: { kind: 'box', shape: [0], low: new Float32Array(0), high: new Float32Array(0) } }),
    'has the shape [0]',
  ],
  ['time-limit-sane', 'a limit of nothing', { ...good, timeLimitSteps: () => 0 }, 'timeLimitSteps is 0'],
  [
    'params-untouched',
    'a list in the parameters sorted in place',
    {
      ...tick,
      init(params: { order: number[] }, rng) {
        params.order.sort();
        return tick.init(params, rng);
      },
    },
    'episode 0 changed params.order[0]',
  ],
  [
    'state-vector-declared',
    'a state vector without a size',
    { ...coin, stateVector: (_state: object, out: Float32Array) => out.fill(1) },
    'stateSize is absent, stateVector is there',
  ],
  [
    'state-vector-declared',
    'a size without a vector',
    { ...coin, stateSize: () => 2 },
    'stateSize is 2, stateVector is absent',
  ],
];
