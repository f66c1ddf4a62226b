import { planeCaption, singleCaption, singleNegotiations, utilityPlanes } from '../figures/utility-plane.ts';
import { type Section, section } from '../page-model.ts';
import type { ReportedRun, RunGroup } from '../run-data.ts';

/** Most negotiations that a page shows one by one. */
const mostSingle = 24;

/** Where recorded agreements lie between what was possible and what was best. Nothing without two-party negotiations. */
export function negotiations(runs: readonly ReportedRun[]): readonly Section[] {
  const episodes = runs.flatMap((run) => run.episodes);
  const planes = utilityPlanes(episodes);
  if (planes.length === 0) return [];
  const singles = singleNegotiations(episodes, mostSingle);
  return section('agreements', 'Where agreements lie', [
    { kind: 'chooser', title: 'Utility plane', caption: planeCaption, label: 'Who negotiated', choices: planes },
    { kind: 'chooser', title: 'One negotiation', caption: singleCaption, label: 'Negotiation', choices: singles },
  ]);
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
