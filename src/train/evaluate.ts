import { type AgentLayout, type AnyEnv, createStreams, type EpisodeRecord, layOutAgents, parseWith } from '#core';
import type { Engine } from '#engine/network';
import { mean, standardError, studentQuantile } from '#math';
import { createEpisodeSummary, evaluationMetrics, type Summary } from '#metrics';
import type { Catalogue } from './catalogue.ts';
import { languageEstimates } from './language-estimates.ts';
import { opponentModelAccuracy } from './opponent-model-accuracy.ts';
import { playEpisodes } from './play-episodes.ts';
import { fittingLineUps } from './role-fit.ts';
import { createPolicyFinder } from './seats.ts';

export interface EvaluationRequest {
  /** Registered ids or paths. */
  readonly policies: readonly string[];
  readonly env: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Overrides the world's own time limit. */
  readonly timeLimitSteps?: number | null;
  /** Of each line-up. */
  readonly episodes: number;
  readonly seed: number | string;
  /** Trained policies take their most probable action instead of drawing one. */
  readonly greedy: boolean;
  /** Have records say how every action came about: by which network, with what probability, after how many draws. Default: not. */
  readonly accounts?: boolean;
}

/** A number about episodes: mean, standard error of the mean, 95 % interval (both null for fewer than two episodes). */
export interface Measured {
  readonly mean: number;
  readonly standardError: number | null;
  readonly interval: readonly [low: number, high: number] | null;
}

/** What a line-up came to. `episode/return/<role>[<index>]` is the return of one seat. */
export interface SeatingResult {
  readonly seats: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, Measured>>;
}

/** The document of `polity evaluate --json`. */
export interface EvaluationResult {
  readonly env: string;
  readonly params: unknown;
  readonly episodes: number;
  readonly seed: number | string;
  readonly seatings: readonly SeatingResult[];
}

/**
 * Seats policies in a world, in every order where its roles allow, and plays the same episodes with each line-up.
 *
 * @param onRecords Is handed the episodes of each line-up.
 * Throws: PolityError (input) for a world, parameters or policies that do not exist or do not fit each other.
 */
export function evaluatePolicies(
  catalogue: Catalogue,
  engine: Engine,
  request: EvaluationRequest,
  onRecords: (lineUp: number, records: readonly EpisodeRecord[]) => void = () => {},
): EvaluationResult {
  const env = catalogue.worlds.get(request.env, 'env') as AnyEnv;
  const params = parseWith(env.params, request.params, `env ${env.id}`);
  const layout = layOutAgents(env, params);
  const finder = createPolicyFinder(catalogue, engine, request.greedy);
  for (const policy of request.policies) finder.find(policy, 'policies');
  const orders = fittingLineUps(env, params, layout, request.policies, finder);
  const seatings = orders.map((names, i) => {
    const records = playEpisodes({
      env,
      params,
      timeLimitSteps: request.timeLimitSteps ?? null,
      seating: names.map((name) => finder.known(name)),
      episodes: Array.from({ length: request.episodes }, (_, k) => k),
      seed: `${request.seed}/evaluate`,
      policyStreams: createStreams(`${request.seed}/evaluate/${names.join(',')}`),
      record: true,
      accounts: request.accounts === true,
    });
    onRecords(i, records);
    return { seats: seatNames(layout, names), metrics: measure(catalogue, layout, records) };
  });
  return { env: env.id, params, episodes: request.episodes, seed: request.seed, seatings };
}

function measure(
  catalogue: Catalogue,
  layout: AgentLayout,
  records: readonly EpisodeRecord[],
): Readonly<Record<string, Measured>> {
  const beside = [...evaluationMetrics.items, opponentModelAccuracy].filter(({ id }) => !catalogue.metrics.has(id));
  const summary = createEpisodeSummary([...catalogue.metrics.items, ...beside]);
  for (const record of records) summary.add(record);
  const measured: Record<string, Measured> = {};
  for (const [name, value] of summary.summarise()) {
    measured[name] = withInterval(value);
    if (name !== 'episode/return' || layout.count === 1) continue;
    for (const [seat, agent] of Object.keys(seatNames(layout, layout.names)).entries()) {
      measured[`episode/return/${agent}`] = withInterval(summaryOf(records.map(({ returns }) => returns[seat])));
    }
  }
  return { ...measured, ...languageEstimates(records) };
}

/** Source: mean ± t(0.975, n - 1) · standard error (Student 1908). */
function withInterval({ mean, standardError, count }: Summary): Measured {
  if (standardError === null) return { mean, standardError, interval: null };
  const half = studentQuantile(0.975, count - 1) * standardError;
  return { mean, standardError, interval: [mean - half, mean + half] };
}

function summaryOf(values: readonly number[]): Summary {
  const count = values.length;
  return { mean: mean(values), standardError: count < 2 ? null : standardError(values), count };
}

/** `player[0]` -> what sits there. */
function seatNames({ roles }: AgentLayout, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    roles.flatMap(({ name, first, count }) =>
      Array.from({ length: count }, (_, i) => [`${name}[${i}]`, names[first + i]]),
    ),
  );
}
