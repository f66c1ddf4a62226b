import { type AnyEnv, type EpisodeRecord, layOutAgents, parseWith } from '#core';
import { mean, standardError } from '#math';
import { createEpisodeSummary, type Metric } from '#metrics';
import type { ExperimentConfig } from './config.ts';
import type { Match, PlayedEpisode } from './program.ts';

/** A line-up and what its numbers are called in the log. */
interface NamedMatch extends Match {
  /** `''` for the experiment's own seats, else `vs/<opponent>/` or `baseline/<policy>/`. */
  readonly prefix: string;
}

/**
 * What an evaluation plays: the experiment's own seats; the learner against each opponent, from every seat in turn; and, the
 * first time, each opponent and the random policy in all seats as a baseline.
 */
export function planEvaluation(config: ExperimentConfig, env: AnyEnv, first: boolean): readonly NamedMatch[] {
  const { roles, roleOf } = layOutAgents(env, parseWith(env.params, config.env.params, `env ${env.id}`));
  const { episodes, opponents, replays } = config.evaluation;
  const all = Array.from({ length: episodes }, (_, k) => k);
  const own = [...roleOf].map((r) => config.seats[roles[r].name].policy);
  const matches: NamedMatch[] = [{ prefix: '', seats: own, episodes: all, keep: replays }];
  for (const opponent of opponents) {
    const lineUps = against(own, [...roleOf], roles.length, opponent);
    lineUps.forEach((seats, i) => {
      const share = all.filter((k) => k % lineUps.length === i);
      if (share.length > 0) matches.push({ prefix: `vs/${inName(opponent)}/`, seats, episodes: share, keep: 0 });
    });
  }
  if (first) {
    for (const policy of new Set(['random', ...opponents])) {
      const seats = own.map((seat) => (seat === 'learner' ? policy : seat));
      matches.push({ prefix: `baseline/${inName(policy)}/`, seats, episodes: all, keep: 0 });
    }
  }
  return matches;
}

/** The numbers of an evaluation by name, in the order of its matches and metrics. */
export function summariseEvaluation(
  matches: readonly NamedMatch[],
  played: readonly PlayedEpisode[],
  metrics: readonly Metric[],
): { readonly numbers: Record<string, number>; readonly records: readonly EpisodeRecord[] } {
  const numbers: Record<string, number> = {};
  for (const prefix of new Set(matches.map((match) => match.prefix))) {
    const mine = played
      .filter(({ match }) => matches[match].prefix === prefix)
      .sort((a, b) => a.match - b.match || a.episode - b.episode);
    if (prefix.startsWith('vs/')) {
      summariseReturns(
        `${prefix}return`,
        mine.map(({ learnerReturn }) => learnerReturn),
        numbers,
      );
      summariseReturns(
        `${prefix}opponentReturn`,
        mine.map(({ otherReturn }) => otherReturn),
        numbers,
      );
    }
    const summary = createEpisodeSummary(metrics);
    for (const { observations } of mine) summary.add(observations);
    for (const [name, { mean, standardError }] of summary.summarise()) {
      numbers[prefix + name] = mean;
      if (standardError !== null && !prefix.startsWith('vs/'))
        numbers[`${prefix}${name}/standardError`] = standardError;
    }
  }
  const records = played
    .filter(({ record }) => record !== undefined)
    .sort((a, b) => a.match - b.match || a.episode - b.episode)
    .map(({ record }) => record as EpisodeRecord);
  return { numbers, records };
}

/**
 * The seatings of the learner against an opponent: where the learner has several agents of one role, it keeps one of them,
 * each in turn; where it plays several roles, one role, each in turn.
 */
function against(own: readonly string[], roleOf: readonly number[], roles: number, opponent: string): string[][] {
  const learning = own.flatMap((seat, agent) => (seat === 'learner' ? [agent] : []));
  const learningRoles = new Set(learning.map((agent) => roleOf[agent]));
  const sides =
    roles > 1 && learningRoles.size > 1
      ? [...learningRoles].map((role) => learning.filter((agent) => roleOf[agent] === role))
      : learning.map((agent) => [agent]);
  if (sides.length === 1 && learning.length === own.length) return [];
  return sides.map((side) => own.map((seat, agent) => (seat === 'learner' && !side.includes(agent) ? opponent : seat)));
}

function summariseReturns(name: string, values: readonly (number | null)[], numbers: Record<string, number>): void {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return;
  numbers[name] = mean(known);
  if (known.length > 1) numbers[`${name}/standardError`] = standardError(known);
}

/** A path in a metric's name would look like more of its parts. */
function inName(policy: string): string {
  return policy.replaceAll('/', ':');
}
