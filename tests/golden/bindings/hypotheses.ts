import {
  type Alternative,
  adjustPValues,
  type Correction,
  kendall,
  kendallC,
  meanInterval,
  pairedTTest,
  pearson,
  permutationTest,
  pooledTTest,
  quantile,
  rankSumTest,
  signedRankTest,
  signFlipTest,
  spearman,
  type TestResult,
  type TTestResult,
  welchTTest,
} from '#math';
import { type Binding, binding, type Inputs, type Vector } from '../binding.ts';
import type { Fields, GoldenFile } from '../entries.ts';
import { samplesCall, samplesIn, shared, statistical } from './samples.ts';

/** A test of two samples that the call names as its first two arguments. */
function twoSamples(
  call: RegExp,
  compute: (a: Vector, b: Vector, inputs: Inputs, call: string) => unknown,
  names = /\((\w+), (\w+)/,
): Binding {
  return binding(
    'statistics',
    call,
    (inputs, entry, file) => {
      const [a, b] = samplesIn(file, entry.call, names);
      return compute(a, b, inputs, entry.call);
    },
    statistical,
  );
}

const asScipy = ({ statistic, pValue }: TestResult) => ({ statistic, pvalue: pValue });
const tAsScipy = (result: TTestResult) => ({ ...asScipy(result), df: result.freedom, ci95: result.interval });
const alternativeOf = (inputs: Inputs) => inputs.get<Alternative>('alternative');

const independent =
  /^stats\.permutation_test\(\((\w+(?:\[:\d+\])?), (\w+(?:\[:\d+\])?)\), mean difference, independent, exact/;
const flips = /^stats\.permutation_test\(\((\w+)-(\w+),\), mean, samples, exact/;

/** Both permutation tests on the samples that their own entries name. */
function sharesAsFar(file: GoldenFile) {
  const of = (pattern: RegExp, test: typeof permutationTest) => {
    const entry = file.entries.find(({ call }) => pattern.test(call));
    const [a, b] = samplesIn(file, entry?.call ?? '', pattern);
    return test(a, b).shareAsFar;
  };
  return { independent: of(independent, permutationTest), signFlips: of(flips, signFlipTest) };
}

const corrections: Readonly<Record<string, Correction>> = {
  holm: 'holm',
  bonferroni: 'bonferroni',
  fdr_bh: 'falseDiscovery',
};

export const hypothesisBindings: readonly Binding[] = [
  {
    file: 'statistics',
    call: samplesCall,
    check({ outputs }) {
      for (const [name, values] of Object.entries(outputs as Fields)) {
        if (!Array.isArray(values)) throw new Error(`sample "${name}" is not a list`);
      }
    },
  },
  twoSamples(/^stats\.ttest_rel\(/, (a, b) => tAsScipy(pairedTTest(a, b))),
  twoSamples(/^stats\.ttest_ind\(.*equal_var=False/, (a, b) => tAsScipy(welchTTest(a, b))),
  twoSamples(/^stats\.ttest_ind\(\w+, \w+\) {2}\(pooled/, (a, b) => tAsScipy(pooledTTest(a, b))),
  binding(
    'statistics',
    /^stats\.t\.interval\([\d.]+, n-1, mean\(\w+\), sem\(\w+\)\)/,
    (_inputs, { call }, file) => {
      const [values] = samplesIn(file, call, /mean\((\w+)\)/);
      return meanInterval(values, Number(/interval\(([\d.]+)/.exec(call)?.[1]));
    },
    statistical,
  ),
  twoSamples(/^stats\.mannwhitneyu\(/, (a, b, inputs, call) => {
    const method = call.includes("method='exact'") ? 'exact' : 'normal';
    const continuity = !call.includes('use_continuity=False');
    return asScipy(rankSumTest(a, b, { alternative: alternativeOf(inputs), method, continuity }));
  }),
  twoSamples(/^stats\.wilcoxon\(.*method='exact'/, (a, b) => asScipy(signedRankTest(a, b))),
  twoSamples(
    independent,
    (a, b, inputs) => asScipy(permutationTest(a, b, { alternative: alternativeOf(inputs) })),
    independent,
  ),
  twoSamples(flips, (a, b, inputs) => asScipy(signFlipTest(a, b, { alternative: alternativeOf(inputs) })), flips),
  binding(
    'statistics',
    /^share of permutations with \|statistic\| >= \|observed\|/,
    (_inputs, _entry, file) => sharesAsFar(file),
    statistical,
  ),
  binding(
    'statistics',
    /^stats\.multitest\.multipletests\(p, [\d.]+, '(holm|bonferroni|fdr_bh)'\)/,
    (inputs, { call }) => {
      const [, level, name] = /\(p, ([\d.]+), '(\w+)'\)/.exec(call) ?? [];
      const adjusted = adjustPValues(inputs.vector('p'), corrections[name]);
      return { adjusted, reject: adjusted.map((p) => p <= Number(level)) };
    },
    statistical,
  ),
  binding(
    'statistics',
    /^stats\.spearmanr, kendalltau \(tau-b\), kendalltau\(variant='c'\), pearsonr/,
    (inputs) => {
      const [x, y] = [inputs.vector('x'), inputs.vector('y')];
      return {
        spearman: asScipy(spearman(x, y)),
        kendallB: asScipy(kendall(x, y)),
        kendallC: kendallC(x, y),
        pearson: asScipy(pearson(x, y)),
      };
    },
    statistical,
  ),
  binding(
    'statistics',
    /^stats\.spearmanr when one side is constant/,
    (inputs) => spearman(inputs.vector('x'), inputs.vector('y')).statistic,
    statistical,
  ),
  binding(
    'statistics',
    /^percentile\(\w+, \[[\d., ]+\]\)/,
    (_inputs, { call }, file) => {
      const [, name, list] = /^percentile\((\w+), \[([\d., ]+)\]\)/.exec(call) ?? [];
      const values = shared(file, samplesCall, name) as Vector;
      return list.split(',').map((percent) => quantile(values, Number(percent) / 100));
    },
    statistical,
  ),
];
