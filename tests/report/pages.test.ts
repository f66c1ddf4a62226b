import { describe, expect, it } from 'vitest';
import {
  type Block,
  comparePage,
  type PageModel,
  pageHtml,
  pageMark,
  renderCompare,
  renderReport,
  reportPage,
  type Table,
} from '#report';
import { game, negotiation, row, run, seeds } from './runs.ts';

const assets = { script: 'window.drawn = 1;', style: 'body { margin: 0 }' };

const blocksOf = (page: PageModel, id: string): readonly Block[] =>
  page.sections.find((section) => section.id === id)?.blocks ?? [];
const kinds = (page: PageModel, id: string) => blocksOf(page, id).map(({ kind }) => kind);
const texts = (page: PageModel, id: string) =>
  blocksOf(page, id).flatMap((block) => ('text' in block ? [block.text] : block.kind === 'list' ? block.items : []));
const tables = (blocks: readonly Block[]): readonly Table[] =>
  blocks.flatMap((block) =>
    block.kind === 'table' ? [block.table] : block.kind === 'details' ? tables(block.blocks) : [],
  );
const figures = (page: PageModel, id: string) =>
  blocksOf(page, id).flatMap((block) => (block.kind === 'figures' ? block.figures.map(({ title }) => title) : []));

const bargainingRows = [
  row('eval', 0, {
    'episode/return': 3,
    'negotiation/agreementRate': 0.3,
    'baseline/random/episode/return': 3.5,
    'baseline/random/negotiation/agreementRate': 0.4,
    'vs/random/return': 1,
  }),
  row('train', 500, { 'episode/return': 6, 'policy/entropy': 2, 'loss/value': 1, 'time/envStepsPerSecond': 9000 }),
  row('eval', 1000, {
    'episode/return': 12,
    'episode/return/standardError': 0.5,
    'episode/return/player': 6,
    'negotiation/agreementRate': 0.9,
    'negotiation/agreementRate/standardError': 0.02,
    'society/gini': 0.2,
    'vs/random/return': 5,
  }),
];
const bargaining = run({ rows: bargainingRows, episodes: [negotiation({}), negotiation({ utilities: [1, 4] })] });

describe('the report of a bargaining run', () => {
  const page = reportPage([bargaining]);

  it('has every section that the run has something to say in', () => {
    expect(page.sections.map(({ heading }) => heading)).toEqual([
      'What came of it',
      'Learning',
      'Where agreements lie',
      'Behaviour over training',
      'Final values',
      'What could not be computed',
      'Is it learning well?',
      'Configuration',
      'Provenance',
    ]);
    expect(page).toMatchObject({ title: 'haggle', lead: 'Do they agree?' });
    expect(page.facts).toContainEqual(['World', 'bargaining']);
  });

  it('says what the world was wrapped in, the innermost first', () => {
    const wrappers = [{ id: 'frame-stack', frames: 4 }, { id: 'agent-indicator' }];
    const env = { id: 'bargaining', wrappers } as const;
    const wrapped = run({ config: { env }, rows: [row('eval', 0, { 'episode/return': 1 })] });
    expect(reportPage([wrapped]).facts.slice(0, 2)).toEqual([
      ['World', 'bargaining'],
      ['Wrapped in', 'frame-stack:frames=4, agent-indicator'],
    ]);
    expect(comparePage([wrapped]).facts[0]).toEqual(['Worlds', 'bargaining in frame-stack:frames=4, agent-indicator']);
  });

  it('begins with the few numbers that matter, beside the baselines', () => {
    const [tiles] = blocksOf(page, 'outcome').filter((block) => block.kind === 'tiles');
    expect(tiles.tiles.map(({ title, value }) => [title, value])).toEqual([
      ['Agreement rate', '0.900'],
      ['Episode return', '12.00'],
      ['Gini of returns', '0.2'],
    ]);
    expect(tiles.tiles[0].comparisons).toEqual([{ text: 'above random (0.4)', tone: 'above', verdict: 'good' }]);
  });

  it('shows curves, the utility plane and one negotiation at a time', () => {
    expect(figures(page, 'learning')).toEqual(['Return of an episode', 'Against fixed opponents']);
    expect(kinds(page, 'agreements')).toEqual(['chooser', 'chooser']);
    expect(figures(page, 'behaviour')).toEqual(['Agreement rate', 'Gini of returns']);
    expect(figures(page, 'diagnostics')).toEqual(['Return while training', 'Policy entropy', 'Value loss', 'Speed']);
  });

  it('has a caption and a summary for every figure', () => {
    for (const { blocks } of page.sections) {
      for (const block of blocks) {
        if (block.kind !== 'figures') continue;
        for (const { title, caption, summary } of block.figures) {
          expect(caption, title).toMatch(/\.$/);
          expect(summary, title).toMatch(/\d/);
        }
      }
    }
  });

  it('has the final values in a table, and those against opponents in another', () => {
    const [own, members, versus] = tables(blocksOf(page, 'results'));
    expect(own.columns.map(({ label }) => label)).toEqual([
      'Metric',
      'Final',
      '95 % interval',
      'At the start',
      'random',
    ]);
    // 12 ± 1.96 · 0.5
    expect(own.rows[0]).toEqual([
      { text: 'Episode return\u00a0↑', note: 'episode/return' },
      '12.00',
      '11.02 to 12.98',
      '3',
      '3.5',
    ]);
    expect(members.rows).toHaveLength(1);
    expect(versus.rows).toEqual([
      [
        { text: 'Learner’s return\u00a0↑', note: 'return' },
        { text: '5', note: '' },
      ],
    ]);
  });

  it('says what one seed cannot tell', () => {
    expect(texts(page, 'gaps')).toEqual(['Intervals over seeds: there is one seed.']);
  });

  it('says where the numbers come from', () => {
    const [table] = tables(blocksOf(page, 'provenance'));
    expect(table.rows[0]).toContainEqual({ text: 'polity train haggle.yaml', code: true });
    expect(table.rows[0]).toContain('2026-01-31 09:15:27 UTC');
    expect(table.rows[0]).toContain('0.1.0 (012345678)');
  });

  it('puts runs of the same origin into one row', () => {
    const runs = [1, 2, 3].map((seed) => run({ config: { seed }, info: { command: seed < 3 ? 'first' : 'second' } }));
    const [table] = tables(blocksOf(reportPage(runs), 'provenance'));
    expect(table.rows.map((cells) => cells[1])).toEqual(['1, 2', '3']);
  });
});

describe('the report of several seeds', () => {
  it('has no gaps where everything was measured everywhere', () => {
    const rows = [row('eval', 0, { 'episode/return': 1, 'baseline/random/episode/return': 1 })];
    const page = reportPage([run({ rows }), run({ rows, config: { seed: 2 } })]);
    expect(blocksOf(page, 'gaps')).toEqual([]);
    expect(texts(page, 'outcome')[0]).toContain('Intervals are 95 % t intervals over 2 seeds. Fewer than ten seeds');
  });

  it('says which metrics only some of them have, and which were lost on the way', () => {
    const rounds = 'negotiation/roundsToAgreement';
    const measured = { 'episode/return': 1, 'baseline/random/episode/return': 1 };
    const page = reportPage([
      run({
        rows: [
          row('eval', 0, { ...measured, 'game/cooperationRate': 1 }),
          row('eval', 9, { ...measured, [rounds]: 3 }),
        ],
      }),
      run({ rows: [row('eval', 0, measured), row('eval', 9, measured)], config: { seed: 2 } }),
      run({ config: { seed: 3 } }),
    ]);
    expect(texts(page, 'gaps')).toEqual([
      'Results of 1 of 3 seeds: they logged no evaluation yet.',
      `Rounds to agreement (\`${rounds}\`): 1 of 2 seeds have it in their final window; the mean is over those.`,
      'Cooperation rate (`game/cooperationRate`): earlier evaluations have it, the final window does not.',
    ]);
  });

  it('is refused for runs of different configurations', () => {
    const other = run({ config: { variant: 'joint' } });
    expect(() => reportPage([bargaining, other])).toThrow('report: the runs do not have the same configuration');
    expect(() => reportPage([])).toThrow('no runs to report on');
  });
});

describe('the report of a run that is not finished', () => {
  it.each([
    ['running', 'haggle, seed 1, is still running: these are its results so far.'],
    ['interrupted', 'haggle, seed 1, was interrupted'],
    ['failed', 'haggle, seed 1, failed (out of memory): these are its results up to then.'],
  ] as const)('says that it is %s', (status, text) => {
    const page = reportPage([run({ rows: bargainingRows, info: { status, error: 'out of memory', finished: null } })]);
    expect(blocksOf(page, 'outcome')[0]).toMatchObject({ kind: 'notice', tone: 'warning' });
    expect(texts(page, 'outcome')[0]).toContain(text);
  });

  it('is a page without results where nothing was logged yet', () => {
    const page = reportPage([run()]);
    expect(page.sections.map(({ id }) => id)).toEqual(['outcome', 'learning', 'gaps', 'configuration', 'provenance']);
    expect(texts(page, 'outcome')).toContain('The log has no evaluation yet, so there are no results to show.');
    expect(texts(page, 'learning')).toEqual(['There are no learning curves: the log has no evaluation yet.']);
    expect(renderReport([run()], assets)).toContain('no evaluation');
  });

  it('shows how the updates go where it was not evaluated yet', () => {
    const page = reportPage([run({ rows: [row('train', 100, { 'loss/value': 1 })] })]);
    expect(figures(page, 'diagnostics')).toEqual(['Value loss']);
  });
});

describe('what cannot be drawn', () => {
  it('is said where negotiations were not recorded, or are of more than two parties', () => {
    const unrecorded = reportPage([run({ rows: bargainingRows })]);
    expect(texts(unrecorded, 'agreements')).toEqual([
      'There is no utility plane: the runs kept no episodes of their last evaluation (`evaluation.replays`).',
    ]);
    const three = { utilities: [1, 1, 1], disagreement: [0, 0, 0], feasible: [[1, 1, 1]] };
    const page = reportPage([run({ rows: bargainingRows, episodes: [negotiation(three)] })]);
    expect(texts(page, 'agreements')[0]).toContain('it is drawn for two parties');
  });

  it('is said where a game has too many joint actions for a map', () => {
    const page = reportPage([run({ rows: [row('eval', 0, { 'game/action/player_0/a': 0.5 })] })]);
    expect(texts(page, 'game')[0]).toContain('no map of joint actions where there are more than 64');
  });
});

describe('the report of a matrix game', () => {
  it('has heat maps, conditional cooperation and members of families over training', () => {
    const metrics = {
      'game/jointAction/C,C': 0.4,
      'game/jointAction/C,D': 0.6,
      'game/conditionalCooperation/C,C': 0.5,
      'game/cooperationRate': 0.7,
    };
    const rows = [row('eval', 0, metrics), row('eval', 1000, metrics)];
    const page = reportPage([
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
    expect(figures(page, 'game')).toEqual(['Final window', 'At the start', 'Conditional cooperation']);
    expect(figures(page, 'behaviour')).toEqual(['Cooperation rate', 'Conditional cooperation', 'Joint actions']);
  });
});

describe('the report of a world with numbers of its own', () => {
  it('shows them in words', () => {
    const rows = [row('eval', 0, { 'episode/return': -60, 'world/landmarksCovered': 0.5 })];
    const page = reportPage([run({ rows, config: { env: { id: 'simple-spread' } } })]);
    const [tiles] = blocksOf(page, 'outcome').filter((block) => block.kind === 'tiles');
    expect(tiles.tiles.map(({ title }) => title)).toEqual(['Episode return', 'Landmarks covered']);
    expect(texts(page, 'behaviour')).toContain('The world’s own numbers');
  });
});

describe('a comparison', () => {
  const joint = run({
    rows: bargainingRows,
    config: { variant: 'joint', env: { id: 'bargaining', params: { reward: 'joint' } } },
  });
  const page = comparePage([bargaining, joint]);

  it('has numbers, pictures and settings side by side', () => {
    expect(page.sections.map(({ heading }) => heading)).toEqual([
      'Episode return',
      'Learning curves',
      'Samples to 95 % of the final value',
      'Where agreements lie',
      'Behaviour over training',
      'Final values',
      'What could not be computed',
      'Configuration',
      'Provenance',
    ]);
    expect(figures(page, 'comparison')).toEqual(['Interquartile means', 'Probability of improvement']);
    expect(figures(page, 'learning')).toEqual(['Episode return', 'Learner’s return against random']);
    expect(figures(page, 'agreements')).toEqual(['haggle']);
    const [results] = tables(blocksOf(page, 'results'));
    expect(results.columns.map(({ label }) => label)).toEqual(['Metric', 'haggle', 'haggle.joint']);
    const [settings] = tables(blocksOf(page, 'configuration'));
    expect(settings.rows).toEqual([[{ text: 'env.params.reward', code: true }, '', { text: 'joint', code: true }]]);
  });

  it('warns where numbers do not mean the same in each group', () => {
    expect(texts(page, 'comparison')[0]).toContain('settings of the world (`env.params.reward`)');
    const elsewhere = run({ rows: bargainingRows, config: { name: 'spread', env: { id: 'simple-spread' } } });
    expect(texts(comparePage([bargaining, elsewhere]), 'comparison')[0]).toContain('play different worlds');
    const alike = run({ rows: bargainingRows, config: { variant: 'slow' } });
    expect(texts(comparePage([bargaining, alike]), 'comparison')[0]).toContain('`episode/return`, over the last tenth');
  });

  it('says that single seeds have no intervals and no profiles', () => {
    const [groups, pairs] = tables(blocksOf(page, 'comparison'));
    expect(groups.rows[0]).toEqual([
      { text: 'haggle', swatch: 'series0' },
      '1',
      { text: '12', note: '' },
      { text: '12', note: '' },
    ]);
    expect(pairs.rows[0][3]).toBe('a single seed says nothing');
    expect(texts(page, 'comparison')).toContain('There are no performance profiles: no group has two seeds.');
  });

  it('has profiles and verdicts where there are seeds', () => {
    const better = seeds('episode/return', [[7], [8], [9]], { variant: 'better' });
    const compared = comparePage([...seeds('episode/return', [[1], [2], [3]]), ...better]);
    expect(figures(compared, 'comparison')).toEqual([
      'Interquartile means',
      'Probability of improvement',
      'Performance profiles',
    ]);
    const [, pairs] = tables(blocksOf(compared, 'comparison'));
    expect(pairs.rows[0].slice(2)).toEqual([{ text: '0', note: '0 to 0' }, 'second is better']);
  });

  it('folds the pairs away where there are many', () => {
    const variants = [null, 'a', 'b', 'c', 'd'];
    const compared = comparePage(variants.flatMap((variant) => seeds('episode/return', [[1], [2]], { variant })));
    expect(kinds(compared, 'comparison')).toContain('details');
    expect(tables(blocksOf(compared, 'comparison')).at(-1)?.rows).toHaveLength(10);
  });

  it('is by the metric that was asked for', () => {
    const other = comparePage([bargaining, joint], 'negotiation/agreementRate');
    expect(other.sections[0].heading).toBe('Agreement rate');
    expect(figures(other, 'learning')[0]).toBe('Agreement rate');
    expect(() => comparePage([bargaining], 'negotiation/agreementrate')).toThrow(
      'Did you mean "negotiation/agreementRate"?',
    );
  });

  it('names runs that are not finished', () => {
    const running = run({
      rows: bargainingRows,
      config: { variant: 'slow' },
      info: { status: 'running', finished: null },
    });
    expect(texts(comparePage([bargaining, running]), 'unfinished')).toEqual([
      'haggle.slow, seed 1, is still running: these are its results so far.',
    ]);
  });
});

describe('a page as a file', () => {
  const hostile = '</script><script>alert(1)</script><!-- <img src=x onerror="alert(2)"> & `code`';
  const nasty = run({
    rows: bargainingRows,
    episodes: [negotiation({}, [hostile, 'learner:player'])],
    config: { description: hostile, env: { id: hostile }, note: hostile },
    info: { command: hostile, status: 'failed', error: hostile },
  });

  it('is the same bytes for the same runs', () => {
    expect(renderReport([bargaining], assets)).toBe(renderReport([bargaining], assets));
    expect(renderCompare([bargaining], assets)).toBe(renderCompare([bargaining], assets));
  });

  it('asks nothing of the network', () => {
    const html = renderReport([bargaining], assets);
    expect(html).not.toMatch(/(src|href)="(?!#|data:)/);
    expect(html).not.toMatch(/@import|url\(/);
    expect(html).toContain("default-src 'none'");
  });

  it('carries its script and style, and the mark by which it is known', () => {
    const html = renderReport([bargaining], assets);
    expect(html.slice(0, 1024)).toContain(pageMark);
    expect(html).toContain(`<script>${assets.script}</script>`);
    expect(html).toContain(assets.style);
  });

  it.each([
    ['a report', () => renderReport([nasty], assets)],
    ['a comparison', () => renderCompare([nasty], assets)],
  ])('is not led astray by hostile names: %s', (_, render) => {
    const html = render();
    // The page's own two scripts and nothing else.
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<!--');
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(2)&quot;&gt; &amp;');
  });

  it('holds its figures as JSON that reads back to what was put in', () => {
    const page = reportPage([nasty]);
    const html = pageHtml(page, assets);
    const [, json] = /<script type="application\/json" id="figures">(.*)<\/script>/.exec(html) ?? [];
    const places = Object.values(JSON.parse(json)) as { data: unknown; layout: unknown }[][];
    const wanted = page.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) =>
        block.kind === 'figures'
          ? block.figures.map(({ figure }) => [figure])
          : block.kind === 'chooser'
            ? [block.choices.map(({ figure }) => figure)]
            : [],
      );
    expect(places).toEqual(JSON.parse(JSON.stringify(wanted)));
  });

  it('has every id once, a name for every box that scrolls and text for every figure', () => {
    const html = renderCompare([bargaining, run({ rows: bargainingRows, config: { variant: 'joint' } })], assets);
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const named = [...html.matchAll(/aria-labelledby="([^"]*)"/g)].map(([, id]) => id);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    expect(html.match(/class="plot"/g)?.length).toBe(
      html.match(/class="plot" id="[^"]+" role="img" aria-label="[^"]+"/g)?.length,
    );
  });

  it('shows what stands between backticks as code', () => {
    const page: PageModel = { title: 't', kind: 'k', lead: '', facts: [], sections: [] };
    const sections = [{ id: 's', heading: 'h', blocks: [{ kind: 'text', text: 'set `a < b` now' }] as const }];
    expect(pageHtml({ ...page, sections }, assets)).toContain('set <code>a &lt; b</code> now');
  });
});
