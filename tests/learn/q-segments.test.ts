import { describe, expect, it } from 'vitest';
import { createStreams } from '#core';
import { createSimdEngine, initialiseParams, parameterSlices } from '#engine';
import type { LearnerContext } from '#learn';
import { createMixer, type Mixing } from '#learn/mixer';
import { QSegments } from '#learn/q-segments';
import { Rollout } from '#learn/rollout';
import { Segments } from '#learn/segments';
import { EpsilonGreedy } from '#math';
import { architectures } from '../../policies/index.ts';

const observationSize = 3;
const choices = [2, 3];
const stateSize = observationSize + 2;
const agents = 2;
const steps = 5;
const gamma = 0.9;

function network(units: number, places: number) {
  const id = units > 0 ? 'gru' : 'mlp';
  const architecture = architectures.get(id);
  const options = architecture.options.parse(units > 0 ? { hidden: [4], units } : { hidden: [4] });
  const needs = { observationSize, policyOutputs: 5, value: false };
  return { one: architecture.build(needs, options), many: architecture.build({ ...needs, steps: places }, options) };
}

/** A team of two in one env: eight moments over three episodes, segments of at most five moments. */
function setUp(mixing: Mixing, units: number) {
  const rng = createStreams(mixing).stream('numbers');
  const engine = createSimdEngine({ kernels: 'portable' });
  const sizes = { observation: observationSize, mask: 5, action: 2, state: stateSize, memory: units };
  const rollout = new Rollout(agents, 8, sizes);
  const fill = (part: Float32Array) => {
    for (let i = 0; i < part.length; i++) part[i] = 2 * rng.random() - 1;
  };
  fill(rollout.observations);
  fill(rollout.states);
  fill(rollout.memories);
  fill(rollout.finalObservations);
  fill(rollout.finalStates);
  for (let row = 0; row < rollout.masks.length / 5; row++) rollout.masks.set([1, row % 2, 0, 1, 1], 5 * row);
  for (let t = 0; t < 8; t++) {
    for (let slot = 0; slot < agents; slot++) {
      const row = rollout.beginRow(slot);
      rollout.actions.set([0, 1 + ((t + slot) % 2)], 2 * row);
      rollout.addReward(slot, t);
      if (t === 2) rollout.terminate(slot);
      if (t === 5) rollout.truncate(slot);
    }
  }
  for (let slot = 0; slot < agents; slot++) rollout.settle(slot);
  const parts = [{ agents, sizes }];
  const segments = new Segments(8, steps, parts);
  segments.remember([rollout]);
  const behaviour = new EpsilonGreedy(choices);
  const mixer = createMixer(mixing, agents, { observationSize, stateSize } as LearnerContext<unknown>);
  const batch = new QSegments(segments, segments.filled, parts, [behaviour], mixer);
  const built = network(units, steps + 1);
  const make = (topology: typeof built.one.topology) => {
    const made = engine.createNetwork(topology);
    initialiseParams(parameterSlices(topology), made.params, {}, rng);
    for (let i = 0; i < made.params.length; i++) made.params[i] += 0.3 * (rng.random() - 0.5);
    made.paramsChanged();
    return made;
  };
  const several = [make(units > 0 ? built.many.topology : built.one.topology)];
  if (mixer.built !== null) several.push(make(mixer.built.topology));
  const single = engine.createNetwork(built.one.topology);
  single.params.set(several[0].params);
  single.paramsChanged();
  const list = Int32Array.from({ length: segments.filled }, (_, k) => k);
  batch.take(segments, list, 0, segments.filled);
  return { rollout, segments, batch, networks: several, single };
}

describe.each([0, 4])('segments through networks with %i numbers of memory', (units) => {
  it('are worth what agents’ acting networks say step by step, added up', () => {
    const { rollout, batch, networks, single } = setUp('sum', units);
    batch.evaluate(networks, networks, gamma, true);
    const totals = [...batch.totals].filter((_, i) => batch.held[i] === 1);
    const targets = [...batch.targets].filter((_, i) => batch.held[i] === 1);
    // Moments 0-4 make the first segment, 5-7 the second; both begin with what was remembered there.
    const value = (row: number, observations: Float32Array, at: number, memory: Float32Array) => {
      const observation = observations.slice(at * observationSize, (at + 1) * observationSize);
      const [values, next] = single.forward(units > 0 ? [observation, memory] : [observation], 1);
      const mask = rollout.masks.subarray(5 * row, 5 * row + 5);
      const best = Math.max(...[0, 1].filter((i) => mask[i] === 1).map((i) => values[i]));
      const allowed = observations === rollout.finalObservations ? [2, 3, 4] : [3, 4];
      const [a, b] = rollout.actions.subarray(2 * row, 2 * row + 2);
      return {
        taken: values[a] + values[2 + b],
        best:
          (observations === rollout.finalObservations ? Math.max(values[0], values[1]) : best) +
          Math.max(...allowed.map((i) => values[i])),
        memory: units > 0 ? next.slice(0, units) : memory,
      };
    };
    const expected = [0, 1, 2, 3, 4, 5, 6, 7].map(() => ({ total: 0, target: 0 }));
    for (let slot = 0; slot < agents; slot++) {
      const first = slot * rollout.stride;
      let memory = new Float32Array(units);
      for (let t = 0; t < 8; t++) {
        if (t === 0 || t === 5) memory = rollout.memories.slice((first + t) * units, (first + t + 1) * units);
        if (t === 0 || t === 3 || t === 6) memory = new Float32Array(units);
        const here = value(first + t, rollout.observations, first + t, memory);
        expected[t].total += here.taken;
        expected[t].target += t / agents;
        memory = here.memory as Float32Array<ArrayBuffer>;
        if (t === 2) continue;
        const row = first + t + 1;
        const next =
          t === 5
            ? value(row, rollout.finalObservations, rollout.finalOf(first + t), memory)
            : value(row, rollout.observations, row, memory);
        expected[t].target += gamma * next.best;
      }
    }
    expect(totals.length).toBe(8);
    for (let t = 0; t < 8; t++) {
      expect(totals[t]).toBeCloseTo(expected[t].total, 4);
      expect(targets[t]).toBeCloseTo(expected[t].target, 4);
    }
  });

  it.each(['sum', 'monotonic'] as const)('hand the gradient of the %s back to every weight', (mixing) => {
    const { batch, networks } = setUp(mixing, units);
    const weights = Float64Array.from(batch.totals, (_, i) => (batch.held[i] === 1 ? Math.sin(i + 1) : 0));
    const total = () => {
      batch.value(networks);
      return batch.totals.reduce((sum, value, i) => sum + weights[i] * value, 0);
    };
    total();
    batch.gradTotals.set(weights);
    for (const each of networks) each.grads.fill(0);
    batch.differentiate(networks);
    for (const each of networks) {
      const grads = each.grads.slice();
      const step = 4e-3;
      for (let i = 0; i < each.params.length; i += 3) {
        const kept = each.params[i];
        const at = (value: number) => {
          each.params[i] = value;
          each.paramsChanged();
          return total();
        };
        const slopes = [(at(kept + step) - at(kept)) / step, (at(kept) - at(kept - step)) / step];
        at(kept);
        // Mixing weights are absolute values: where one of them bends, the gradient lies between the slopes of both sides.
        const tolerance = 0.02 * (1 + Math.abs(slopes[0]));
        expect(grads[i]).toBeGreaterThan(Math.min(...slopes) - tolerance);
        expect(grads[i]).toBeLessThan(Math.max(...slopes) + tolerance);
      }
    }
  });
});
