import { defineScripted, type Policy, type View } from '#core';
import type { PolicyFamily } from '../policy-family.ts';
import { type TwoPlayerGame, twoPlayerGame } from './two-player-game.ts';

interface Strategy<Memory> {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly source: string;
  remember(): Memory;
  /** The action of this round. */
  choose(game: TwoPlayerGame, view: View<Memory>): number;
}

/** A strategy for repeated games of two players and two actions, as a policy; `id(action)` says which action is the cooperative one. */
export function memoryStrategy<Memory>(strategy: Strategy<Memory>): PolicyFamily {
  const make = (id: string, named?: string): Policy =>
    defineScripted<TwoPlayerGame, Memory>({
      id,
      card: {
        title: strategy.title,
        description: `${strategy.rule} Two players, two actions; the cooperative one is the argument, the world's parameter cooperate, or known by its name (Cooperate, Stag, Chicken).`,
        source: strategy.source,
        worlds: ['matrix-game'],
      },
      prepare: (context) => twoPlayerGame(id, context, named),
      remember: strategy.remember,
      act(view, out, game) {
        out[0] = strategy.choose(game, view);
      },
    });
  return {
    ...make(strategy.id),
    argument: {
      name: 'action',
      description: 'the action that means cooperation, by name or number',
      example: `${strategy.id}(0)`,
    },
    withArgument: (argument) => make(`${strategy.id}(${argument})`, argument),
  };
}
