import { describe, expect, it } from 'vitest';
import { type AecEnv, aecEnv, box, defineEnv, discrete } from '#core';
import { coin, hall, tower, walk } from './worlds.ts';

/** Plays an episode by a rule; what every turn found, and what was received over all turns. */
function playThrough(env: AecEnv, act: (agent: string) => number | number[]) {
  const turns: string[] = [];
  const totals: Record<string, number> = {};
  for (const agent of env.agentIter()) {
    const { reward, termination, truncation } = env.last();
    turns.push(
      `${agent} ${Number(reward.toFixed(6))}${termination ? ' terminated' : ''}${truncation ? ' truncated' : ''}`,
    );
    totals[agent] = (totals[agent] ?? 0) + reward;
    env.step(termination || truncation ? null : act(agent));
  }
  return { turns, totals };
}

const tick = defineEnv<{ t: number }>({
  id: 'tick',
  roles: () => [{ name: 'bird', count: 2, observation: box([1], 0, 9), action: discrete(3) }],
  timeLimitSteps: () => 2,
  init: () => ({ t: 0 }),
  observe(state, _agent, out) {
    out[0] = state.t;
  },
  step(state, actions, rewards) {
    state.t++;
    rewards[0] = actions[1];
    rewards[1] = 10 * actions[0];
    return false;
  },
});

describe('aecEnv in a turn-based world', () => {
  it('selects the mover alone and pays each agent what it received since it last acted', () => {
    const env = aecEnv(tower, { top: 6 });
    env.reset({ seed: 1 });
    const moves = [1, 2, 1, 2];
    // builder_0 acts 1: paid 1, builder_1 0.1. Then builder_1 acts 2: paid 2, builder_0 0.2. So at its second turn builder_0
    // finds 1 + 0.2, builder_1 at its second 2 + 0.1; the last move ends the game at 6: 2 + 10, and 0.2.
    const { turns, totals } = playThrough(env, () => moves.shift() as number);
    expect(turns).toEqual([
      'builder_0 0',
      'builder_1 0.1',
      'builder_0 1.2',
      'builder_1 2.1',
      'builder_0 1.2 terminated',
      'builder_1 12 terminated',
    ]);
    expect(totals.builder_0).toBeCloseTo(1 + 0.2 + 1 + 0.2, 12);
    expect(totals.builder_1).toBeCloseTo(0.1 + 2 + 0.1 + 12, 12);
    expect(env.agents).toEqual([]);
  });

  it('keeps rewards of the last step apart from rewards since the last turn', () => {
    const env = aecEnv(tower);
    env.reset();
    env.step(1);
    expect([env.rewards, env.cumulativeRewards]).toEqual([
      { builder_0: 1, builder_1: 0.1 },
      { builder_0: 1, builder_1: 0.1 },
    ]);
    env.step(2);
    expect(env.rewards).toEqual({ builder_0: 0.2, builder_1: 2 });
    expect(env.cumulativeRewards).toEqual({ builder_0: 1.2, builder_1: 2 });
  });

  it('shows the selected agent its observation, mask and nothing else when it asks for less', () => {
    const env = aecEnv(tower);
    env.reset();
    env.step(2);
    expect(env.agentSelection).toBe('builder_1');
    expect(env.last()).toEqual({
      observation: Float32Array.of(2, 1),
      reward: 0.2,
      termination: false,
      truncation: false,
      info: { acting: true, actionMask: Uint8Array.of(1, 1, 0) },
    });
    expect(env.last(false).observation).toBeNull();
    expect([...env.observe('builder_0')]).toEqual([2, 0]);
    expect(env.infos.builder_0).toEqual({ acting: false, actionMask: Uint8Array.of(1, 1, 1) });
    expect([...env.state()]).toEqual([2, 1]);
    expect(env.stateSpace?.shape).toEqual([2]);
    expect(env.render('text')).toContain('height 2');
  });
});

describe('aecEnv in a world where all act at once', () => {
  it('gives everybody a turn in order and steps the world when the last has acted', () => {
    const env = aecEnv(tick);
    env.reset();
    expect(env.agentSelection).toBe('bird_0');
    env.step(1);
    expect([env.agentSelection, env.rewards, env.cumulativeRewards]).toEqual([
      'bird_1',
      { bird_0: 0, bird_1: 0 },
      { bird_0: 0, bird_1: 0 },
    ]);
    expect([...env.observe('bird_1')]).toEqual([0]);
    env.step(2);
    expect([env.rewards, [...env.observe('bird_0')]]).toEqual([{ bird_0: 2, bird_1: 10 }, [1]]);
  });

  it('has limit + 1 turns of everybody under a time limit, the last one with nothing to do', () => {
    const env = aecEnv(tick);
    env.reset();
    const { turns } = playThrough(env, () => 1);
    expect(turns).toEqual([
      'bird_0 0',
      'bird_1 0',
      'bird_0 1',
      'bird_1 10',
      'bird_0 1 truncated',
      'bird_1 10 truncated',
    ]);
  });

  it('names agents, metadata and spaces as the parallel face does', () => {
    const env = aecEnv(tick);
    expect([env.possibleAgents, env.maxNumAgents, env.numAgents]).toEqual([['bird_0', 'bird_1'], 2, 0]);
    expect(env.metadata).toEqual({ name: 'tick', renderModes: [], isParallelizable: true });
    expect(env.actionSpace('bird_0')).toBe(env.actionSpace('bird_1'));
    expect(env.observationSpace('bird_0').shape).toEqual([1]);
    env.reset();
    expect(env.numAgents).toBe(2);
  });
});

describe('aecEnv with agents that leave and join', () => {
  it('gives one who left one dead turn before the others go on, and one who joined a turn from then on', () => {
    const env = aecEnv(hall);
    env.reset();
    const { turns, totals } = playThrough(env, () => [1, 2]);
    expect(turns).toEqual([
      'guest_0 0',
      'guest_1 0',
      'guest_0 5 terminated',
      'guest_1 1',
      'guest_1 2',
      'guest_2 3',
      'guest_1 3',
      'guest_2 3',
      'guest_1 4 terminated',
      'guest_2 4 terminated',
    ]);
    expect(totals).toEqual({ guest_0: 5, guest_1: 10, guest_2: 10 });
  });

  it('drops a dead agent from every dictionary behind its turn and clears the rewards of the last step', () => {
    const env = aecEnv(hall);
    env.reset();
    env.step([0, 0]);
    env.step([0, 0]);
    expect([env.agentSelection, env.terminations]).toEqual(['guest_0', { guest_0: true, guest_1: false }]);
    expect(env.truncations).toEqual({ guest_0: false, guest_1: false });
    env.step(null);
    expect([env.agents, env.rewards, env.cumulativeRewards, env.terminations, Object.keys(env.infos)]).toEqual([
      ['guest_1'],
      { guest_1: 0 },
      { guest_1: 1 },
      { guest_1: false },
      ['guest_1'],
    ]);
  });
});

describe('aecEnv, seeds and resets', () => {
  it('forgets the episode before at a reset, dead agents included', () => {
    const env = aecEnv(hall);
    env.reset();
    env.step([0, 0]);
    env.step([0, 0]);
    env.reset();
    expect([env.agents, env.agentSelection, env.cumulativeRewards]).toEqual([
      ['guest_0', 'guest_1'],
      'guest_0',
      { guest_0: 0, guest_1: 0 },
    ]);
  });

  it('plays seed, none, seed, none as two pairs', () => {
    const env = aecEnv(walk);
    const places = [{ seed: 5 }, {}, { seed: 5 }, {}].map((options) => {
      env.reset(options);
      return [...env.observe('walker_0')][0];
    });
    expect(places.slice(2)).toEqual(places.slice(0, 2));
    expect(places[0]).not.toBe(places[1]);
  });

  it('stops agentIter after as many turns as it is given, and lets a turn reset the world', () => {
    const env = aecEnv(tick);
    env.reset();
    const seen: string[] = [];
    for (const agent of env.agentIter(3)) {
      seen.push(agent);
      if (seen.length === 2) env.reset();
      else env.step(0);
    }
    expect(seen).toEqual(['bird_0', 'bird_1', 'bird_0']);
  });
});

describe('calls that aecEnv refuses', () => {
  it('before reset, after close and after the end', () => {
    const env = aecEnv(coin);
    expect(() => env.last()).toThrow('coin › step 0: last() before reset. Call reset first');
    expect(() => env.step(0)).toThrow('step before reset');
    expect(() => env.agentSelection).toThrow('agentSelection before reset');
    expect(() => env.observe('guesser_0')).toThrow('observe() before reset');
    expect(() => env.agentIter().next()).toThrow('agentIter() before reset');
    env.reset();
    env.step(0);
    env.step(null);
    expect(() => env.step(null)).toThrow('coin › step 1: step after the episode is over. Call reset');
    expect([...env.agentIter()]).toEqual([]);
    env.close();
    expect(() => env.last()).toThrow('last() after close');
  });

  it('an action for a dead agent, and none for a live one', () => {
    const env = aecEnv(coin);
    env.reset();
    expect(() => env.step(null)).toThrow(
      'coin › guesser_0 › step 0: no action for an agent that acts: expected discrete 2',
    );
    env.step(1);
    expect(() => env.step(1)).toThrow(
      'coin › guesser_0 › step 1: an action for an agent that has finished: got 1, expected null',
    );
    env.step(null);
    expect(env.agents).toEqual([]);
  });

  it('an illegal action, without losing the turn', () => {
    const env = aecEnv(tower);
    env.reset();
    env.step(2);
    expect(() => env.step(2)).toThrow('illegal action: got [2], expected one that the mask allows: 0 1');
    expect(env.agentSelection).toBe('builder_1');
  });

  it('a turn of agentIter that nobody stepped', () => {
    const env = aecEnv(tick);
    env.reset();
    expect(() => [...env.agentIter()]).toThrow(
      'tick › bird_0 › step 0: a turn of agentIter was not stepped. Call step (or reset) once in every turn of the loop',
    );
  });
});
