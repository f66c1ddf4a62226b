import { baselinesOf, opponentPolicies } from '../baselines.ts';
import { evaluationCurve } from '../curve.ts';
import type { DescribedFigure } from '../figure.ts';
import { curveFigure, type Series } from '../figures/curve-figure.ts';
import { evaluationKeys } from '../final-table.ts';
import { lookOf, parseMetricName } from '../metric-name.ts';
import { type Section, section } from '../page-model.ts';
import { seriesName } from '../palette.ts';
import type { ReportedRun, RunGroup } from '../run-data.ts';
import { bandText, curveSummary } from './wording.ts';

/** Returns over training: of the learners among themselves, by role, and against each opponent. */
export function learning(group: RunGroup): readonly Section[] {
  const { runs } = group;
  const figures = [teamReturn(runs), ...roleReturns(runs), ...againstOpponents(runs)];
  const drawn = figures.filter((figure) => figure !== undefined);
  return section('learning', 'Learning', [
    ...(drawn.length === 0 ? [unlearned] : [{ kind: 'text', text: bandText([group]) } as const]),
    ...(drawn.length === 0
      ? []
      : [{ kind: 'figures', width: drawn.length === 1 ? 'full' : 'half', figures: drawn } as const]),
  ]);
}

const unlearned = {
  kind: 'notice',
  tone: 'note',
  text: 'There are no learning curves: the log has no evaluation yet.',
} as const;

function teamReturn(runs: readonly ReportedRun[]): DescribedFigure | undefined {
  const curve = evaluationCurve(runs, 'episode/return');
  if (curve === undefined) return undefined;
  const baselines = baselinesOf(runs, 'episode/return');
  const lines = [...baselines.keys()];
  return {
    title: 'Return of an episode',
    caption: `Rewards of all agents together, in episodes that are only evaluated, not learned from; learners hold every seat that the experiment gives them.${
      lines.length === 0
        ? ''
        : ` Dashed: ${lines.join(', ')} in every seat instead. A learner that stays on the dashed line has learned nothing.`
    }`,
    summary: curveSummary('Episode return', curve, baselines),
    figure: curveFigure([{ name: 'learners', colour: seriesName(0), curve }], {
      height: 320,
      title: 'return',
      baselines,
    }),
  };
}

function roleReturns(runs: readonly ReportedRun[]): readonly DescribedFigure[] {
  const roles = evaluationKeys(runs).flatMap((key) => {
    const { id, member, setting } = parseMetricName(key);
    return setting === 'play' && id === 'episode/return' && member !== '' ? [member] : [];
  });
  // With one role, its return is the team's divided by the number of agents: the same curve again.
  if (roles.length < 2) return [];
  const series = roles.map((role, i): Series => {
    return { name: role, colour: seriesName(i + 1), curve: evaluationCurve(runs, `episode/return/${role}`)! };
  });
  return [
    {
      title: 'Return by role',
      caption:
        'Rewards of an episode per agent of each role: lines that drift apart mean that one side gains more from learning.',
      summary: series.map(({ name, curve }) => curveSummary(name, curve)).join(' '),
      figure: curveFigure(series, { height: 320, title: 'return per agent' }),
    },
  ];
}

function againstOpponents(runs: readonly ReportedRun[]): readonly DescribedFigure[] {
  const series = opponentPolicies(runs).flatMap((policy, i): Series[] => {
    const curve = evaluationCurve(runs, `vs/${policy}/return`);
    return curve === undefined ? [] : [{ name: `vs ${policy}`, colour: seriesName(i + 1), curve }];
  });
  if (series.length === 0) return [];
  return [
    {
      title: 'Against fixed opponents',
      caption: `${lookOf('return').description.replace(/\.$/, '')}, by who sat in the other seats. Opponents never change, so a rising line is the learner’s own doing; a falling one means that it got used to itself and worse against others.`,
      summary: series.map(({ name, curve }) => curveSummary(name, curve)).join(' '),
      figure: curveFigure(series, { height: 320, title: 'learner’s return' }),
    },
  ];
}
