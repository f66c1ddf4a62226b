import { defineEnv, type EnvSpec, type Rng, type WorldTree } from '#core';
import { chanceMoves, type ExactRules, type ExactWorld, everybodyMoves, gameOver } from './rules.ts';
import { gameTree } from './tree.ts';

/** What rules leave open: how a game is shown. */
export type ExactSpec<P, S> = Omit<EnvSpec<P, S>, 'init' | 'acting' | 'legal' | 'step'>;

/** A world played by exact rules: chance is drawn from the world's generator as soon as it is its turn. */
export function exactWorld<S extends object, P>(rules: ExactRules<P, S>, spec: ExactSpec<P, S>): ExactWorld<P, S> {
  const env = defineEnv<S, P>({
    ...spec,
    init(params, rng) {
      const state = rules.start(params);
      drawAll(rules, state, rng, params);
      return state;
    },
    acting(state, agent, params) {
      const turn = rules.turn(state, params);
      return turn === agent || turn === everybodyMoves;
    },
    legal: (state, agent, mask, params) => rules.legal(state, agent, mask, params),
    step(state, actions, rewards, rng, params) {
      rules.play(state, actions, params);
      const over = drawAll(rules, state, rng, params) === gameOver;
      if (rules.pays !== undefined) rules.pays(state, rewards, params);
      else if (over) rules.returns(state, rewards, params);
      return over;
    },
  });
  return { ...env, rules, tree: (params) => gameTree(rules, params) as WorldTree<unknown, S> };
}

/** Room for the weights of one draw; every draw writes it anew. */
let room = new Int32Array(64);

/** Lets chance move for as long as it is its turn, and says whose turn it is then. */
function drawAll<P, S>(rules: ExactRules<P, S>, state: S, rng: Rng, params: P): number {
  let turn = rules.turn(state, params);
  for (; turn === chanceMoves; turn = rules.turn(state, params)) {
    const outcomes = rules.outcomes(params);
    if (room.length < outcomes) room = new Int32Array(outcomes);
    room.fill(0, 0, outcomes);
    const total = rules.weigh(state, room, params);
    let left = rng.integer(0, total);
    let outcome = 0;
    while (left >= room[outcome]) left -= room[outcome++];
    rules.draw(state, outcome, params);
  }
  return turn;
}
