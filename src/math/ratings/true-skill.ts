import { normalQuantile } from '../statistics/normal.ts';
import { truncateAbove, truncateWithin } from './truncated-normal.ts';

/** A belief about a player's skill. */
export interface Skill {
  readonly mean: number;
  readonly deviation: number;
}

export interface TrueSkillOptions {
  /** Spread of a player's performance around the skill; the default fits a newcomer of mean 25 and deviation 25/3. */
  readonly performance?: number;
  /** How much a skill drifts between games. */
  readonly drift?: number;
  readonly drawProbability?: number;
}

/** The belief about a newcomer that the default options go with. */
export const newSkill: Skill = { mean: 25, deviation: 25 / 3 };

/**
 * Beliefs after a game of teams with given places (0 for the winner; equal places are a draw).
 *
 * Shapes: teams [team][player], places [team] -> [team][player].
 * Source: Herbrich, Minka and Graepel (2007), "TrueSkill: a Bayesian skill rating system"; messages between neighbouring places
 * are repeated until they stand still.
 *
 * @example
 * rateTeams([[newSkill], [newSkill]], [0, 1])[0][0].mean // 29.396
 */
export function rateTeams(
  teams: readonly (readonly Skill[])[],
  places: readonly number[],
  { performance = 25 / 6, drift = 25 / 300, drawProbability = 0.1 }: TrueSkillOptions = {},
): Skill[][] {
  const widened = teams.map((team) =>
    team.map(({ mean, deviation }) => ({ mean, variance: deviation ** 2 + drift ** 2 })),
  );
  const noise = performance ** 2;
  const order = teams.map((_, team) => team).sort((a, b) => places[a] - places[b]);
  const priors = order.map((team) =>
    widened[team].reduce(
      (sum, { mean, variance }) => ({ mean: sum.mean + mean, variance: sum.variance + variance + noise }),
      { mean: 0, variance: 0 },
    ),
  );
  const likelihoods = chainMessages(
    priors,
    priors.slice(1).map((_, k) => {
      const players = teams[order[k]].length + teams[order[k + 1]].length;
      return {
        draw: places[order[k]] === places[order[k + 1]],
        margin: normalQuantile((drawProbability + 1) / 2) * Math.sqrt(players) * performance,
      };
    }),
  );
  const rated: Skill[][] = [];
  order.forEach((team, place) => {
    const { precision, shift } = likelihoods[place];
    const sum = priors[place];
    rated[team] = widened[team].map((prior) => {
      // What the team's result says about one player, once the others and the noise are taken out.
      const othersVariance = sum.variance - prior.variance;
      const known = precision / (1 + othersVariance * precision);
      const pull = (shift - precision * (sum.mean - prior.mean)) / (1 + othersVariance * precision);
      const after = 1 / prior.variance + known;
      return { mean: (prior.mean / prior.variance + pull) / after, deviation: Math.sqrt(1 / after) };
    });
  });
  return rated;
}

/**
 * How even a game between two players would be, relative to the evenness of one between equals of known skill.
 *
 * Source: Herbrich, Minka and Graepel (2007), eq. 7.
 */
export function matchQuality(a: Skill, b: Skill, { performance = 25 / 6 }: TrueSkillOptions = {}): number {
  const noise = 2 * performance ** 2;
  const spread = noise + a.deviation ** 2 + b.deviation ** 2;
  return Math.sqrt(noise / spread) * Math.exp(-((a.mean - b.mean) ** 2) / (2 * spread));
}

interface Gaussian {
  readonly mean: number;
  readonly variance: number;
}

/** A message in the form in which messages multiply: precision, and precision times mean. */
interface Message {
  precision: number;
  shift: number;
}

/** What all the results together say about each team's performance, its prior left out. */
function chainMessages(
  priors: readonly Gaussian[],
  results: readonly { readonly draw: boolean; readonly margin: number }[],
): Message[] {
  // fromAbove[k] reaches team k + 1 from result k, fromBelow[k] reaches team k.
  const fromAbove: Message[] = results.map(() => ({ precision: 0, shift: 0 }));
  const fromBelow: Message[] = results.map(() => ({ precision: 0, shift: 0 }));
  const nothing: Message = { precision: 0, shift: 0 };
  const belief = (team: number, besides: Message): Gaussian => {
    const precision = 1 / priors[team].variance + besides.precision;
    return { mean: (priors[team].mean / priors[team].variance + besides.shift) / precision, variance: 1 / precision };
  };
  const settle = (k: number): number => {
    const better = belief(k, k === 0 ? nothing : fromAbove[k - 1]);
    const worse = belief(k + 1, k + 1 < results.length ? fromBelow[k + 1] : nothing);
    const deviation = Math.sqrt(better.variance + worse.variance);
    const t = (better.mean - worse.mean) / deviation;
    const margin = results[k].margin / deviation;
    const { shift, shrink } = results[k].draw ? truncateWithin(t, margin) : truncateAbove(t, margin);
    // The difference after the result, divided by the difference before it, is the message about the difference.
    const variance = deviation ** 2;
    const precision = shrink / (variance * (1 - shrink));
    const mean = better.mean - worse.mean + (deviation * shift) / shrink;
    const moved = tell(fromBelow[k], precision, mean + worse.mean, worse.variance);
    return Math.max(moved, tell(fromAbove[k], precision, better.mean - mean, better.variance));
  };
  for (let round = 0; round < 1000; round++) {
    let moved = 0;
    for (let k = 0; k < results.length; k++) moved = Math.max(moved, settle(k));
    for (let k = results.length - 2; k >= 0; k--) moved = Math.max(moved, settle(k));
    if (moved < 1e-12) break;
  }
  return priors.map((_, team) => {
    const above = team === 0 ? nothing : fromAbove[team - 1];
    const below = team < results.length ? fromBelow[team] : nothing;
    return { precision: above.precision + below.precision, shift: above.shift + below.shift };
  });
}

/** Writes a message about a team: the difference of known precision plus the other team of known variance. */
function tell(message: Message, precision: number, mean: number, otherVariance: number): number {
  const combined = 1 / (1 / precision + otherVariance);
  const moved = Math.abs(message.precision - combined) + Math.abs(message.shift - combined * mean);
  message.precision = combined;
  message.shift = combined * mean;
  return moved;
}
