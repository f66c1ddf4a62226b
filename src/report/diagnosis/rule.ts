import type { PolicyLog } from './policy-log.ts';

/** What a rule saw in the log of one policy. */
export interface Symptom {
  /** The numbers, and where in the run they stand, as a sentence. */
  readonly evidence: string;
  /** How far beyond the threshold, for the choice of the seed that is shown; comparable within one rule. */
  readonly weight: number;
}

/** A key of the experiment file and which way to turn it. */
export interface Turn {
  readonly key: string;
  readonly advice: string;
  /** Value of the key at which the advice has been taken already. */
  readonly taken?: string;
}

/** One reason why a policy may not learn, as far as its log shows it. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  /** What is looked for, with its threshold, and why there. */
  readonly threshold: string;
  /** Paper, implementation or definition that the threshold comes from. */
  readonly source: string;
  /** Most helpful first; keys that an experiment does not have are left out. */
  readonly turns: readonly Turn[];
  look(log: PolicyLog): Symptom | undefined;
}
