/**
 * One line of `metrics.jsonl`. Keys come in a fixed order: the four below, then metrics `group/name`, then the fields that
 * depend on the clock, all and only called `time/*`. A metric that cannot be computed is absent.
 */
export interface MetricRow {
  readonly kind: 'train' | 'eval';
  /** Learner updates done so far. */
  readonly update: number;
  /** Steps of single envs so far, summed over all envs. */
  readonly envSteps: number;
  /** Rows that learners have acted in so far. */
  readonly agentSteps: number;
  readonly [metric: `${string}/${string}`]: number;
}

/** `run.json`: the circumstances of a run. */
export interface RunInfo {
  readonly format: 'polity-run/1';
  readonly polity: string;
  readonly commit: string | null;
  readonly host: { readonly cpu: string; readonly cores: number; readonly platform: string };
  readonly node: string;
  readonly engine: { readonly kind: string; readonly variant: string };
  readonly command: string;
  readonly started: string;
  readonly finished: string | null;
  readonly status: 'running' | 'finished' | 'interrupted' | 'failed';
  readonly error?: string;
}
