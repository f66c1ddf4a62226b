import { defineEnv, type EnvCard, type EnvDef, type EnvSpec } from '#core';
import { type Cell, drawTable } from '../exact/scene.ts';

/** What a sanity world says about itself, beyond its rules. */
export interface SanitySpec<P, S> extends Omit<EnvSpec<P, S>, 'card' | 'draw' | 'text' | 'metrics'> {
  readonly card: Pick<EnvCard, 'title' | 'description' | 'tests' | 'horizon'> & {
    readonly random: Omit<NonNullable<EnvCard['randomReturn']>, 'episodes' | 'seed'>;
    readonly best: string;
    readonly agent: string;
  };
  /** The state in a few words, a row a line. */
  rows(state: S, params: P): readonly (readonly [name: string, ...cells: Cell[]])[];
  /** What an agent is told, in a sentence. */
  told(state: S, agent: number, params: P): string;
  /** Share of the best return that the episode has brought, 0..1. */
  solved(state: S, params: P): number;
}

/** A world with one difficulty and nothing else, which an algorithm that can handle it solves in seconds. */
export function sanityWorld<P, S>(spec: SanitySpec<P, S>): EnvDef<P, S> {
  const { card, rows, told, solved, ...rules } = spec;
  return defineEnv<S, P>({
    ...rules,
    card: {
      title: card.title,
      description: card.description,
      source: 'Own; in the manner of bsuite (Osband et al. 2020) and of PufferLib’s sanity environments.',
      licence: 'Apache-2.0, as the rest.',
      tests: card.tests,
      rewardScale: { agent: card.agent, team: 'The sum over agents.' },
      horizon: card.horizon,
      randomReturn: { episodes: 10_000, seed: 0, ...card.random },
      knownAnswer: card.best,
    },
    metrics: (state, params) => ({ solved: solved(state, params) }),
    text: told,
    draw: (state, params) => drawTable(rows(state, params), card.title),
  });
}
