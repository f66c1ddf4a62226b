import { Presets, SingleBar } from 'cli-progress';
import { intervalText, numberText } from '#report/number-text';
import { cyclicText, renderTournament, standings } from '#report/render-tournament';
import type { TournamentResult } from '#train';
import { colours } from './colours.ts';
import { tournament } from './library/tournament.ts';
import { pageAssets, requirePagePlace, writePage } from './page-file.ts';
import { tableText } from './terminal-table.ts';

export interface TournamentCommandOptions {
  /** Absent: the world that the trained policies among them were trained in. */
  readonly env?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  readonly episodes: number;
  readonly seed: number | string;
  readonly greedy: boolean;
  /** Where the page goes; absent: no page. */
  readonly out?: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Plays, prints and writes the page; returns the exit code. Throws: PolityError (input) for anything that does not exist or fit. */
export async function runTournament(policies: readonly string[], options: TournamentCommandOptions): Promise<number> {
  const { out, json, quiet, ...rest } = options;
  const assets = out === undefined ? undefined : pageAssets();
  if (out !== undefined) requirePagePlace(out);
  const bar = quiet || !process.stderr.isTTY ? undefined : progressBar();
  let result: TournamentResult;
  try {
    result = await tournament(policies, { ...rest, onPair: (played, pairs) => bar?.show(played, pairs) });
  } finally {
    bar?.stop();
  }
  if (out !== undefined && assets !== undefined) writePage(out, renderTournament(result, assets));
  if (json) console.log(JSON.stringify(result));
  else print(result, out);
  return 0;
}

function progressBar() {
  const stream = process.stderr;
  const bar = new SingleBar({ stream, format: '{bar} {value}/{total} pairs', clearOnComplete: true }, Presets.rect);
  return {
    show(played: number, pairs: number): void {
      if (played === 1) bar.start(pairs, played);
      else bar.update(played);
    },
    stop: () => bar.stop(),
  };
}

function print(result: TournamentResult, page: string | undefined): void {
  const { env, policies, episodes, seed, elo, nash, alphaRank, payoffs } = result;
  const ranked = standings(result);
  console.log(`${colours.bold(env)}, ${episodes} episodes a line-up, seed ${seed}`);
  console.log(
    tableText(
      ['policy', 'Elo', '95 % interval', 'receives', 'others receive', 'Nash', 'alpha-rank', 'worst match'],
      ranked.map(({ policy, index, payoff, conceded, worst }) => [
        `${index + 1} ${policy}`,
        numberText(Math.round(elo[index].rating)),
        intervalText({ low: elo[index].interval[0], high: elo[index].interval[1] }),
        numberText(payoff),
        numberText(conceded),
        nash[index].toFixed(3),
        alphaRank[index].toFixed(3),
        `${worst.margin > 0 ? '+' : ''}${numberText(worst.margin)} against ${worst.policy}`,
      ]),
      [1, 2, 3, 4, 5, 6],
    ),
  );
  console.log('What the policy of the row receives, a seat and episode, with the policy of the column');
  console.log(
    tableText(
      ['', ...policies.map((_, i) => String(i + 1))],
      policies.map((policy, i) => [`${i + 1} ${policy}`, ...payoffs[i].map(numberText)]),
      policies.map((_, i) => i + 1),
    ),
  );
  console.log(cyclicText(result));
  if (page !== undefined) console.log(page);
}
