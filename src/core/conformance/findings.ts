import { conformanceRules, type RuleId } from './rules.ts';

/** A rule that a world broke, with where it was seen and what usually causes it. */
export interface ConformanceFailure {
  readonly rule: RuleId;
  readonly message: string;
}

/** What has been found so far: the first sighting of each broken rule. */
export interface Findings {
  readonly failures: readonly ConformanceFailure[];
  fail(rule: RuleId, what: string): void;
  has(...rules: RuleId[]): boolean;
  /** Runs a call into the world; what it throws becomes a failure, and the result is `undefined`. */
  attempt<T>(call: string, run: () => T, rule?: RuleId): { readonly value: T } | undefined;
}

/** Begins an empty list of findings. */
export function createFindings(): Findings {
  const failures: ConformanceFailure[] = [];
  const has = (...rules: RuleId[]) => failures.some((failure) => rules.includes(failure.rule));
  const fail = (rule: RuleId, what: string) => {
    if (has(rule)) return;
    const cause = conformanceRules.find(({ id }) => id === rule)?.cause;
    failures.push({ rule, message: `${what}. Likely cause: ${cause}` });
  };
  return {
    failures,
    fail,
    has,
    attempt(call, run, rule = 'no-exceptions') {
      try {
        return { value: run() };
      } catch (error) {
        fail(rule, `${call} threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
        return undefined;
      }
    },
  };
}
