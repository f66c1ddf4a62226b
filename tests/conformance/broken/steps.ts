import type { AnyEnv, NegotiationOutcome } from '#core';
import { hall, type TowerState, tower, walk } from '../../core/worlds.ts';
import { afterStep, type Case, good, type Tick, tick } from '../good-worlds.ts';

const advance = (state: TowerState) => {
  state.height += 1;
};

/** Keeps a count of steps beside the state, under a key that outlives the episode. */
function carried(keyOf: (state: Tick, rewards: Float64Array) => object): AnyEnv {
  const counts = new WeakMap<object, number>();
  return afterStep(tick, (state, rewards) => {
    const key = keyOf(state, rewards);
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    rewards.fill(Math.min(count, 2));
  });
}

const shared = { t: 0 };

const negotiation: NegotiationOutcome = {
  agreement: true,
  utilities: [1, 2],
  disagreement: [0, 0],
  feasible: [[1, 2]],
  rounds: 1,
  firstProposer: 0,
};
const withOutcome = (outcome: object): AnyEnv => ({ ...good, outcome: () => outcome });

/** Worlds that go wrong in a step, at the end, or between episodes. */
export const stepsWorlds: readonly Case[] = [
  [
    'no-exceptions',
    'a step that trips over its own state',
    afterStep(good, (state: { board: number[] }) => state.board.length),
    "episode 0, step 0: step threw TypeError: Cannot read properties of undefined (reading 'length')",
  ],
  [
    'no-exceptions',
    'roles that throw',
    {
      ...good,
      roles: () => {
        throw 'no roles today';
      },
    },
    'roles threw no roles today',
  ],
  [
    'ended-boolean',
    'a branch of step without a return',
    {
      ...good,
      step: (...args: Parameters<typeof tower.step>) => tower.step(...args) || (undefined as unknown as boolean),
    },
    'step returned undefined',
  ],
  [
    'actions-untouched',
    'actions used as scratch memory',
    afterStep(good, (_state, _rewards, actions) => actions.fill(0)),
    'step changed the actions',
  ],
  [
    'ignored-actions',
    'a step that reads everybody',
    afterStep(good, (_state, rewards, actions) => {
      rewards[0] += actions[0] + actions[1];
    }),
    'rewards[0] depends on the action of builder_1',
  ],
  [
    'ignored-actions',
    'a guest who goes on to decide from home',
    afterStep(hall, (_state, rewards, actions) => {
      rewards[1] += actions[0];
    }),
    'rewards[1] depends on the action of guest_0',
  ],
  [
    'ignored-actions',
    'a walk that hears everybody',
    {
      ...walk,
      roles: (params: never) => walk.roles(params).map((role) => ({ ...role, count: 2 })),
      acting: (_state: object, agent: number) => agent === 0,
      timeLimitSteps: () => 9,
      step(state: { place: number }, actions: Float64Array) {
        state.place += actions[2];
        return false;
      },
    },
    'state.place depends on the action of walker_1',
  ],
  [
    'reward-finite',
    'a division by nothing',
    afterStep(good, (_state, rewards) => {
      rewards[1] = 0 / 0;
    }),
    'builder_1 receives NaN',
  ],
  [
    'reward-bounds',
    'bounds that are too tight',
    { ...good, declares: () => ({ rewardBounds: [0, 2] }) },
    'declared 0..2',
  ],
  ['zero-sum', 'a gain that nobody pays for', { ...good, declares: () => ({ zeroSum: true }) }, 'sum to'],
  [
    'common-reward',
    'a term of one’s own',
    { ...good, declares: () => ({ commonReward: true }) },
    'are not all the same',
  ],
  [
    'reward-after-leaving',
    'a guest who is paid at home',
    afterStep(hall, (_state, rewards) => {
      rewards[0] = 5;
    }),
    'guest_0 is not there and receives 5',
  ],
  ['metrics-sane', 'a ratio of nothing', { ...good, metrics: () => ({ ratio: 0 / 0 }) }, 'metric ratio is NaN'],
  [
    'metrics-sane',
    'a name that is no name',
    { ...good, metrics: () => ({ 'Mean height': 1 }) },
    'metric name "Mean height"',
  ],
  [
    'metrics-sane',
    'a count that moves the world',
    {
      ...good,
      metrics(state: TowerState) {
        advance(state);
        return {};
      },
    },
    'metrics changed state.height',
  ],
  [
    'outcome-sane',
    'a utility too many',
    withOutcome({ negotiation: { ...negotiation, disagreement: [0] } }),
    '[0] is not one finite utility for each of 2 parties',
  ],
  ['outcome-sane', 'half a round', withOutcome({ negotiation: { ...negotiation, rounds: 0.5 } }), '0.5 rounds'],
  [
    'outcome-sane',
    'a proposer from outside',
    withOutcome({ negotiation: { ...negotiation, firstProposer: 2 } }),
    'first proposer is 2',
  ],
  [
    'outcome-sane',
    'names for one of two',
    withOutcome({ game: { labels: [['C', 'D']] } }),
    'action names for 1 of 2 agents',
  ],
  [
    'outcome-sane',
    'cooperation that nobody can choose',
    withOutcome({ game: { labels: [['C'], ['C']], cooperate: 1 } }),
    'cooperation is action 1',
  ],
  [
    'outcome-sane',
    'an outcome that moves the world',
    {
      ...good,
      outcome(state: TowerState) {
        advance(state);
        return {};
      },
    },
    'outcome changed state.height',
  ],
  ['episode-ends', 'a walk without an end', walk, 'episode 0 goes on after 200 steps', { steps: 200 }],
  [
    'time-limit-truncates',
    'a game that counts to the limit itself',
    { ...tick, timeLimitSteps: () => 5 },
    'all 5 episodes end at step 5, the time limit, by themselves',
  ],
  [
    'seed-determinism',
    'randomness of its own',
    { ...tick, init: () => ({ t: Math.random(), choices: [] }), timeLimitSteps: () => 5 },
    'differs at the reset',
  ],
  [
    'reset-continues',
    'a count kept with the buffers of the driver',
    carried((_state, rewards) => rewards.buffer),
    'the second round of resets: rewards[0] differs',
  ],
  [
    'envs-independent',
    'state kept in the module',
    {
      ...tick,
      init(params: { order: number[] }, rng) {
        shared.t = 0;
        return tick.init(params, rng);
      },
      observe(_state: Tick, _agent: number, out: Float32Array) {
        out[0] = shared.t;
      },
      step(...args: Parameters<typeof tick.step>) {
        shared.t = Math.min(shared.t + 1, 9);
        return tick.step(...args);
      },
    },
    'env 0 beside another one: observations[0][0] differs',
  ],
  [
    'snapshot-restore',
    'a count kept beside the state',
    carried((state) => state),
    'restored at step 2: rewards[0] differs at step 1',
  ],
  [
    'symmetric',
    'a bird that is paid double',
    afterStep({ ...tick, declares: () => ({ symmetric: true }) }, (_state, rewards) => {
      rewards[1] *= 2;
    }),
    'bird_0 and bird_1 exchange their behaviour over 128 episodes, and receive',
  ],
];
