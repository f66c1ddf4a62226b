import type { EpisodeRecord, NegotiationOutcome, Outcome } from '#core';
import { type Metric, summariseEpisodes } from '#metrics';

/** An episode in which only what a test names is of interest. */
export function episode(parts: Partial<EpisodeRecord> = {}): EpisodeRecord {
  const returns = parts.returns ?? [0, 0];
  return {
    format: 'polity-episode/1',
    env: 'test',
    params: {},
    seed: 'test/0',
    timeLimitSteps: null,
    agents: returns.map((_, agent) => `player_${agent}`),
    seats: {},
    actions: [],
    rewards: [],
    returns,
    length: parts.actions?.length ?? 1,
    ended: 'terminated',
    metrics: {},
    outcome: {},
    ...parts,
  };
}

/** Four outcomes of which the last is bad for both. */
export const feasible = [
  [10, 0],
  [6, 3],
  [0, 10],
  [2, 2],
];

export function negotiation(parts: Partial<NegotiationOutcome> = {}): EpisodeRecord {
  const outcome: NegotiationOutcome = {
    agreement: true,
    utilities: [6, 3],
    disagreement: [0, 0],
    feasible,
    rounds: 3,
    firstProposer: 0,
    ...parts,
  };
  return episode({ returns: [...outcome.utilities], outcome: { negotiation: outcome } });
}

export const failed = negotiation({ agreement: false, utilities: [0, 0], rounds: 10 });

/** A two-player game over actions C (0, cooperation) and D (1); `played` names each step's joint action: `CD`. */
export function dilemma(played: readonly string[], outcome: Partial<Outcome['game']> = {}): EpisodeRecord {
  const actions = played.map((joint) => [...joint].map((action) => [action === 'C' ? 0 : 1]));
  const labels = [
    ['C', 'D'],
    ['C', 'D'],
  ];
  return episode({ actions, outcome: { game: { labels, cooperate: 0, ...outcome } } });
}

/** Means by name, for reading in an expectation. */
export function means(metric: Metric, ...episodes: EpisodeRecord[]): Record<string, number> {
  return Object.fromEntries([...summariseEpisodes(episodes, [metric])].map(([name, { mean }]) => [name, mean]));
}
