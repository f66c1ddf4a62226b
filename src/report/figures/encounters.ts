import type { EpisodeRecord, NegotiationOutcome } from '#core';

/** The two-party negotiations that were held between the same policies, whoever sat first, turned the same way round. */
export interface Encounter {
  readonly parties: readonly [string, string];
  /** First party first. */
  readonly outcomes: readonly NegotiationOutcome[];
}

/**
 * Sorts recorded two-party negotiations by who met whom. Where two different policies met, both orders of play count as one
 * encounter, the learner (or else the first by name) first; where a policy met itself, the parties go by their seats.
 */
export function encounters(episodes: readonly EpisodeRecord[]): readonly Encounter[] {
  const found = new Map<string, { parties: [string, string]; outcomes: NegotiationOutcome[] }>();
  for (const episode of episodes) {
    const outcome = episode.outcome.negotiation;
    if (outcome?.utilities.length !== 2 || outcome.feasible.length === 0) continue;
    const [a, b] = seatedPolicies(episode);
    const turned = a !== b && (b === 'learner' || (a !== 'learner' && b < a));
    const parties: [string, string] = a === b ? selfPlayNames(episode, a) : turned ? [b, a] : [a, b];
    const key = parties.join('\n');
    const encounter = found.get(key) ?? { parties, outcomes: [] };
    encounter.outcomes.push(turned ? swapped(outcome) : outcome);
    found.set(key, encounter);
  }
  return [...found.values()];
}

/** Policies by agent; `seats` lists seats in the order of the agents. */
function seatedPolicies(episode: EpisodeRecord): [string, string] {
  const [a, b] = Object.values(episode.seats);
  return [a ?? '', b ?? ''];
}

function selfPlayNames(episode: EpisodeRecord, policy: string): [string, string] {
  const [a, b] = episode.agents;
  return policy === '' ? [a, b] : [`${policy} as ${a}`, `${policy} as ${b}`];
}

function swapped(outcome: NegotiationOutcome): NegotiationOutcome {
  return {
    ...outcome,
    utilities: [outcome.utilities[1], outcome.utilities[0]],
    disagreement: [outcome.disagreement[1], outcome.disagreement[0]],
    feasible: outcome.feasible.map(([first, second]) => [second, first]),
    firstProposer: outcome.firstProposer < 0 ? outcome.firstProposer : 1 - outcome.firstProposer,
  };
}
