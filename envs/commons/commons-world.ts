import type { z } from 'zod';
import { defineEnv, discrete, type EnvCard, type EnvDef, type Rng } from '#core';
import { type Land, landOf } from './land.ts';
import type { CommonsParams } from './params.ts';
import { type CommonsState, eat, moveNames, movePlayers, settle, shareRewards, useBeams } from './players.ts';
import { commonsStateSize, drawCommons, viewSpace, viewText, writeCommonsState, writeView } from './sight.ts';

/** What tells one commons from another. */
export interface CommonsSpec<P extends CommonsParams> {
  readonly id: string;
  readonly params: z.ZodType<P>;
  readonly card: Partial<EnvCard>;
  /** The map that is played where the parameters bring none, and the signs that maps are drawn with. */
  readonly map: readonly string[];
  readonly signs: string;
  /** How many planes a view has. */
  readonly planes: number;
  /** What players can do beside moving, in order. */
  readonly beams: readonly string[];
  /** What nature does at the end of a step, and once before the first. */
  grow(state: CommonsState, land: Land, params: P, rng: Rng): void;
  metrics(state: CommonsState): Record<string, number>;
  /** The signs of a view, and what players can do, in words. */
  readonly legend: string;
  readonly choices: string;
}

/** A world in which players gather apples that nature grows by its own rule, and fire at each other. */
export function commonsWorld<P extends CommonsParams>(spec: CommonsSpec<P>): EnvDef<P, CommonsState> {
  const { id, params: schema, card, map, signs, planes, grow, metrics } = spec;
  const actionNames = [...moveNames, ...spec.beams];
  const landFor = (params: P): Land => landOf(params.map ?? map, signs);
  return defineEnv<CommonsState, P>({
    id,
    params: schema,
    card,

    roles: (params) => [
      {
        name: 'agent',
        count: params.agents,
        observation: viewSpace(params, planes),
        action: discrete(actionNames.length, actionNames),
      },
    ],

    declares({ agents, fireCost, hitPenalty, reward }) {
      const low = -fireCost - hitPenalty * (agents - 1);
      return {
        symmetric: true,
        commonReward: reward === 'collective' || agents === 1,
        rewardBounds: reward === 'collective' ? [agents * low, agents] : [low, 1],
      };
    },

    timeLimitSteps: ({ horizon }) => horizon,

    init(params, rng) {
      const land = landFor(params);
      const state = settle(params, land, rng);
      grow(state, land, params, rng);
      return state;
    },

    observe: (state, agent, out, params) => writeView(state, agent, out, landFor(params), params.view, planes),

    step(state, actions, rewards, rng, params) {
      const land = landFor(params);
      state.step++;
      movePlayers(state, actions, land, rng);
      eat(state, rewards);
      useBeams(state, actions, rewards, land, params, rng);
      grow(state, land, params, rng);
      shareRewards(rewards, params.reward);
      return false;
    },

    stateSize: (params) => commonsStateSize(landFor(params), params.agents),
    stateVector: (state, out, params) => writeCommonsState(state, out, landFor(params)),
    metrics,

    text: (state, agent, params) =>
      [
        `Step ${state.step} of ${params.horizon}. You are player ${agent} and have eaten ${state.eaten[agent]} apples. You see (${spec.legend}):`,
        viewText(state, agent, landFor(params), params.view),
        spec.choices,
      ].join('\n'),

    draw: (state, params) => drawCommons(state, landFor(params), `Step ${state.step} of ${params.horizon}`),
  });
}
