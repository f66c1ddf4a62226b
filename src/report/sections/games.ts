import { maxJointActions } from '#metrics';
import { conditionalCooperationFigure } from '../figures/conditional-cooperation-figure.ts';
import { jointActionCaption, jointActionFigures } from '../figures/joint-action-figures.ts';
import { finalKeys } from '../final-table.ts';
import { type Block, type Section, section } from '../page-model.ts';
import type { RunGroup } from '../run-data.ts';

const manyActions: Block = {
  kind: 'notice',
  tone: 'note',
  text: `There is no map of joint actions where there are more than ${maxJointActions} of them: each player’s own actions stand under behaviour over training.`,
};

/** What was played in normal-form games: joint actions, and how each depends on the last one. */
export function games(groups: readonly RunGroup[]): readonly Section[] {
  const joint = groups.flatMap(({ name, runs }) => {
    const figures = jointActionFigures(runs);
    if (groups.length === 1) return figures;
    return figures.slice(0, 1).map((figure) => ({ ...figure, title: name, summary: `${name}: ${figure.summary}` }));
  });
  const tooMany = finalKeys(groups.flatMap(({ runs }) => runs)).some((key) => key.startsWith('game/action/'));
  const conditional = conditionalCooperationFigure(groups);
  return section('game', 'What was played', [
    ...(tooMany ? [manyActions] : []),
    ...(joint.length === 0
      ? []
      : ([
          { kind: 'text', text: jointActionCaption },
          { kind: 'figures', width: 'third', figures: joint },
        ] satisfies Block[])),
    ...(conditional === undefined ? [] : [{ kind: 'figures', width: 'full', figures: [conditional] } as const]),
  ]);
}
