import { describe, expect, it } from 'vitest';
import { aecEnv, type Drawing, type ParallelEnv, PolityError, parallelEnv } from '#core';
import { coin, hall, tower, walk } from './worlds.ts';

const guests = { guest_0: [0, 0], guest_1: [1, 2], guest_2: [0, 1] };

/** Plays the tower by the same blocks from whoever acts. */
function blocks(env: ParallelEnv, number: number) {
  return env.step({ builder_0: number, builder_1: number });
}

describe('parallelEnv', () => {
  it('names its agents for life, and lists the live ones between reset and end', () => {
    const env = parallelEnv(tower, { top: 2 });
    expect([env.possibleAgents, env.maxNumAgents, env.agents, env.numAgents]).toEqual([
      ['builder_0', 'builder_1'],
      2,
      [],
      0,
    ]);
    env.reset({ seed: 1 });
    expect([env.agents, env.numAgents]).toEqual([['builder_0', 'builder_1'], 2]);
    blocks(env, 2);
    expect([env.agents, env.numAgents]).toEqual([[], 0]);
    env.reset();
    expect(env.agents).toEqual(['builder_0', 'builder_1']);
  });

  it('gives observations and infos at the reset and five dictionaries at every step', () => {
    const env = parallelEnv(tower, { top: 3 });
    const start = env.reset({ seed: 1, options: { options: 1 } });
    expect(start).toEqual({
      observations: { builder_0: Float32Array.of(0, 1), builder_1: Float32Array.of(0, 0) },
      infos: {
        builder_0: { acting: true, actionMask: Uint8Array.of(1, 1, 1) },
        builder_1: { acting: false, actionMask: Uint8Array.of(1, 1, 1) },
      },
    });
    expect(blocks(env, 1)).toEqual({
      observations: { builder_0: Float32Array.of(1, 0), builder_1: Float32Array.of(1, 1) },
      rewards: { builder_0: 1, builder_1: 0.1 },
      terminations: { builder_0: false, builder_1: false },
      truncations: { builder_0: false, builder_1: false },
      infos: {
        builder_0: { acting: false, actionMask: Uint8Array.of(1, 1, 1) },
        builder_1: { acting: true, actionMask: Uint8Array.of(1, 0, 1) },
      },
    });
    expect(env.step({ builder_1: 2 })).toMatchObject({
      observations: { builder_0: Float32Array.of(3, 1), builder_1: Float32Array.of(3, 0) },
      rewards: { builder_0: 0.2, builder_1: 12 },
      terminations: { builder_0: true, builder_1: true },
      truncations: { builder_0: false, builder_1: false },
    });
  });

  it('truncates at the time limit, of the world or of its own option, and does not call it a termination', () => {
    for (const env of [parallelEnv(tower, { limit: 2 }), parallelEnv(tower, {}, { timeLimitSteps: 2 })]) {
      env.reset();
      expect(blocks(env, 1).truncations).toEqual({ builder_0: false, builder_1: false });
      const { truncations, terminations } = blocks(env, 0);
      expect([truncations, terminations, env.agents]).toEqual([
        { builder_0: true, builder_1: true },
        { builder_0: false, builder_1: false },
        [],
      ]);
    }
  });

  it('drops an agent behind the step in which it leaves and adds one in the step in which it joins', () => {
    const env = parallelEnv(hall);
    expect(Object.keys(env.reset().observations)).toEqual(['guest_0', 'guest_1']);
    const [one, two, three, four] = [1, 2, 3, 4].map(() => ({ ...env.step(guests), left: env.agents }));
    expect([one.rewards, one.terminations, one.left]).toEqual([
      { guest_0: 5, guest_1: 1 },
      { guest_0: true, guest_1: false },
      ['guest_1'],
    ]);
    expect([...one.observations.guest_0]).toEqual([0]);
    expect([two.rewards, two.terminations, two.left]).toEqual([
      { guest_1: 2, guest_2: 3 },
      { guest_1: false, guest_2: false },
      ['guest_1', 'guest_2'],
    ]);
    expect([three.rewards, four.terminations, four.left]).toEqual([
      { guest_1: 3, guest_2: 3 },
      { guest_1: true, guest_2: true },
      [],
    ]);
  });

  it('terminates an agent that leaves in the step in which the others are truncated', () => {
    const env = parallelEnv(hall, {}, { timeLimitSteps: 1 });
    env.reset();
    const { terminations, truncations } = env.step(guests);
    expect(terminations).toEqual({ guest_0: true, guest_1: false });
    expect(truncations).toEqual({ guest_0: false, guest_1: true });
  });

  it('plays the same episode under the same seed and goes on with its generator without one', () => {
    const env = parallelEnv(walk);
    const places = [{ seed: 'a' }, {}, { seed: 'a' }, {}, { seed: 'b' }].map((options) => {
      const [first] = env.reset(options).observations.walker_0;
      return [first, env.step({ walker_0: [0, 0] }).rewards.walker_0];
    });
    expect(places.slice(2, 4)).toEqual(places.slice(0, 2));
    expect(new Set(places.map(String)).size).toBe(3);
    expect([...parallelEnv(walk).reset().observations.walker_0]).toEqual([
      ...parallelEnv(walk).reset({ seed: 0 }).observations.walker_0,
    ]);
  });

  it('returns the same space objects at every call', () => {
    const env = parallelEnv(hall);
    expect(env.observationSpace('guest_0')).toBe(env.observationSpace('guest_0'));
    expect(env.actionSpace('guest_0')).toBe(env.actionSpace('guest_2'));
    expect(env.actionSpace('guest_1')).toEqual({ kind: 'multiDiscrete', sizes: [2, 3] });
  });

  it('hands out copies that later steps leave alone', () => {
    const env = parallelEnv(tower);
    const { observations, infos } = env.reset();
    blocks(env, 2);
    expect([[...observations.builder_0], infos.builder_0.actionMask]).toEqual([[0, 1], Uint8Array.of(1, 1, 1)]);
  });

  it('takes an action as a number, a list or a typed array', () => {
    for (const action of [1, [1], Int32Array.of(1), Float64Array.of(1)]) {
      const env = parallelEnv(tower);
      env.reset();
      expect(env.step({ builder_0: action }).rewards.builder_0).toBe(1);
    }
  });

  it('gives the state vector, its space, and scenes and texts of every agent', () => {
    const env = parallelEnv(tower);
    env.reset();
    blocks(env, 2);
    expect([...env.state()]).toEqual([2, 1]);
    expect(env.stateSpace?.shape).toEqual([2]);
    expect(env.metadata).toEqual({ name: 'tower', renderModes: ['draw', 'text'], isParallelizable: true });
    expect((env.render() as Drawing).shapes).toEqual([
      { kind: 'rect', x: 0, y: 0, width: 1, height: 2, fill: 'agent0' },
    ]);
    expect(env.render('text')).toBe('builder_0\nbuilder 0, height 2\n\nbuilder_1\nbuilder 1, height 2');
  });
});

describe('calls that parallelEnv refuses', () => {
  const message = (call: () => unknown) => {
    try {
      call();
    } catch (error) {
      expect(error).toBeInstanceOf(PolityError);
      return (error as Error).message;
    }
    return 'accepted';
  };
  const open = (params: object = {}) => {
    const env = parallelEnv(tower, params);
    env.reset();
    return env;
  };

  it('out of order: before reset, after the end, after close', () => {
    const env = parallelEnv(tower, { top: 2 });
    expect(message(() => blocks(env, 1))).toBe('tower › step 0: step before reset. Call reset first');
    expect(message(() => env.state())).toContain('state() before reset');
    expect(message(() => env.render())).toContain('render() before reset');
    env.reset();
    blocks(env, 2);
    expect(message(() => blocks(env, 1))).toBe('tower › step 1: the episode is over. Call reset');
    env.close();
    env.close();
    expect(message(() => blocks(env, 1))).toContain('step after close');
    expect(message(() => env.reset())).toBe('tower › step 1: reset after close. Make a new one');
  });

  it('of agents that do not exist', () => {
    expect(message(() => open().step({ bulder_0: 1 }))).toBe(
      'tower › step 0: there is no agent "bulder_0". Did you mean "builder_0"?',
    );
    expect(message(() => open().actionSpace('nobody'))).toContain('Known: builder_0, builder_1');
  });

  it('without an action of one who acts, or with one that is malformed or illegal', () => {
    const env = open();
    expect(message(() => env.step({ builder_1: 1 }))).toBe(
      'tower › builder_0 › step 0: no action for an agent that acts: expected discrete 3',
    );
    expect(message(() => env.step({ builder_0: null }))).toContain('no action');
    expect(message(() => env.step({ builder_0: 3 }))).toBe(
      'tower › builder_0 › step 0: action outside its space: got [3], expected discrete 3',
    );
    expect(message(() => env.step({ builder_0: [1, 1] }))).toContain('got [1, 1]');
    blocks(env, 1);
    expect(message(() => env.step({ builder_1: 1 }))).toBe(
      'tower › builder_1 › step 1: illegal action: got [1], expected one that the mask allows: 0 2. Choose by infos["builder_1"].actionMask',
    );
  });

  it('for what the world does not have', () => {
    const env = parallelEnv(coin);
    env.reset();
    expect([env.stateSpace, env.metadata.renderModes]).toEqual([undefined, []]);
    expect(message(() => env.state())).toBe(
      'coin › step 0: this world has no state vector. Give it stateSize and stateVector',
    );
    expect(message(() => env.render())).toBe(
      'coin › step 0: cannot render: got no render mode, expected a world with draw or text',
    );
    const towering = open();
    expect(message(() => towering.render('pixels' as never))).toBe(
      'tower › step 0: cannot render: got pixels, expected draw or text',
    );
  });

  it('with parameters that do not fit', () => {
    expect(message(() => parallelEnv(tower, { top: 0 }))).toBe('tower › top: out of range: got 0, expected at least 1');
    expect(message(() => parallelEnv(tower, { topp: 3 } as never))).toBe(
      'tower › topp: unknown key. Did you mean "top"?',
    );
    expect(message(() => aecEnv(tower, { top: 0 }))).toContain('out of range');
  });
});
