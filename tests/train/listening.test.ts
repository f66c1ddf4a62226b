import { describe, expect, it } from 'vitest';
import { createStreams, fieldBox, layOutAgents, parseWith } from '#core';
import { createSimdEngine } from '#engine';
import { caoNegotiation } from '#envs';
import { heardSymbols, readHeard, Tamperer, writeHeard } from '#metrics';
import { mlp } from '#policies';
import { type Catalogue, measureListening, type StoredPolicy } from '#train';
import { catalogue } from '../../src/cli/catalogue.ts';

const params = { channels: 'linguistic', symbols: 4, utteranceLength: 2, items: 1, reward: 'joint' };
const [{ observation, observationSize, action, maskSize }] = layOutAgents(
  caoNegotiation,
  parseWith(caoNegotiation.params, params, 'cao'),
).roles;

/** A linear policy of one's own making: a weight from each observed number to each logit. */
function linear(weigh: (input: number, output: number) => number): StoredPolicy {
  const { topology } = mlp.build(
    { observationSize, policyOutputs: maskSize, value: false },
    parseWith(mlp.options, { hidden: [] }, 'network'),
  );
  const weights = new Float32Array(observationSize * maskSize + maskSize);
  for (let i = 0; i < observationSize; i++) {
    for (let o = 0; o < maskSize; o++) weights[i * maskSize + o] = weigh(i, o);
  }
  const parts = action.kind === 'multiDiscrete' ? action.sizes : [];
  return {
    kind: 'stored',
    id: 'made',
    models: {
      party: {
        topology,
        weights,
        info: {
          format: 'polity-policy/1',
          env: { id: 'cao-negotiation', params },
          role: 'party',
          observationSize,
          action: { kind: 'multiDiscrete', parts },
          normalisation: null,
          provenance: { experiment: 'x', variant: null, seed: 1, algorithm: 'ppo', envSteps: 0, configHash: 'x' },
        },
      },
    },
  };
}

function listening(policy: StoredPolicy, heard = 'clear') {
  const withPolicy: Catalogue = { ...catalogue, findPolicy: () => policy };
  const given = { ...params, heard };
  const request = {
    policy: 'made',
    env: 'cao-negotiation',
    params: given,
    episodes: 100,
    seed: 1,
    greedy: false,
    noise: 1,
  };
  return measureListening(withPolicy, createSimdEngine({ kernels: 'portable' }), request);
}

const [first] = heardSymbols(observation);

describe('a listener', () => {
  it('that is deaf is not influenced, by exactly nothing, and messages are worth nothing to it', () => {
    const { causalInfluence, worth, returns } = listening(
      linear((input, output) => (input >= first.at && input < first.at + 8 ? 0 : Math.sin(input * 31 + output))),
    );
    expect(causalInfluence?.mean).toBeCloseTo(0, 12);
    expect(causalInfluence?.states).toBeGreaterThan(50);
    expect(worth).toEqual({
      muted: { mean: 0, standardError: 0 },
      noisy: { mean: 0, standardError: 0 },
      shuffled: { mean: 0, standardError: 0 },
    });
    expect(returns.clear).toEqual(returns.muted);
  });

  it('that obeys half of the symbols by accepting is influenced by log 2, all that there is to be', () => {
    // Logits of going on (0) and accepting (1): 40 apart, by the first symbol.
    const { causalInfluence } = listening(
      linear((input, output) => {
        const symbol = input - first.at;
        if (symbol < 0 || symbol >= 4 || output > 1) return 0;
        return symbol < 2 === (output === 1) ? 20 : -20;
      }),
    );
    // 64 messages drawn in each state: not always 32 of either half.
    expect(causalInfluence?.mean).toBeGreaterThan(0.97 * Math.LN2);
    expect(causalInfluence?.mean).toBeLessThan(Math.LN2 + 1e-6);
  });

  it('that no message reaches is not influenced, whatever it would do', () => {
    const obeys = linear((input, output) => (input === first.at && output === 1 ? 20 : 0));
    expect(listening(obeys, 'muted').causalInfluence).toEqual({ mean: 0, standardError: 0, states: 0 });
  });

  it('that lives by messages loses by silence: a code for what is held, in trade-comm', () => {
    const request = {
      ...{ policy: 'optimal-signaller', env: 'trade-comm', params: { items: 4 } },
      ...{ episodes: 200, seed: 2, greedy: false, noise: 1 },
    };
    const { returns, worth, causalInfluence } = measureListening(
      catalogue,
      createSimdEngine({ kernels: 'portable' }),
      request,
    );
    expect(returns.clear.mean).toBe(2);
    // A message of chance is right once in four times, for each of two.
    expect(returns.shuffled.mean).toBeLessThan(0.6);
    expect(worth.noisy.mean).toBeGreaterThan(1.4);
    expect(causalInfluence).toBeNull();
  });

  it('is refused where nothing is heard', () => {
    const request = { policy: 'random', env: 'kuhn-poker', params: {}, episodes: 2, seed: 1, greedy: false, noise: 1 };
    expect(() => measureListening(catalogue, createSimdEngine({ kernels: 'portable' }), request)).toThrow(
      'nobody hears anything in it',
    );
  });
});

describe('tampering', () => {
  const space = fieldBox(
    [
      { name: 'own', size: 1 },
      { name: 'heard/0', size: 3 },
      { name: 'heard/1', size: 1 },
    ],
    [0, 0, 0, 0, 5],
    [1, 1, 1, 1, 9],
  );
  const heard = heardSymbols(space);
  const message = (observation: Float32Array) => {
    const out = new Int32Array(2);
    readHeard(observation, 0, heard, out);
    return [...out];
  };

  it('reads and writes one-hot symbols and words alike, and leaves the rest alone', () => {
    expect(heard).toEqual([
      { at: 1, size: 3, symbols: 3, silence: 0 },
      { at: 4, size: 1, symbols: 4, silence: 5 },
    ]);
    const observation = Float32Array.of(0.5, 0, 0, 1, 7);
    expect(message(observation)).toEqual([2, 1]);
    writeHeard(observation, 0, heard, Int32Array.of(0, -1));
    expect([...observation]).toEqual([0.5, 1, 0, 0, 5]);
  });

  it('mutes, replaces at random, or deals out what was heard; silence stays silence', () => {
    const heardAfter = (how: 'muted' | 'noisy' | 'shuffled', given: readonly (readonly [number, number])[]) => {
      const tamperer = new Tamperer(heard, how, 1, createStreams('tamper').stream(how));
      return given.map((symbols) => {
        const observation = new Float32Array(5);
        writeHeard(observation, 0, heard, Int32Array.from(symbols));
        const spoken = tamperer.tamper(observation, 0);
        expect(spoken).toBe(symbols[0] >= 0);
        return message(observation).join();
      });
    };
    const said = Array.from({ length: 200 }, (_, k) => [k % 3, (k + 1) % 4] as const);
    expect(new Set(heardAfter('muted', said))).toEqual(new Set(['-1,-1']));
    expect(new Set(heardAfter('noisy', said)).size).toBe(12);
    // Only the messages that are said, never at their own places alone.
    const dealt = heardAfter('shuffled', [[0, 0], [1, 1], ...Array.from({ length: 50 }, () => [0, 0] as const)]);
    expect(new Set(dealt)).toEqual(new Set(['0,0', '1,1']));
    expect(heardAfter('shuffled', [[-1, -1]])).toEqual(['-1,-1']);
  });
});
