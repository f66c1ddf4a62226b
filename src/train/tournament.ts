import {
  type AgentLayout,
  type AnyEnv,
  createStreams,
  type EpisodeRecord,
  layOutAgents,
  PolityError,
  parseWith,
} from '#core';
import type { Engine } from '#engine/network';
import { alphaRank, type Game, hodge, mean, rateGames, standardError, symmetricEquilibrium } from '#math';
import type { Catalogue } from './catalogue.ts';
import { playEpisodes } from './play-episodes.ts';
import { lineUps } from './seatings.ts';
import { createPolicyFinder, type PolicyFinder } from './seats.ts';

export interface TournamentRequest {
  /** Registered ids or paths, at least two. */
  readonly policies: readonly string[];
  readonly env: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Of each line-up of a pair. */
  readonly episodes: number;
  readonly seed: number | string;
  /** Trained policies take their most probable action instead of drawing one. */
  readonly greedy: boolean;
  /** Is told how many of the pairs have been played. */
  onPair?(played: number, pairs: number): void;
}

/** The document of `polity tournament --json`. Lists follow the order of `policies`. */
export interface TournamentResult {
  readonly env: string;
  readonly params: unknown;
  readonly episodes: number;
  readonly seed: number | string;
  readonly policies: readonly string[];
  /** What the policy of the row receives an episode, a seat, when it plays with the policy of the column: mean over all line-ups. */
  readonly payoffs: readonly (readonly number[])[];
  /** Of the payoffs, over episodes; null for a single episode. */
  readonly standardErrors: readonly (readonly (number | null)[])[];
  /** Who receives more in an episode has won it. Ratings have mean 0, whatever the order of the games. */
  readonly elo: readonly {
    readonly policy: string;
    readonly rating: number;
    readonly interval: readonly [number, number];
  }[];
  /** Shares of a symmetric equilibrium of the game whose strategies are the policies. */
  readonly nash: readonly number[];
  /** Share of time that evolution with rare mutations spends at each policy, in the limit of strong selection. */
  readonly alphaRank: readonly number[];
  /** How much of who outdoes whom no order of strength explains, 0 to 1; null where nobody outdoes anybody. */
  readonly cyclicShare: number | null;
}

/**
 * Plays every policy with every other one, and with itself, in every order that the roles allow and always the same episodes.
 *
 * Throws: PolityError (input) for fewer than two policies, the same one twice, a world with a single agent, and policies that
 * do not exist or of which a pair cannot be seated.
 * Source: ratings, ranks and shares as `rateGames`, `alphaRank`, `symmetricEquilibrium` and `hodge` of the mathematics say.
 */
export function playTournament(catalogue: Catalogue, engine: Engine, request: TournamentRequest): TournamentResult {
  const env = catalogue.worlds.get(request.env, 'env') as AnyEnv;
  const params = parseWith(env.params, request.params, `env ${env.id}`);
  const layout = layOutAgents(env, params);
  const { policies } = request;
  requirePlayers(policies, layout, env.id);
  const finder = createPolicyFinder(catalogue, engine, request.greedy);
  for (const policy of policies) finder.find(policy, 'policies');
  const pairs = policies.flatMap((_, i) => policies.slice(i).map((_, k) => [i, i + k] as const));
  const orders = pairs.map(([i, j]) => ordersOf(layout, finder, policies[i], policies[j]));
  const n = policies.length;
  const payoffs = policies.map(() => new Array<number>(n).fill(0));
  const standardErrors = policies.map(() => new Array<number | null>(n).fill(null));
  const games: Game[] = [];
  pairs.forEach(([i, j], played) => {
    const results = orders[played].map((names) => ({
      names,
      records: playEpisodes({
        env,
        params,
        timeLimitSteps: null,
        seating: names.map((name) => finder.known(name)),
        episodes: Array.from({ length: request.episodes }, (_, k) => k),
        seed: `${request.seed}/tournament`,
        policyStreams: createStreams(`${request.seed}/tournament/${names.join(',')}`),
        record: false,
      }),
    }));
    for (const mine of i === j ? [i] : [i, j]) {
      const other = mine === i ? j : i;
      const values = meanByEpisode(results, policies[mine]);
      payoffs[mine][other] = mean(values);
      standardErrors[mine][other] = values.length < 2 ? null : standardError(values);
    }
    if (i !== j) games.push(...gamesOf(results, policies, i, j));
    request.onPair?.(played + 1, pairs.length);
  });
  const rng = createStreams(`${request.seed}/tournament`).stream('resampling');
  const ratings = rateGames(n, games, rng);
  const advantages = payoffs.map((row, i) => row.map((payoff, j) => (payoff - payoffs[j][i]) / 2));
  return {
    env: env.id,
    params,
    episodes: request.episodes,
    seed: request.seed,
    policies,
    payoffs,
    standardErrors,
    elo: policies.map((policy, i) => ({ policy, ...ratings[i] })),
    nash: symmetricEquilibrium(payoffs),
    alphaRank: alphaRank([payoffs], { selection: 'infinite' }).stationary,
    cyclicShare: hodge(advantages).cyclicShare ?? null,
  };
}

interface LineUpResult {
  readonly names: readonly string[];
  readonly records: readonly EpisodeRecord[];
}

function ordersOf(
  layout: AgentLayout,
  finder: PolicyFinder,
  first: string,
  second: string,
): readonly (readonly string[])[] {
  try {
    return lineUps(layout, first === second ? [first] : [first, second], finder.plays);
  } catch (error) {
    if (!(error instanceof PolityError)) throw error;
    const remedy = 'Every policy of a tournament plays every role; `polity evaluate` seats one policy a role';
    const message = `${first} and ${second} cannot be seated together: ${error.detail.message}`;
    throw new PolityError({ ...error.detail, where: 'policies', message, remedy }, { cause: error });
  }
}

/** What a seat of `policy` receives in each episode, mean over its seats and the line-ups. */
function meanByEpisode(results: readonly LineUpResult[], policy: string): readonly number[] {
  return results[0].records.map((_, k) =>
    mean(results.map(({ names, records }) => shareOf(names, records[k], policy))),
  );
}

function shareOf(names: readonly string[], { returns }: EpisodeRecord, policy: string): number {
  return mean(returns.filter((_, agent) => names[agent] === policy));
}

function gamesOf(results: readonly LineUpResult[], policies: readonly string[], i: number, j: number): readonly Game[] {
  return results.flatMap(({ names, records }) =>
    records.map((record) => {
      const difference = shareOf(names, record, policies[i]) - shareOf(names, record, policies[j]);
      return { first: i, second: j, score: difference > 0 ? 1 : difference < 0 ? 0 : 0.5 };
    }),
  );
}

function requirePlayers(policies: readonly string[], layout: AgentLayout, world: string): void {
  const refuse = (message: string, got: string, remedy: string) => {
    throw new PolityError({ code: 'input', where: 'policies', message, got, remedy });
  };
  if (layout.count < 2) {
    refuse(`nobody to play with in ${world}`, 'a world of one agent', 'Use `polity evaluate`');
  }
  if (policies.length < 2) {
    refuse('a tournament needs at least two policies', `${policies.length}`, 'Name another one: boulware conceder');
  }
  const twice = policies.find((policy, i) => policies.indexOf(policy) !== i);
  if (twice !== undefined) refuse('a policy is named twice', twice, 'Name each policy once; it plays itself anyhow');
}
