import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { type AnyEnv, createStreams, layOutAgents, type Policy, parseEpisode, parseWith } from '#core';
import { createSimdEngine } from '#engine';
import { worlds } from '#envs';
import { findPolicy } from '#policies';
import { neuralPolicy, playEpisodes } from '#train';
import { topologyOf } from '../engine/topologies.ts';

const climbing = { game: 'climbing', rounds: 3 };

function play(id: string, given: object, seating: readonly Policy[], accounts: boolean, episodes = 6) {
  const env = worlds.get(id) as AnyEnv;
  return playEpisodes({
    ...{ env, params: parseWith(env.params, given, 'test'), timeLimitSteps: null, seed: 'a', record: true, seating },
    episodes: Array.from({ length: episodes }, (_, k) => k),
    policyStreams: createStreams('a'),
    accounts,
  });
}

/** A network with some weights for the climbing game, three cells to choose from. */
function network(greedy: boolean): Policy {
  const env = worlds.get('matrix-game') as AnyEnv;
  const [role] = layOutAgents(env, parseWith(env.params, climbing, 'test')).roles;
  const dense = tf.layers.dense({ units: 3, name: 'cells', inputShape: [role.observationSize] });
  const net = createSimdEngine({ kernels: 'portable' }).createNetwork(topologyOf(tf.sequential({ layers: [dense] })));
  for (let i = 0; i < net.params.length; i++) net.params[i] = Math.sin(i + 1);
  net.paramsChanged();
  const card = { title: 'net', description: 'A network.', source: 'test', worlds: ['matrix-game'] };
  return neuralPolicy({ id: 'net', card, network: net, role, normalise: null, greedy, hash: 'ff' });
}

describe('accounts of actions', () => {
  it('leave play as it is', () => {
    const seating = [findPolicy('random'), network(false)];
    const without = play('matrix-game', climbing, seating, false);
    expect(without[0].accounts).toBeUndefined();
    const withThem = play('matrix-game', climbing, seating, true).map(({ accounts: _, ...record }) => record);
    expect(withThem).toEqual(without);
  });

  it('say that a rule that drew nothing was certain, and one that drew may have done otherwise', () => {
    const [{ accounts }] = play(
      'negotiation',
      { issues: 2, values: 3 },
      [findPolicy('boulware'), findPolicy('boulware')],
      true,
    );
    const deeds = accounts!.flat().filter((one) => one !== null);
    expect(deeds.length).toBeGreaterThan(2);
    for (const deed of deeds) expect(deed).toEqual({ network: null, probability: 1, counter: 0 });
  });

  it('give a uniform choice one over what is legal, and count draws over all episodes', () => {
    const records = play('matrix-game', climbing, [findPolicy('random'), findPolicy('random')], true, 2);
    const counters = records.map(({ accounts }) => accounts!.map((step) => step.map((one) => one!.counter)));
    // Two episodes side by side, each with two players who draw once a round, one after the other.
    expect(counters).toEqual([0, 2].map((first) => [0, 4, 8].map((round) => [first + round, first + round + 1])));
    for (const { accounts } of records) {
      for (const one of accounts!.flat()) expect(one!.probability).toBeCloseTo(1 / 3, 12);
    }
  });

  it('give the probabilities of a network, which sum to 1 over what it can do, and 1 where it is greedy', () => {
    const net = network(false);
    const records = play('matrix-game', { game: 'climbing', rounds: 1 }, [net, net], true, 300);
    const seen = new Map<string, number>();
    for (const { actions, accounts } of records) {
      for (const [agent, action] of actions[0].entries()) {
        const { network: hash, probability } = accounts![0][agent]!;
        expect(hash).toBe('ff');
        const key = `${agent} ${action}`;
        expect(seen.get(key) ?? probability).toBe(probability);
        seen.set(key, probability as number);
      }
    }
    for (const agent of [0, 1]) {
      const own = [...seen].filter(([key]) => key.startsWith(`${agent} `)).map(([, probability]) => probability);
      expect(own.length).toBe(3);
      expect(own.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
    }
    const greedy = network(true);
    const [{ accounts }] = play('matrix-game', climbing, [greedy, greedy], true, 1);
    expect(accounts![0].map((one) => one!.probability)).toEqual([1, 1]);
  });

  it('have no probability in a box', () => {
    const env = worlds.get('simple-spread') as AnyEnv;
    const params = parseWith(env.params, { continuous: true }, 'test');
    const { count } = layOutAgents(env, params);
    const seating = Array.from({ length: count }, () => findPolicy('random'));
    const [{ accounts }] = play('simple-spread', { continuous: true }, seating, true, 1);
    expect(accounts![1].map((one) => [one!.probability, typeof one!.counter])).toEqual(
      Array.from({ length: count }, () => [null, 'number']),
    );
  });

  it('are read with a record, and have to be as long as it', () => {
    const [record] = play('matrix-game', {}, [findPolicy('random'), findPolicy('random')], true, 1);
    const read = parseEpisode(JSON.parse(JSON.stringify(record)), 'line 1');
    expect(read.accounts).toEqual(record.accounts);
    expect(() => parseEpisode({ ...record, accounts: record.accounts!.slice(1) }, 'line 1')).toThrow(
      'line 1 › accounts: a list of another length',
    );
  });
});
