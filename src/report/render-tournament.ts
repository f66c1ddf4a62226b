import { axisTitle, baseLayout, type DescribedFigure, hoverText, plotText, rounded } from './figure.ts';
import { intervalFigure } from './figures/interval-figure.ts';
import { intervalText, numberText } from './number-text.ts';
import { type PageAssets, pageHtml } from './page-html.ts';
import type { PageModel, Table } from './page-model.ts';
import { colour, seriesName } from './palette.ts';

/** What a tournament came to, lists in the order of the policies, as `polity tournament --json` prints it. */
export interface TournamentTable {
  readonly env: string;
  readonly episodes: number;
  readonly seed: number | string;
  readonly policies: readonly string[];
  readonly payoffs: readonly (readonly number[])[];
  readonly standardErrors: readonly (readonly (number | null)[])[];
  readonly elo: readonly { readonly rating: number; readonly interval: readonly [low: number, high: number] }[];
  readonly nash: readonly number[];
  readonly alphaRank: readonly number[];
  readonly cyclicShare: number | null;
}

/** How one policy did. */
export interface Standing {
  readonly policy: string;
  /** Number in the order of the tournament's policies. */
  readonly index: number;
  /** What it receives, mean over the other policies, and what they receive from it. */
  readonly payoff: number;
  readonly conceded: number;
  /** The other policy by which it is outdone most, or which it outdoes least, and by how much. */
  readonly worst: { readonly policy: string; readonly margin: number };
}

/** The policies, the best rated one first. */
export function standings({ policies, payoffs, elo }: TournamentTable): readonly Standing[] {
  return policies
    .map((policy, i) => {
      const others = policies.map((_, j) => j).filter((j) => j !== i);
      const margins = others.map((j) => ({ policy: policies[j], margin: payoffs[i][j] - payoffs[j][i] }));
      return {
        policy,
        index: i,
        payoff: others.reduce((sum, j) => sum + payoffs[i][j], 0) / others.length,
        conceded: others.reduce((sum, j) => sum + payoffs[j][i], 0) / others.length,
        worst: margins.reduce((worst, one) => (one.margin < worst.margin ? one : worst)),
      };
    })
    .sort((a, b) => elo[b.index].rating - elo[a.index].rating);
}

/** What the cyclic share says, in a sentence. */
export function cyclicText({ cyclicShare }: TournamentTable): string {
  if (cyclicShare === null) return 'No policy receives more than another in any pairing.';
  return `${Math.round(100 * cyclicShare)} % of who outdoes whom is cyclic (as in rock, paper, scissors); the rest is an order of strength.`;
}

/** The page of a tournament. */
export function tournamentPage(result: TournamentTable): PageModel {
  const { env, policies, episodes, seed, elo } = result;
  const ranked = standings(result);
  return {
    title: env,
    kind: 'Polity tournament',
    lead: `${policies.length} policies, each with every other one and with itself, in every order that the roles allow.`,
    facts: [
      ['World', env],
      ['Policies', String(policies.length)],
      ['Episodes of a line-up', String(episodes)],
      ['Seed', String(seed)],
    ],
    sections: [
      {
        id: 'standings',
        heading: 'Standings',
        blocks: [
          {
            kind: 'text',
            text: `Ordered by Elo: an episode is won by who receives more in it. ${cyclicText(result)}`,
          },
          { kind: 'table', table: standingsTable(result, ranked) },
          {
            kind: 'figures',
            width: 'full',
            figures: [
              {
                title: 'Ratings',
                caption:
                  'Elo ratings with mean 0, whatever the order of the games, and their 95 % intervals when games are resampled. 400 points are odds of 10 to 1.',
                summary: ranked.map(({ policy, index }) => `${policy} ${numberText(elo[index].rating)}`).join(', '),
                figure: intervalFigure(
                  ranked.map(({ policy, index }) => ({
                    label: policy,
                    value: elo[index].rating,
                    interval: elo[index].interval,
                    colour: seriesName(index),
                  })),
                  { title: axisTitle('Elo points') },
                  0,
                ),
              },
            ],
          },
        ],
      },
      {
        id: 'payoffs',
        heading: 'Who receives what from whom',
        blocks: [
          { kind: 'figures', width: 'full', figures: [payoffFigure(result)] },
          { kind: 'details', summary: 'The same as a table', blocks: [{ kind: 'table', table: payoffTable(result) }] },
        ],
      },
    ],
  };
}

/** `tournamentPage`, written down as one self-contained file. */
export function renderTournament(result: TournamentTable, assets: PageAssets): string {
  return pageHtml(tournamentPage(result), assets);
}

function standingsTable({ elo, nash, alphaRank }: TournamentTable, ranked: readonly Standing[]): Table {
  return {
    caption:
      'Payoffs are means over the other policies. Nash: the shares of a symmetric equilibrium among the policies. α-Rank: the share of time that evolution spends at each.',
    columns: [
      { label: 'Policy', numeric: false },
      ...['Elo', 'Receives', 'Others receive', 'Worst match', 'Nash', 'α-Rank'].map((label) => ({
        label,
        numeric: true,
      })),
    ],
    rows: ranked.map(({ policy, index, payoff, conceded, worst }) => [
      { text: policy, swatch: seriesName(index) },
      {
        text: numberText(Math.round(elo[index].rating)),
        note: intervalText({ low: elo[index].interval[0], high: elo[index].interval[1] }),
      },
      numberText(payoff),
      numberText(conceded),
      { text: signed(worst.margin), note: `against ${worst.policy}` },
      nash[index].toFixed(3),
      alphaRank[index].toFixed(3),
    ]),
  };
}

function payoffTable({ policies, payoffs, standardErrors }: TournamentTable): Table {
  return {
    caption:
      'What the policy of the row receives a seat and episode with the policy of the column, and the standard error.',
    columns: [{ label: 'Policy', numeric: false }, ...policies.map((label) => ({ label, numeric: true }))],
    rows: policies.map((policy, i) => [
      policy,
      ...payoffs[i].map((payoff, j) => {
        const error = standardErrors[i][j];
        return { text: numberText(payoff), ...(error === null ? {} : { note: `± ${numberText(error)}` }) };
      }),
    ]),
  };
}

function payoffFigure({ policies, payoffs }: TournamentTable): DescribedFigure {
  const names = policies.map(plotText);
  const few = policies.length <= 12;
  const best = policies.map((_, i) => i).reduce((so, i) => (payoffs[i][i] > payoffs[so][so] ? i : so));
  return {
    title: 'Payoffs',
    caption:
      'What the policy of the row receives when it plays with the policy of the column, mean a seat and episode. The diagonal is play with itself. A row that is dark throughout does well with everybody; a dark column is a policy that others profit from.',
    summary: `Between ${numberText(Math.min(...payoffs.flat()))} and ${numberText(Math.max(...payoffs.flat()))}; ${policies[best]} receives most from itself, ${numberText(payoffs[best][best])}.`,
    figure: {
      data: [
        {
          type: 'heatmap',
          x: names,
          y: names,
          z: payoffs.map((row) => row.map(rounded)),
          colorscale: [
            [0, colour('surface')],
            [1, colour('series0')],
          ],
          showscale: false,
          xgap: 2,
          ygap: 2,
          ...(few ? { texttemplate: '%{z:.3~g}', textfont: { size: policies.length > 6 ? 11 : 14 } } : {}),
          hovertemplate: `${hoverText('row')} %{y}, with %{x}: %{z:.4~g}<extra></extra>`,
        },
      ],
      layout: baseLayout(
        Math.min(760, 130 + 48 * policies.length),
        { title: axisTitle('with'), type: 'category', showgrid: false, fixedrange: true },
        { type: 'category', autorange: 'reversed', showgrid: false, fixedrange: true },
        { hovermode: 'closest', plot_bgcolor: colour('line') },
      ),
    },
  };
}

function signed(value: number): string {
  return value > 0 ? `+${numberText(value)}` : numberText(value);
}
