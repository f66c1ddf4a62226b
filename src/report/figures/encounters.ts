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
    const turned = a !== b && (isLearner(a) === isLearner(b) ? b < a : isLearner(b));
    const parties = a === b ? selfPlayNames(episode, a) : partyNames(turned ? [b, a] : [a, b]);
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

/** Learners are recorded as `learner:<name of the policy>`. */
function isLearner(policy: string): boolean {
  return policy === 'learner' || policy.startsWith('learner:');
}

/** A learner goes by what it is among other policies, and by its own name where two different ones meet. */
function partyNames(policies: [string, string]): [string, string] {
  if (policies.every(isLearner)) return policies;
  return [shownName(policies[0]), shownName(policies[1])];
}

function selfPlayNames(episode: EpisodeRecord, policy: string): [string, string] {
  const [a, b] = episode.agents;
  return policy === '' ? [a, b] : [`${shownName(policy)} as ${a}`, `${shownName(policy)} as ${b}`];
}

function shownName(policy: string): string {
  return isLearner(policy) ? 'learner' : policy;
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
