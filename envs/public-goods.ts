import { z } from 'zod';
import { defineEnv, discrete, fieldBox, multiDiscrete } from '#core';
import { drawTable } from './exact/scene.ts';

const shape = z.strictObject({
  agents: z.int().min(2).max(256).default(4).describe('Players.'),
  endowment: z.int().min(1).max(1000).default(10).describe('Tokens that each gets in every round.'),
  multiplier: z.number().min(0).default(1.6).describe('What the pot is multiplied by before it is shared evenly.'),
  rounds: z.int().min(1).max(10_000).default(10).describe('Rounds of an episode.'),
  punishment: z
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe('Points that a player can spend on each other for what was given in the last round; 0 is no punishment.'),
  punishmentEffect: z
    .number()
    .min(0)
    .default(3)
    .describe('What a point costs the one who is punished; giving it costs 1.'),
});

export type PublicGoodsParams = z.infer<typeof shape>;

/** Shapes: n players: given, received [n], of the last round. */
export interface PublicGoodsState {
  /** Rounds played. */
  round: number;
  readonly given: Int32Array;
  readonly received: Int32Array;
  givenSum: number;
  firstSum: number;
  lastSum: number;
  pointsSum: number;
}

/** Steps of an episode: with punishment the last round is answered too, by one step in which nothing is given. */
const stepsOf = ({ rounds, punishment }: PublicGoodsParams) => rounds + (punishment === 0 ? 0 : 1);

/** Tokens in a common pot, which grows and is shared by all. */
export const publicGoods = defineEnv<PublicGoodsState, PublicGoodsParams>({
  id: 'public-goods',
  params: shape,
  card: {
    title: 'Public goods game',
    description:
      'In every round each player puts part of its tokens into a pot, unseen; the pot grows and is shared evenly. Then all see who gave what. On request players can, together with the next round, pay to punish each other for it.',
    source:
      'Own rules after Isaac and Walker (1988), "Group size effects in public goods provision", and, with punishment, Fehr and Gächter (2000), "Cooperation and punishment in public goods experiments".',
    licence: 'Apache-2.0, as the rest.',
    tests: 'Cooperation against free riders, in groups of more than two.',
    rewardScale: {
      agent: 'Tokens kept, plus the own share of the pot, less punishment given and received.',
      team: 'agents x endowment a round when nobody gives, that times the multiplier when all give everything.',
    },
    horizon: '10 rounds (`rounds`), a termination; one more step with punishment.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 519.9391, standardError: 0.1199 },
      roles: { player: { mean: 129.9848, standardError: 0.03 } },
    },
    knownAnswer:
      'With a multiplier between 1 and the number of players giving nothing is dominant, 100 each in ten rounds; giving everything brings 160 each, uniform play 130.',
  },

  roles({ agents, endowment, punishment }) {
    const fields = [
      { name: 'round', size: 1 },
      { name: 'own', size: 1 },
      { name: 'others', size: agents - 1 },
      ...(punishment === 0 ? [] : [{ name: 'received', size: 1 }]),
    ];
    const others = Array.from({ length: agents - 1 }, (_, k) => `punish${k}`);
    const action =
      punishment === 0
        ? discrete(endowment + 1)
        : multiDiscrete([endowment + 1, ...others.map(() => punishment + 1)], ['give', ...others]);
    return [{ name: 'player', count: agents, observation: fieldBox(fields, 0, 1), action }];
  },

  declares({ agents, endowment, multiplier, punishment, punishmentEffect }) {
    const each = multiplier / agents;
    const most = endowment * (each * (agents - 1) + Math.max(1, each));
    const worst = punishment * (agents - 1) * (1 + punishmentEffect);
    return {
      symmetric: punishment === 0,
      rewardBounds: [(punishment === 0 ? endowment * Math.min(1, each) : 0) - worst, most],
    };
  },

  init: ({ agents }) => ({
    round: 0,
    given: new Int32Array(agents),
    received: new Int32Array(agents),
    givenSum: 0,
    firstSum: 0,
    lastSum: 0,
    pointsSum: 0,
  }),

  observe({ round, given, received }, agent, out, params) {
    const { agents, endowment, punishment } = params;
    out[0] = round / stepsOf(params);
    for (let k = 0; k < agents; k++) out[1 + k] = given[(agent + k) % agents] / endowment;
    if (punishment > 0) out[1 + agents] = received[agent] / (punishment * (agents - 1));
  },

  legal({ round }, _agent, mask, { endowment, rounds, punishment }) {
    if (punishment === 0) return;
    if (round === rounds) mask.fill(0, 1, endowment + 1);
    if (round > 0) return;
    for (let at = endowment + 1; at < mask.length; at += punishment + 1) mask.fill(0, at + 1, at + punishment + 1);
  },

  step(state, actions, rewards, _rng, params) {
    const { agents, endowment, multiplier, rounds, punishment, punishmentEffect } = params;
    const { given, received } = state;
    const stride = punishment === 0 ? 1 : agents;
    let sum = 0;
    received.fill(0);
    for (let a = 0; a < agents; a++) {
      given[a] = actions[a * stride];
      sum += given[a];
      for (let k = 1; k < stride; k++) {
        const points = actions[a * stride + k];
        rewards[a] -= points;
        received[(a + k) % agents] += points;
        state.pointsSum += points;
      }
    }
    const income = state.round < rounds ? endowment : 0;
    for (let a = 0; a < agents; a++) {
      rewards[a] += income - given[a] + (multiplier * sum) / agents - punishmentEffect * received[a];
    }
    if (state.round === 0) state.firstSum = sum;
    if (state.round === rounds - 1) state.lastSum = sum;
    state.givenSum += sum;
    state.round++;
    return state.round === stepsOf(params);
  },

  stateSize: ({ agents }) => agents + 1,

  stateVector({ round, given }, out, params) {
    for (let a = 0; a < params.agents; a++) out[a] = given[a] / params.endowment;
    out[params.agents] = round / stepsOf(params);
  },

  metrics({ givenSum, firstSum, lastSum, pointsSum }, { agents, endowment, rounds, punishment }) {
    const whole = agents * endowment;
    return {
      contribution: givenSum / (whole * rounds),
      firstContribution: firstSum / whole,
      lastContribution: lastSum / whole,
      ...(punishment === 0 ? {} : { punishmentPoints: pointsSum }),
    };
  },

  text({ round, given, received }, agent, params) {
    const { agents, endowment, multiplier, rounds, punishment } = params;
    const others = Array.from({ length: agents - 1 }, (_, k) => given[(agent + 1 + k) % agents]);
    return [
      `Round ${Math.min(round + 1, rounds)} of ${rounds}, ${agents} players. You are player ${agent} and have ${round < rounds ? endowment : 0} tokens.`,
      round === 0
        ? 'Nothing has been given yet.'
        : `In the last round you gave ${given[agent]}, the others ${others.join(', ')}${punishment === 0 ? '' : `; you received ${received[agent]} points of punishment`}.`,
      `Give 0 to ${endowment}: the pot is multiplied by ${multiplier} and shared by all ${agents}.${punishment === 0 || round === 0 ? '' : ` Spend up to ${punishment} points on each of the others for the last round.`}`,
    ].join('\n');
  },

  draw({ round, given, received }, { rounds, punishment }) {
    const rows = Array.from(given, (tokens, a) => {
      const gift = { label: String(tokens), fill: `agent${a}` } as const;
      return [`player ${a}`, gift, ...(punishment === 0 ? [] : [`-${received[a]}`])] as const;
    });
    return drawTable(rows, `Given in round ${round} of ${rounds}`);
  },
});
