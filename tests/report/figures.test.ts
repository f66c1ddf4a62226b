import { describe, expect, it } from 'vitest';
import {
  conditionalCooperationFigure,
  curveFigure,
  encounters,
  type Figure,
  fitToWidth,
  groupRuns,
  intervalFigure,
  jointActionFigures,
  legendRoom,
  palette,
  recolour,
  seriesName,
  singleNegotiations,
  utilityPlanes,
} from '#report';
import { game, negotiation, row, run, seeds, threeGoods } from './runs.ts';

const names = ({ data }: Figure) => data.map(({ name }) => name);
const trace = ({ data }: Figure, name: string) => data.find((one) => one.name === name && one.showlegend !== false);

describe('a figure of curves', () => {
  const curve = {
    x: [0, 10, 20, 30],
    mean: [1, 2, 3, 4],
    low: [0, null, 2, 3],
    high: [2, null, 4, 5],
    runs: [
      { seed: '1', x: [0, 10], y: [1, 2] },
      { seed: '2', x: [0, 10], y: [1, 2] },
    ],
  };

  it('has a band, a thin line per seed, baselines and the mean on top', () => {
    const baselines = new Map([['random', { mean: 0.5, count: 1 }]]);
    const figure = curveFigure([{ name: 'learners', colour: 'series0', curve }], { baselines });
    expect(names(figure)).toEqual(['learners', 'learners', 'learners', 'random', 'learners']);
    expect(figure.data[3]).toMatchObject({ x: [0, 10], y: [0.5, 0.5], line: { dash: 'dash' } });
    expect(figure.layout.showlegend).toBe(true);
  });

  it('does not bridge points without a band', () => {
    const [band] = curveFigure([{ name: 'a', colour: 'series0', curve }], { seeds: false }).data;
    expect(band).toMatchObject({ x: [20, 30, 30, 20], y: [4, 5, 3, 2] });
  });

  it('shows the whole range of a metric with two ends, and from 0 where it has that end', () => {
    const range = (options: object) => curveFigure([{ name: 'a', colour: 'series0', curve }], options).layout.yaxis;
    expect(range({ range: [0, 1] })).toMatchObject({ range: [-0.03, 1.03] });
    expect(range({ range: [0, Number.POSITIVE_INFINITY] })).toMatchObject({ rangemode: 'tozero' });
    expect(range({})).toMatchObject({ rangemode: 'normal' });
  });

  it('shows names letter by letter', () => {
    const hostile = '<a href="javascript:alert(1)">&';
    const figure = curveFigure([{ name: hostile, colour: 'series0', curve }]);
    expect(names(figure).every((name) => name === '&lt;a href="javascript:alert(1)">&amp;')).toBe(true);
  });

  it('grows with the lines of its legend', () => {
    expect(legendRoom(['a', 'b'])).toBe(0);
    expect(legendRoom(['Cooperate,Cooperate', 'Cooperate,Defect', 'Defect,Cooperate', 'Defect,Defect'])).toBe(54);
  });
});

describe('the utility plane', () => {
  it('marks efficient and wasteful agreements and failures in shares of each party’s best', () => {
    const [plane] = utilityPlanes([
      negotiation({ utilities: [2, 2] }),
      negotiation({ utilities: [2, 2] }),
      negotiation({ utilities: [1, 2] }),
      negotiation({ agreement: false, utilities: [0, 0] }),
    ]);
    // The first party's best is 3, the second's 6; [1, 2] is worse than [2, 2] and [1, 4].
    expect(trace(plane.figure, 'efficient agreements (2)')).toMatchObject({
      x: [0.6667],
      y: [0.3333],
      customdata: [2],
    });
    expect(trace(plane.figure, 'wasteful agreements (1)')).toMatchObject({ x: [0.3333], y: [0.3333] });
    expect(trace(plane.figure, 'no agreement (1)')).toMatchObject({ x: [0], y: [0] });
    expect(trace(plane.figure, 'Pareto frontier')).toMatchObject({
      x: [0, 0.3333, 0.6667, 1, null],
      y: [1, 0.6667, 0.3333, 0, null],
    });
    expect(plane.label).toBe('learner as player_0 and learner as player_1 (4)');
    expect(plane.summary).toBe(
      '4 negotiations between learner as player_0 and learner as player_1: 3 ended in agreement (2 on the frontier), 1 without. In agreements, learner as player_0 got 0.556 of its best on average, learner as player_1 0.333.',
    );
  });

  it('says how many negotiations have no place in it', () => {
    const [plane] = utilityPlanes([negotiation({}), negotiation({ feasible: [[0, 1]], utilities: [0, 1] })]);
    expect(plane.summary).toContain('1 more, in which somebody had nothing to gain, have no place in the plane.');
  });

  it('is empty without two-party negotiations', () => {
    expect(utilityPlanes([])).toEqual([]);
    expect(utilityPlanes([game([['a'], ['b']])])).toEqual([]);
    const three = { utilities: [1, 1, 1], disagreement: [0, 0, 0], feasible: [[1, 1, 1]] };
    expect(utilityPlanes([negotiation(three)])).toEqual([]);
  });
});

describe('encounters', () => {
  it('turn both orders of play the same way round, the learner first', () => {
    const met = encounters([
      negotiation({ utilities: [1, 4] }, ['learner:player', 'boulware']),
      negotiation({ utilities: [2, 2], firstProposer: 0 }, ['boulware', 'learner:player']),
      negotiation({ utilities: [3, 0], firstProposer: 0 }, ['boulware', 'learner:player']),
    ]);
    expect(met.map(({ parties }) => parties)).toEqual([['learner', 'boulware']]);
    expect(met[0].outcomes.map(({ utilities }) => utilities)).toEqual([
      [1, 4],
      [2, 2],
      [0, 3],
    ]);
    expect(met[0].outcomes[2].firstProposer).toBe(1);
    expect(met[0].outcomes[2].feasible).toEqual(threeGoods.map(([a, b]) => [b, a]));
  });

  it('keep the names of two learners apart', () => {
    const [{ parties }] = encounters([negotiation({}, ['learner:seller', 'learner:buyer'])]);
    expect(parties).toEqual(['learner:buyer', 'learner:seller']);
  });
});

describe('one negotiation', () => {
  const [figure, failed] = singleNegotiations(
    [negotiation({}), negotiation({ agreement: false, utilities: [0, 0] })],
    5,
  );

  it('shows the frontier, the solutions of bargaining theory and what the parties got', () => {
    expect(names(figure.figure)).toEqual([
      'possible outcomes',
      'Pareto frontier',
      'Nash',
      'Kalai–Smorodinsky',
      'egalitarian',
      'without agreement',
      'agreement',
    ]);
    // Products of gains: 0, 4, 4, 0, 2; the greatest smallest gain is 2.
    expect(trace(figure.figure, 'Nash')).toMatchObject({ x: [1, 2], y: [4, 2] });
    expect(trace(figure.figure, 'egalitarian')).toMatchObject({ x: [2], y: [2] });
    expect(trace(figure.figure, 'agreement')).toMatchObject({ x: [2], y: [2] });
    expect(figure.summary).toBe(
      'learner as player_0 and learner as player_1: agreement after 2 offers, utilities 2 and 2.',
    );
  });

  it('has room for marks on its axes', () => {
    expect(figure.figure.layout.xaxis).toMatchObject({ range: [-0.18, 3.18] });
  });

  it('says that there was no agreement', () => {
    expect(names(failed.figure)).toContain('no agreement');
    expect(failed.label).toBe('2. learner as player_0 and learner as player_1: no agreement, utilities 0 and 0');
  });
});

describe('joint actions', () => {
  const shares = (values: Record<string, number>, prefix = '') =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}game/jointAction/${name}`, value]));
  const rows = [
    row('eval', 0, { ...shares({ 'C,C': 0.25, 'C,D': 0.75 }), ...shares({ 'C,C': 1 }, 'baseline/grim/') }),
    row('eval', 1000, shares({ 'C,C': 0.6, 'C,D': 0.3, 'D,C': 0.1, 'D,D': 0 })),
  ];

  it('of two players are a heat map each of the end, the start and the baselines', () => {
    const figures = jointActionFigures([
      run({
        rows,
        episodes: [
          game([
            ['C', 'D'],
            ['C', 'D'],
          ]),
        ],
      }),
    ]);
    expect(figures.map(({ title }) => title)).toEqual(['Final window', 'At the start', 'Baseline: grim']);
    expect(figures[0].figure.data[0]).toMatchObject({
      x: ['C', 'D'],
      y: ['C', 'D'],
      z: [
        [0.6, 0.3],
        [0.1, 0],
      ],
    });
    expect(figures[1].figure.data[0]).toMatchObject({
      z: [
        [0.25, 0.75],
        [0, 0],
      ],
    });
    expect(figures[0].summary).toBe('Final window: C,C most often, 0.6 of all steps.');
  });

  it('take their names from the columns where no game was recorded', () => {
    const [figure] = jointActionFigures([run({ rows })]);
    expect(figure.figure.data[0]).toMatchObject({
      z: [
        [0.6, 0.3],
        [0.1, 0],
      ],
    });
  });

  it('of three players are bars of the most frequent ones', () => {
    const three = [row('eval', 0, shares({ 'C,C,C': 0.7, 'C,C,D': 0.3 }))];
    const [figure] = jointActionFigures([run({ rows: three })]);
    expect(figure.figure.data[0]).toMatchObject({ type: 'bar', y: ['C,C,D', 'C,C,C'], x: [0.3, 0.7] });
  });

  it('are none where there is no such metric', () => {
    expect(jointActionFigures([run()])).toEqual([]);
  });
});

describe('conditional cooperation', () => {
  const key = 'game/conditionalCooperation/C,C';

  it('is a bar with whiskers to both sides per situation, beside the baselines', () => {
    const [first, second] = seeds(key, [[0.5], [0.9]]);
    const rows = [{ ...first.rows[0], [`baseline/grim/${key}`]: 1 }];
    const figure = conditionalCooperationFigure(groupRuns([{ ...first, rows }, second]));
    expect(names(figure!.figure)).toEqual(['final window', 'grim']);
    // 0.7 ± 12.7062 · 0.2 is cut to 0..1.
    expect(figure?.figure.data[0]).toMatchObject({
      x: ['after C,C'],
      y: [0.7],
      error_y: { array: [0.3], arrayminus: [0.7] },
    });
    expect(figure?.summary).toBe('p(cooperate) is 0.7 after C,C.');
  });

  it('of several groups has a colour for each that has the metric', () => {
    const groups = groupRuns([...seeds(key, [[0.5]]), ...seeds('episode/return', [[1]], { variant: 'other' })]);
    expect(names(conditionalCooperationFigure(groups)!.figure)).toEqual(['haggle']);
    expect(conditionalCooperationFigure(groupRuns(seeds('episode/return', [[1]])))).toBeUndefined();
  });
});

describe('intervals under each other', () => {
  it('have a name above each and none where there is no interval', () => {
    const rows = [
      { label: 'a', value: 2, interval: [1, 4] as const, colour: 'series0' as const },
      { label: '<b>', value: 3, interval: null, colour: 'series1' as const },
    ];
    const { data, layout } = intervalFigure(rows, {}, 0.5);
    expect(data.map(({ error_x }) => error_x)).toMatchObject([
      { array: [2], arrayminus: [1] },
      { array: [0], arrayminus: [0] },
    ]);
    expect(layout.annotations).toMatchObject([{ text: 'a' }, { text: '&lt;b>' }]);
    expect(layout.shapes).toMatchObject([{ x0: 0.5, x1: 0.5 }]);
  });
});

describe('colours', () => {
  it('turn with the theme, opaque and transparent ones alike, and leave everything else alone', () => {
    const { light, dark } = palette.series0;
    const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(',');
    const figure: Figure = {
      data: [{ line: { color: light }, fillcolor: `rgba(${channels(light)},0.16)`, x: [1, null], name: 'a', on: true }],
      layout: {},
    };
    expect(recolour(figure, 'dark').data[0]).toEqual({
      line: { color: dark },
      fillcolor: `rgba(${channels(dark)},0.16)`,
      x: [1, null],
      name: 'a',
      on: true,
    });
    expect(recolour(figure, 'light')).toBe(figure);
  });

  it('of text and lines stand out from their ground in both themes', () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const name of [
        'ink',
        'muted',
        'good',
        'bad',
        ...Array.from({ length: 8 }, (_, i) => seriesName(i)),
      ] as const) {
        // WCAG 2.2: 4.5 for text.
        expect(contrast(palette[name][theme], palette.surface[theme]), `${name}, ${theme}`).toBeGreaterThan(4.5);
      }
    }
  });
});

/** Source: WCAG 2.2, definitions of contrast ratio and relative luminance. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe('a figure on a phone', () => {
  const [{ figure }] = utilityPlanes([negotiation({})]);

  it('has smaller type and tighter margins, and the same data', () => {
    const narrow = fitToWidth(figure, 340);
    expect(narrow.data).toBe(figure.data);
    expect(narrow.layout).toMatchObject({ font: { size: 12 }, margin: { l: 4 }, legend: { orientation: 'h' } });
  });

  it('is as it is where there is room', () => {
    expect(fitToWidth(figure, 800)).toBe(figure);
  });
});
