import { z } from 'zod';
import { parseWith } from '#core';
import { bargaining, instanceOf, offerItems } from '#envs';
import { shippedInstances } from '#envs/bargaining/instances';
import { gameAdapter } from '../game-adapter.ts';
import type { GameCase } from '../game-case.ts';

const upstream = z.strictObject({
  discount: z.number().default(1),
  max_num_instances: z.int().min(1).default(1000),
  max_turns: z.int().default(10),
  prob_end: z.number().default(0),
});

const triple = z.tuple([z.int(), z.int(), z.int()]);
const setup = z.looseObject({ pool: triple, values: z.tuple([triple, triple]) });
const poolBits = 8;
const items = 3;

/**
 * OpenSpiel's `bargaining`. Chance first draws the instance, then, with `prob_end`, whether to go on after an offer. Of instances
 * from a file of upstream's user the record holds only the one that was drawn.
 */
export const bargainingAdapter = gameAdapter({
  recorded: ['bargaining'],
  env: bargaining,
  params(recorded, where) {
    const { discount, max_num_instances, max_turns, prob_end } = parseWith(upstream, recorded.params, where);
    const shipped = { from: 0, to: Math.min(shippedInstances().length, max_num_instances) };
    const instances = foreignInstance(recorded) ?? shipped;
    return { instances, maxTurns: max_turns, discount, probEnd: prob_end };
  },
  draws(recorded, k, outcome) {
    if (k === 0) return foreignInstance(recorded) === undefined ? [outcome] : [];
    return [outcome === instanceCount(recorded) ? 1 - Number.EPSILON : 0];
  },
  outcomes(recorded, k) {
    const n = instanceCount(recorded);
    if (k > 0) {
      const end = Number(recorded.params.prob_end);
      return [
        [n, 1 - end],
        [n + 1, end],
      ];
    }
    if (n > 3) return { n, p: 1 / n };
    return Array.from({ length: n }, (_, i): [number, number] => [i, 1 / n]);
  },
  infoState({ driver, state, params }, player) {
    const observation = driver.observationOf(0, player);
    const history = new Float32Array(params.maxTurns * items * poolBits);
    for (let turn = 0; turn < state.made; turn++) {
      for (let i = 0; i < items; i++) {
        const at = (turn * items + i) * poolBits;
        history.fill(1, at, at + offerItems[items * state.offers[turn] + i] + 1);
      }
    }
    return [...observation.subarray(0, observation.length - items * poolBits), ...history];
  },
  facts({ state, params, recorded }) {
    const { pool, values } = instanceOf(state, params);
    return recorded.setup === undefined ? [] : [{ field: 'setup', expected: recorded.setup, got: { pool, values } }];
  },
});

/** The instance of the record where upstream read its instances from a file. */
function foreignInstance({ source, setup: drawn }: GameCase): z.infer<typeof setup> | undefined {
  if (drawn === undefined || !/instances_file=[^,)]/.test(source?.game ?? '')) return undefined;
  const { pool, values } = parseWith(setup, drawn, 'setup');
  return { pool, values };
}

/** Only the record tells how many instances a file of upstream's user has. */
function instanceCount(recorded: GameCase): number {
  const { params, states } = recorded;
  const { outcomes } = states[0];
  if (foreignInstance(recorded) !== undefined && outcomes !== undefined) {
    return Array.isArray(outcomes) ? outcomes.length : outcomes.n;
  }
  const { length } = shippedInstances();
  return Math.min(length, Number(params.max_num_instances ?? length));
}
