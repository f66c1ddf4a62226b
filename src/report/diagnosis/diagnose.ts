import type { ReportedRun } from '../run-data.ts';
import { type Outcome, type PolicyLog, policyLogs } from './policy-log.ts';
import type { Rule, Symptom } from './rule.ts';
import { diagnosisRules } from './rules/index.ts';

/** A reason why runs may not learn, with what shows it and what to turn. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  /** The numbers of the run that shows it most clearly. */
  readonly evidence: string;
  /** Seeds that show it, in their order. */
  readonly seeds: readonly (number | string)[];
  /** Policies that show it, where runs have several. */
  readonly policies: readonly string[];
  /** Keys that the experiment has, with their present value and which way to turn them. */
  readonly turns: readonly { readonly key: string; readonly now: string; readonly advice: string }[];
  readonly threshold: string;
  readonly source: string;
}

/** Why runs of one configuration may not learn, as far as their logs show. */
export interface Diagnosis {
  /** How many runs went which way, from the first evaluation to the final window. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly findings: readonly Finding[];
}

/**
 * Looks for every known reason in the logs of runs that differ in their seed alone.
 *
 * @example
 * diagnose(runs).findings[0].turns // [{ key: 'learner.entropyWeight', now: '0', advice: 'raise it' }]
 */
export function diagnose(runs: readonly ReportedRun[]): Diagnosis {
  const logs = runs.flatMap(policyLogs);
  const outcomes = { rose: 0, flat: 0, fell: 0, unknown: 0 };
  for (const run of runs) outcomes[policyLogs(run)[0].outcome]++;
  return { outcomes, findings: diagnosisRules.flatMap((rule) => finding(rule, logs)) };
}

function finding(rule: Rule, logs: readonly PolicyLog[]): readonly Finding[] {
  const seen = logs.flatMap((log) => {
    const symptom = rule.look(log);
    return symptom === undefined ? [] : [{ log, symptom }];
  });
  if (seen.length === 0) return [];
  const clearest = seen.reduce((most, one) => (one.symptom.weight > most.symptom.weight ? one : most));
  const seeds = [...new Set(seen.map(({ log }) => log.run.config.seed))];
  const policies = [...new Set(seen.map(({ log }) => log.policy))].filter((policy) => policy !== '');
  const { id, title, threshold, source } = rule;
  return [
    {
      id,
      title,
      evidence: evidence(clearest, seeds.length > 1),
      seeds,
      policies,
      turns: turns(rule, clearest.log),
      threshold,
      source,
    },
  ];
}

function evidence({ log, symptom }: { log: PolicyLog; symptom: Symptom }, several: boolean): string {
  const who = [several ? `seed ${log.run.config.seed}` : '', log.policy === '' ? '' : `policy ${log.policy}`].filter(
    (text) => text !== '',
  );
  return who.length === 0 ? symptom.evidence : `${symptom.evidence.replace(/\.$/, '')} (${who.join(', ')}).`;
}

function turns(rule: Rule, { setting }: PolicyLog): Finding['turns'] {
  return rule.turns.flatMap(({ key, advice, taken }) => {
    const now = setting(key);
    return now === undefined || now === taken ? [] : [{ key, now, advice }];
  });
}
