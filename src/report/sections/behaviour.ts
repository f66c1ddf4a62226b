import { baselinesOf } from '../baselines.ts';
import { evaluationCurve } from '../curve.ts';
import type { Estimate } from '../estimate.ts';
import type { DescribedFigure } from '../figure.ts';
import { curveFigure, type Series } from '../figures/curve-figure.ts';
import { evaluationKeys } from '../final-table.ts';
import { finalMean } from '../final-window.ts';
import { captionOf, lookOf, parseMetricName } from '../metric-name.ts';
import { type Block, type Section, section } from '../page-model.ts';
import { seriesName } from '../palette.ts';
import type { ReportedRun, RunGroup } from '../run-data.ts';
import { settingDifferences } from '../settings.ts';
import { bandText, curveSummary } from './wording.ts';

/** Most members of a family that are drawn in one figure. */
const mostMembers = 8;

/** Every metric of behaviour over training, a small figure each, by group of metrics; one line per group of runs. */
export function behaviour(groups: readonly RunGroup[]): readonly Section[] {
  const runs = groups.flatMap((group) => group.runs);
  const names = evaluationKeys(runs)
    .map(parseMetricName)
    .filter(({ setting, id }) => setting === 'play' && id !== 'episode/return');
  const ids = [...new Set(names.map(({ id }) => id))];
  const kinds = [...new Set(ids.map(kindOf))].sort((a, b) => Number(a === 'society') - Number(b === 'society'));
  const comparable = settingDifferences(runs.map(({ config }) => config.env)).length === 0;
  const blocks = kinds.flatMap((kind): readonly Block[] => {
    const figures = ids
      .filter((id) => kindOf(id) === kind)
      .flatMap((id) =>
        metricFigures(
          groups,
          id,
          names.filter((name) => name.id === id).map(({ member }) => member),
          comparable,
        ),
      );
    if (figures.length === 0) return [];
    return [
      { kind: 'heading', text: headings[kind] ?? kind },
      { kind: 'figures', width: 'third', figures },
    ];
  });
  if (blocks.length === 0) return [];
  return section('behaviour', 'Behaviour over training', [{ kind: 'text', text: bandText(groups) }, ...blocks]);
}

/** Lengths of episodes are one figure only and stand with the others about whole episodes. */
function kindOf(id: string): string {
  const [group] = id.split('/');
  return group === 'episode' ? 'society' : group;
}

const headings: Readonly<Record<string, string>> = {
  negotiation: 'Negotiation',
  language: 'Language',
  society: 'Episodes and how their returns are shared',
  game: 'Game play',
  league: 'League',
  city: 'City',
  world: 'The world’s own numbers',
};

/** The metric as a whole, with its members where one group of runs leaves room for them. */
function metricFigures(
  groups: readonly RunGroup[],
  id: string,
  members: readonly string[],
  comparable: boolean,
): readonly DescribedFigure[] {
  const runs = groups.flatMap((group) => group.runs);
  if (groups.length === 1) return [familyFigure(runs, id, members)];
  if (!members.includes('')) return [];
  const series = groups.flatMap(({ name, runs: own }, i): Series[] => {
    const curve = evaluationCurve(own, id);
    return curve === undefined ? [] : [{ name, colour: seriesName(i), curve }];
  });
  const look = lookOf(id);
  const baselines = comparable ? baselinesOf(runs, id) : undefined;
  return [
    {
      title: look.title,
      caption: captionOf(look),
      summary: series.map(({ name, curve }) => curveSummary(name, curve)).join(' '),
      figure: curveFigure(series, {
        title: look.unit,
        range: look.range,
        seeds: false,
        ...(baselines === undefined ? {} : { baselines }),
      }),
    },
  ];
}

function familyFigure(runs: readonly ReportedRun[], id: string, members: readonly string[]): DescribedFigure {
  const look = lookOf(id);
  const last = (member: string) =>
    Math.max(0, ...runs.map((run) => finalMean(run, `${id}/${member}`) ?? Number.NEGATIVE_INFINITY));
  const inner = members.filter((member) => member !== '');
  const kept = inner.length <= mostMembers ? inner : [...inner].sort((a, b) => last(b) - last(a)).slice(0, mostMembers);
  const whole = members.includes('');
  const series = [...(whole ? [''] : []), ...kept].map((member, i): Series => {
    const key = member === '' ? id : `${id}/${member}`;
    return { name: member === '' ? 'learners' : member, colour: seriesName(i), curve: evaluationCurve(runs, key)! };
  });
  const baselines: ReadonlyMap<string, Estimate> = whole ? baselinesOf(runs, id) : new Map();
  const cut = kept.length < inner.length ? ` The ${kept.length} most frequent at the end, of ${inner.length}.` : '';
  return {
    title: look.title,
    caption: captionOf(look) + cut,
    summary: series.map(({ name, curve }, i) => curveSummary(name, curve, i === 0 ? baselines : undefined)).join(' '),
    figure: curveFigure(series, { title: look.unit, range: look.range, seeds: series.length === 1, baselines }),
  };
}
