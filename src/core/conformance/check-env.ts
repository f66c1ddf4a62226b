import type { AnyEnv, EnvDef } from '../env.ts';
import { type Advice, adviseOn } from './advise.ts';
import { aecCheck, checkAec, checkAgreement } from './check-aec.ts';
import { checkDeterminism } from './check-determinism.ts';
import { checkEpisodes } from './check-episodes.ts';
import { checkFaceLimit } from './check-face-limit.ts';
import { checkFaceSeeds, traceAec, traceParallel } from './check-face-seeds.ts';
import { checkParallel, parallelCheck } from './check-parallel.ts';
import { checkSymmetry } from './check-symmetry.ts';
import { checkCard, checkParams, checkRoles } from './declared.ts';
import { type ConformanceFailure, createFindings, type Findings } from './findings.ts';
import type { Play } from './play.ts';
import type { RuleId } from './rules.ts';

export interface CheckOptions<P = unknown> {
  readonly params?: Partial<P>;
  readonly seed?: string | number;
  /** Episodes that are played and looked at. Default 5. */
  readonly episodes?: number;
  /** Most steps an episode may take. Default 10 000. */
  readonly steps?: number;
  /** Whether the card has to say everything, random-policy return included; asked of registered worlds. */
  readonly requireCard?: boolean;
  /** Whether to say as well what is allowed and seldom meant. */
  readonly advice?: boolean;
}

/** Whether a world keeps its promises; the first sighting of each broken rule. */
export interface ConformanceReport {
  readonly id: string;
  readonly ok: boolean;
  readonly failures: readonly ConformanceFailure[];
  /** There when it was asked for; a world is none the worse for it. */
  readonly advice?: readonly Advice[];
}

/** Rules without which comparing episodes says nothing new. */
const beforeDeterminism: readonly RuleId[] = [
  'params-untouched',
  'no-exceptions',
  'state-plain',
  'someone-acts',
  'acting-pure',
  'mask-not-empty',
  'mask-binary',
  'observe-writes-all',
  'observe-pure',
  'legal-pure',
  'state-vector-declared',
  'state-vector-writes-all',
  'state-vector-pure',
  'text-sane',
  'draw-sane',
  'ended-boolean',
  'actions-untouched',
];

/**
 * The conformance kit: plays a world with random legal actions and checks every rule of `conformanceRules`. A world that
 * throws is reported, never passed on, and nothing loops for ever. The faces are tried when the rest holds.
 *
 * @example
 * checkEnv(coin); // { id: 'coin', ok: true, failures: [] }
 */
export function checkEnv<P, S>(env: EnvDef<P, S>, options: CheckOptions<P> = {}): ConformanceReport {
  const findings = createFindings();
  const advice = findings.attempt('checkEnv', () => checkAll(env as AnyEnv, options, findings))?.value ?? [];
  const { failures } = findings;
  return { id: env.id, ok: failures.length === 0, failures, ...(options.advice === true ? { advice } : {}) };
}

function checkAll(env: AnyEnv, options: CheckOptions, findings: Findings): readonly Advice[] {
  const params = checkParams(env, options.params, findings);
  if (params === undefined) return [];
  const layout = checkRoles(env, params.value, findings);
  if (layout === undefined) return [];
  if (options.requireCard === true) checkCard(env, layout.roles, findings);
  const { seed = 0, episodes = 5, steps = 10_000 } = options;
  const play: Play = { env, params: params.value, layout, findings, seed, episodes, steps };
  checkEpisodes(play);
  if (findings.has(...beforeDeterminism)) return [];
  checkDeterminism(play);
  checkSymmetry(play);
  const { failures } = findings;
  if (failures.every(({ rule }) => rule === 'card-complete' || rule === 'params-defaults')) checkFaces(play);
  return options.advice === true ? adviseOn(play) : [];
}

function checkFaces({ env, params, findings, seed, steps }: Play): void {
  const given = params as object;
  const [makeParallel, makeAec] = [parallelCheck(env, given), aecCheck(env, given)];
  const parallel = findings.attempt('the parallel face', () =>
    checkParallel({ make: makeParallel, findings, seed, steps }),
  );
  const aec = findings.attempt('the AEC face', () => checkAec({ make: makeAec, findings, seed, steps }));
  if (parallel === undefined || aec === undefined || findings.failures.length > 0) return;
  checkAgreement(parallel.value, aec.value, findings);
  findings.attempt('a face under a time limit', () =>
    checkFaceLimit({ parallel: makeParallel, aec: makeAec, findings, seed }),
  );
  findings.attempt('a face under a seed', () => {
    checkFaceSeeds('parallel face', makeParallel, traceParallel, findings, seed);
    checkFaceSeeds('AEC face', makeAec, traceAec, findings, seed);
  });
}
