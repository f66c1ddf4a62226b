import { baselinesOf } from '../baselines.ts';
import { finalKeys } from '../final-table.ts';
import { finalEstimate } from '../final-window.ts';
import { lookOf, parseMetricName } from '../metric-name.ts';
import { intervalText, meanText, numberText } from '../number-text.ts';
import { type Block, type Section, section, type Tile } from '../page-model.ts';
import { plainName, type ReportedRun } from '../run-data.ts';
import { standing, windowText } from './wording.ts';

/** What a reader asks for first, where a run has it. */
const first = [
  'negotiation/agreementRate',
  'negotiation/jointUtilityShare',
  'game/cooperationRate',
  'episode/return',
  'negotiation/paretoEfficient',
  'society/gini',
];

const mostTiles = 4;

/** The few numbers that say what came of it, beside the baselines. */
export function headline(runs: readonly ReportedRun[]): readonly Section[] {
  const present = new Set(finalKeys(runs));
  const own = [...present].filter((key) => /^world\/[^/]+$/.test(key));
  const tiles = [...first.filter((key) => present.has(key)), ...own].slice(0, mostTiles);
  return section('outcome', 'What came of it', [
    ...unfinished(runs),
    ...(tiles.length === 0 ? [] : [{ kind: 'tiles', tiles: tiles.map((key) => tile(runs, key)) } as const]),
    ...(present.size === 0
      ? [
          {
            kind: 'notice',
            tone: 'warning',
            text: 'The log has no evaluation yet, so there are no results to show.',
          } as const,
        ]
      : [{ kind: 'text', text: windowText(runs) } as const]),
  ]);
}

function tile(runs: readonly ReportedRun[], key: string): Tile {
  const estimate = finalEstimate(runs, key)!;
  const { title, better } = lookOf(parseMetricName(key).id);
  return {
    title,
    value: meanText(estimate),
    interval: intervalText(estimate),
    comparisons: [...baselinesOf(runs, key)].map(([policy, { mean }]) => {
      const tone = standing(estimate, mean);
      const words = { above: 'above', below: 'below', open: 'not told apart from' }[tone];
      const good = better === undefined || tone === 'open' ? undefined : (tone === 'above') === (better === 'higher');
      const verdict = good === undefined ? {} : { verdict: good ? ('good' as const) : ('bad' as const) };
      return { text: `${words} ${policy} (${numberText(mean)})`, tone, ...verdict };
    }),
  };
}

/** A warning for every run whose numbers are not its last ones. */
export function unfinished(runs: readonly ReportedRun[]): readonly Block[] {
  return runs.flatMap(notices);
}

function notices({ config, info }: ReportedRun): readonly Block[] {
  if (info.status === 'finished') return [];
  const text = {
    running: 'is still running: these are its results so far.',
    interrupted: 'was interrupted: these are its results up to then. `polity train --resume` goes on with it.',
    failed: `failed${info.error === undefined ? '' : ` (${info.error})`}: these are its results up to then.`,
  }[info.status];
  return [{ kind: 'notice', tone: 'warning', text: `${plainName(config)}, seed ${config.seed}, ${text}` }];
}
