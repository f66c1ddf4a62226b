import type { Command } from '@commander-js/extra-typings';
import { addAlgorithms } from './algorithms.ts';
import { addBench } from './bench.ts';
import { addCheckEnv } from './check-env.ts';
import { addCompare } from './compare.ts';
import { addDoctor } from './doctor.ts';
import { addEnvs } from './envs.ts';
import { addEvaluate } from './evaluate.ts';
import { addKeys } from './keys.ts';
import { addMetrics } from './metrics.ts';
import { addNew } from './new.ts';
import { addParity } from './parity.ts';
import { addPolicies } from './policies.ts';
import { addProtocols } from './protocols.ts';
import { addReport } from './report.ts';
import { addTournament } from './tournament.ts';
import { addTrain } from './train.ts';
import { addVerify } from './verify.ts';

/**
 * Every command, in the order of the help: one file and one line each. A command's file imports what it needs to parse its
 * arguments and nothing else; the work is imported when the command runs, so that `--help` answers at once.
 */
export const commands: readonly ((program: Command) => void)[] = [
  addTrain,
  addEvaluate,
  addTournament,
  addReport,
  addCompare,
  addEnvs,
  addPolicies,
  addAlgorithms,
  addMetrics,
  addProtocols,
  addVerify,
  addKeys,
  addCheckEnv,
  addParity,
  addNew,
  addBench,
  addDoctor,
];
