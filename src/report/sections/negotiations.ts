import type { EpisodeRecord } from '#core';
import { encounters } from '../figures/encounters.ts';
import { singleCaption, singleNegotiations } from '../figures/single-negotiation.ts';
import { planeCaption, utilityPlanes } from '../figures/utility-plane.ts';
import { evaluationKeys } from '../final-table.ts';
import { type Block, type Section, section } from '../page-model.ts';
import type { ReportedRun, RunGroup } from '../run-data.ts';

/** Most negotiations that a page shows one by one. */
const mostSingle = 24;

/** Where recorded agreements lie between what was possible and what was best. Nothing without two-party negotiations. */
export function negotiations(runs: readonly ReportedRun[]): readonly Section[] {
  const episodes = runs.flatMap((run) => run.episodes);
  const planes = utilityPlanes(episodes);
  if (planes.length === 0) return section('agreements', 'Where agreements lie', withoutPlane(runs));
  const singles = singleNegotiations(episodes, mostSingle);
  return section('agreements', 'Where agreements lie', [
    { kind: 'chooser', title: 'Utility plane', caption: planeCaption, label: 'Who negotiated', choices: planes },
    {
      kind: 'chooser',
      title: 'One negotiation',
      caption: singleCaption + shownOf(singles.length, episodes),
      label: 'Negotiation',
      choices: singles,
    },
  ]);
}

/** Why there is no plane, where the numbers say that there were negotiations. */
function withoutPlane(runs: readonly ReportedRun[]): readonly Block[] {
  if (!evaluationKeys(runs).some((key) => key.startsWith('negotiation/'))) return [];
  const kept = runs.flatMap(({ episodes }) => episodes).filter(({ outcome }) => outcome.negotiation !== undefined);
  const why =
    kept.length === 0
      ? 'the runs kept no episodes of their last evaluation (`evaluation.replays`).'
      : 'it is drawn for two parties who could have agreed on something; the recorded negotiations are not of that kind.';
  return [{ kind: 'notice', tone: 'note', text: `There is no utility plane: ${why}` }];
}

/** A utility plane per group of runs, for looking at side by side. */
export function comparedNegotiations(groups: readonly RunGroup[]): readonly Section[] {
  const figures = groups.flatMap(({ name, runs }) => {
    const [plane] = utilityPlanes(runs.flatMap((run) => run.episodes));
    return plane === undefined
      ? []
      : [{ title: name, caption: plane.summary, summary: `${name}: ${plane.summary}`, figure: plane.figure }];
  });
  if (figures.length === 0) return [];
  return section('agreements', 'Where agreements lie', [
    { kind: 'text', text: planeCaption },
    { kind: 'figures', width: 'half', figures },
  ]);
}

function shownOf(shown: number, episodes: readonly EpisodeRecord[]): string {
  const all = encounters(episodes).reduce((sum, { outcomes }) => sum + outcomes.length, 0);
  return shown === all ? '' : ` The first ${shown} of ${all} that were recorded.`;
}
