import { mean, median } from '#math';
import { type Estimate, meanWithInterval, within } from '#report/estimate';
import { finalWindowShare } from '#report/final-window';
import { rangeOf } from '#report/metric-name';
import { countText, intervalText, meanText, numberText } from '#report/number-text';
import { type ReferenceCurve, readCurve, type SeedCurve } from './reference-curve.ts';
import type { ReferenceEntry, ReferenceLine } from './reference-entry.ts';

/** An entry with the curves that there are of its experiment and variants. */
interface Reference {
  readonly entry: ReferenceEntry;
  readonly curves: readonly ReferenceCurve[];
}

/** `docs/results.md`, from what is committed in `experiments/reference/` and `results/reference/` alone. */
export function resultsPage(root: string, entries: readonly ReferenceEntry[], variantsOf: VariantsOf): string {
  const references = entries.map((entry) => ({
    entry,
    curves: variantsOf(entry).flatMap((variant) => readCurve(root, entry.name, variant) ?? []),
  }));
  return `${['# Results', intro, table(head, references.flatMap(tableRows)), ...references.flatMap(section)].join(
    '\n\n',
  )}\n`;
}

/** The variants that an experiment is trained in, `null` for itself, as `planRuns` finds them. */
export type VariantsOf = (entry: ReferenceEntry) => readonly (string | null)[];

const intro =
  `Written by \`npm run reference -- --docs\` from \`experiments/reference/\` and the curves in \`results/reference/\`;
\`npm run reference -- NAME\` trains one of them again over its seeds, writes its curves and this page.
*Final* is the mean over seeds of the last tenth of the evaluations of each run (the policy as it was then, never the best one), with the
95 % t interval over seeds; actions are sampled unless *greedy* stands there. *Random* is uniformly random legal play of the seats that learn, *scripted* the
policies that the experiment names as opponents in those seats. *Wall* is the median time of a run, evaluations included, on one thread
of the machine named below it. A result that misses its bar stays;
fewer than ten seeds mean that the time for training was short, not that others were left out.`.replaceAll('\n', ' ');

const head = [
  'task',
  'algorithm',
  'metric, scale',
  'env-steps',
  'seeds',
  'final',
  'bar',
  'random',
  'scripted',
  'best published',
  'wall',
  'command',
  'commit',
];

function tableRows({ entry, curves }: Reference): string[][] {
  const common = (curve: ReferenceCurve) => [
    `[${plain(taskOf(entry, curve))}](#${entry.name})`,
    `\`${curve.algorithm}\``,
  ];
  const close = (curve: ReferenceCurve) => [
    curve.seeds.length === 0 ? '' : durationText(median(curve.seeds.map(({ seconds }) => seconds))),
    `\`npm run reference -- ${entry.name}\``,
    curve.commit === null ? '' : curve.commit.slice(0, 7),
  ];
  if (curves.length === 0) {
    const { metric, scale, bar, published } = entry.lines[0];
    const cells = [plain(entry.task), '', `\`${metric}\`, ${plain(scale)}`, '', '', 'not run yet', barText(bar)];
    return [[...cells, '', '', plain(published), '', `\`npm run reference -- ${entry.name}\``, '']];
  }
  const lines = entry.lines.flatMap((line) =>
    curves
      .filter(({ variant }) => line.variants?.includes(variant ?? 'base') ?? true)
      .map((curve) => ({ line, curve })),
  );
  return [
    ...lines.map(({ line, curve }) => [
      ...common(curve),
      `\`${line.metric}\`${line.times === 1 ? '' : ` × ${line.times}`}, ${plain(line.scale)}${curve.greedy ? ', greedy' : ''}`,
      ...measured(curve, finalOf(curve, line), line.bar, line.lowerIsBetter),
      baselineText(curve, line, 'random'),
      scriptedText(curve, line),
      plain(line.published),
      ...close(curve),
    ]),
    ...curves.flatMap((curve) => afterwardsRow(entry, curve, common(curve), close(curve))),
  ];
}

function afterwardsRow(
  { afterwards }: ReferenceEntry,
  curve: ReferenceCurve,
  common: readonly string[],
  close: readonly string[],
): string[][] {
  const values = curve.seeds.flatMap((seed) => seed.afterwards ?? []);
  if (afterwards === undefined || values.length === 0) return [];
  const { metric, scale, bar } = afterwards;
  const estimate = within(meanWithInterval(values, 'seeds'), rangeOf(metric));
  return [
    [...common, `\`${metric}\`, ${plain(scale)}`, ...measured(curve, estimate, bar, false), '', '', '', ...close],
  ];
}

/** Cells for env-steps, seeds, the final value and its bar. */
function measured(
  { seeds, failed }: ReferenceCurve,
  estimate: Estimate | undefined,
  bar: number | undefined,
  lowerIsBetter: boolean,
): readonly string[] {
  const steps = Math.max(0, ...seeds.map(({ envSteps }) => envSteps[envSteps.length - 1]));
  const count = failed.length === 0 ? `${seeds.length}` : `${seeds.length} (${failed.length} failed)`;
  if (estimate === undefined) return [millions(steps), count, 'none', barText(bar)];
  const met = bar === undefined || (lowerIsBetter ? estimate.mean <= bar : estimate.mean >= bar);
  return [millions(steps), count, `**${estimateText(estimate)}**`, `${barText(bar)}${met ? '' : ' (missed)'}`];
}

/** A seed's mean over the last tenth of its evaluations, on the line's scale; undefined where none has the metric. */
export function finalOfSeed({ metrics }: SeedCurve, { metric, times }: ReferenceLine): number | undefined {
  const all = metrics[metric] ?? [];
  const values = all
    .slice(all.length - Math.ceil(finalWindowShare * all.length - 1e-9))
    .filter((value) => value !== null);
  return values.length === 0 ? undefined : times * mean(values);
}

function finalOf(curve: ReferenceCurve, line: ReferenceLine): Estimate | undefined {
  const finals = curve.seeds.flatMap((seed) => finalOfSeed(seed, line) ?? []);
  if (finals.length === 0) return undefined;
  const [low, high] = rangeOf(line.metric);
  return within(meanWithInterval(finals, 'seeds'), [low * line.times, high * line.times]);
}

/** Policies that were measured in the learners' seats, in the order of the log. */
function baselinesIn({ seeds }: ReferenceCurve, metric: string): readonly string[] {
  const columns = Object.keys(seeds[0]?.baselines ?? {}).filter((column) => column.endsWith(`/${metric}`));
  return columns.map((column) => column.slice('baseline/'.length, -metric.length - 1));
}

function baselineText({ seeds }: ReferenceCurve, { metric, times }: ReferenceLine, policy: string): string {
  const values = seeds.flatMap(({ baselines }) => baselines[`baseline/${policy}/${metric}`] ?? []);
  return values.length === 0 ? '' : numberText(times * mean(values));
}

function scriptedText(curve: ReferenceCurve, line: ReferenceLine): string {
  const policies = baselinesIn(curve, line.metric).filter((policy) => policy !== 'random');
  return policies.map((policy) => `${baselineText(curve, line, policy)} \`${policy}\``).join(', ');
}

function section({ entry, curves }: Reference): string[] {
  const blocks = [`## ${entry.name}`];
  if (curves.length === 0) return [...blocks, `Not run yet: [the experiment](../${fileOf(entry)}).`];
  const [{ description, env, commit, node, host, engine }] = curves;
  const machine = `${host.cpu}, ${host.cores} cores, Node ${node.replace(/^v/, '')}, kernels ${engine.variant}`;
  const facts = `World [\`${env}\`](worlds.md#${env}), settings in [\`${fileOf(entry)}\`](../${fileOf(entry)}); trained at ${commit ?? 'no commit'} on ${plain(machine)}.`;
  blocks.push(plain(description), facts);
  if (entry.note !== '') blocks.push(plain(entry.note));
  for (const line of entry.lines) blocks.push(courseOf(entry, line, curves));
  for (const { failed, variant } of curves) {
    for (const { seed, error } of failed)
      blocks.push(`Seed ${seed}${variant === null ? '' : ` of ${variant}`} failed: ${plain(error)}`);
  }
  return blocks;
}

/** A metric over training, mean of the seeds, and what each seed came to. */
function courseOf(entry: ReferenceEntry, line: ReferenceLine, curves: readonly ReferenceCurve[]): string {
  const shown = curves.filter(({ variant }) => line.variants?.includes(variant ?? 'base') ?? true);
  const parts = [0.05, 0.1, 0.25, 0.5, 0.75, 1];
  const rows = shown.map((curve) => [
    plain(taskOf(entry, curve)),
    ...parts.map((part) => courseText(curve, line, part)),
    curve.seeds.map((seed) => `${seed.seed}: ${numberText(finalOfSeed(seed, line) ?? Number.NaN)}`).join(', '),
  ]);
  const cells = [
    `\`${line.metric}\`${line.times === 1 ? '' : ` × ${line.times}`} after`,
    ...parts.map((part) => `${100 * part} %`),
  ];
  return table([...cells, 'final of each seed'], rows);
}

function courseText({ seeds }: ReferenceCurve, { metric, times }: ReferenceLine, part: number): string {
  const values = seeds.flatMap(({ metrics }) => {
    const all = metrics[metric] ?? [];
    return all[Math.round(part * (all.length - 1))] ?? [];
  });
  return values.length === 0 ? '' : numberText(times * mean(values));
}

function taskOf({ task }: ReferenceEntry, { variant }: ReferenceCurve): string {
  return variant === null ? task : `${task}, ${variant}`;
}

function fileOf({ name }: ReferenceEntry): string {
  return `experiments/reference/${name}.yaml`;
}

function estimateText(estimate: Estimate): string {
  const interval = intervalText(estimate);
  return interval === '' ? meanText(estimate) : `${meanText(estimate)} (${interval})`;
}

function millions(steps: number): string {
  return steps >= 100_000 ? `${Number((steps / 1e6).toFixed(2))} M` : countText(steps);
}

function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 90 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function barText(bar: number | undefined): string {
  return bar === undefined ? '' : numberText(bar);
}

function table(headCells: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(headCells), row(headCells.map(() => '---')), ...rows.map(row)].join('\n');
}

/** Text that Markdown and its tables leave as it is. */
function plain(text: string): string {
  return text.replaceAll(/[\\*[\]<>|]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
