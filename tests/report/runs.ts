import type { EpisodeRecord, MetricRow, NegotiationOutcome, RunInfo } from '#core';
import type { ReportedConfig, ReportedRun } from '#report';

interface Env {
  readonly id: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly wrappers?: readonly { readonly id: string }[];
}

export interface MadeRun {
  readonly config?: Partial<Omit<ReportedConfig, 'env'>> & Readonly<Record<string, unknown>> & { env?: Env };
  readonly info?: Partial<RunInfo>;
  readonly rows?: readonly MetricRow[];
  readonly episodes?: readonly EpisodeRecord[];
}

/** A run as its folder would give it, with what a test does not care about filled in. */
export function run({ config, info, rows = [], episodes = [] }: MadeRun = {}): ReportedRun {
  return {
    config: {
      name: 'haggle',
      description: 'Do they agree?',
      variant: null,
      env: { id: 'bargaining' },
      learner: { algorithm: 'ppo' },
      seed: 1,
      ...config,
    },
    info: {
      format: 'polity-run/1',
      polity: '0.1.0',
      commit: '0123456789abcdef',
      host: { cpu: 'Test CPU', cores: 2, platform: 'linux x64' },
      node: 'v20.20.2',
      engine: { kind: 'simd', variant: 'portable' },
      command: 'polity train haggle.yaml',
      started: '2026-01-31T09:15:27.123Z',
      finished: '2026-01-31T09:16:00.000Z',
      status: 'finished',
      ...info,
    },
    rows,
    episodes,
  };
}

/** A row of `metrics.jsonl` in which an env-step counts as two agent-steps and an update as 100 env-steps. */
export function row(kind: 'train' | 'eval', envSteps: number, metrics: Readonly<Record<string, number>>): MetricRow {
  return { kind, update: envSteps / 100, envSteps, agentSteps: 2 * envSteps, ...metrics };
}

/** Evaluations at 0, 1000, 2000, ... that logged these values of one metric. */
export function evaluations(metric: string, values: readonly number[]): readonly MetricRow[] {
  return values.map((value, i) => row('eval', 1000 * i, { [metric]: value }));
}

/** Runs with seeds 1, 2, ... whose evaluations logged these values of one metric. */
export function seeds(metric: string, values: readonly (readonly number[])[], config: MadeRun['config'] = {}) {
  return values.map((own, i) => run({ config: { ...config, seed: i + 1 }, rows: evaluations(metric, own) }));
}

/** The outcomes of splitting three equal goods that the first party values at 1 and the second at 2 each. */
export const threeGoods: NegotiationOutcome['feasible'] = [
  [0, 6],
  [1, 4],
  [2, 2],
  [3, 0],
  [1, 2],
];

/** A recorded two-party negotiation between the policies of `seats`. */
export function negotiation(
  outcome: Partial<NegotiationOutcome>,
  seats: readonly [string, string] = ['learner:player', 'learner:player'],
): EpisodeRecord {
  return episode({
    seats: { 'player[0]': seats[0], 'player[1]': seats[1] },
    outcome: {
      negotiation: {
        agreement: true,
        utilities: [2, 2],
        disagreement: [0, 0],
        feasible: threeGoods,
        rounds: 2,
        firstProposer: 0,
        ...outcome,
      },
    },
  });
}

/** A recorded episode of a normal-form game with these names of actions. */
export function game(labels: readonly (readonly string[])[]): EpisodeRecord {
  return episode({ outcome: { game: { labels } } });
}

function episode(more: Partial<EpisodeRecord>): EpisodeRecord {
  return {
    format: 'polity-episode/1',
    env: 'bargaining',
    params: {},
    seed: '1/episode/0',
    timeLimitSteps: null,
    agents: ['player_0', 'player_1'],
    seats: { 'player[0]': 'learner:player', 'player[1]': 'learner:player' },
    actions: [],
    rewards: [],
    returns: [2, 2],
    length: 2,
    ended: 'terminated',
    metrics: {},
    outcome: {},
    ...more,
  };
}
