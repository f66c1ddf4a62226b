import { expect, test } from 'vitest';
import { type Metric, metrics, summariseEpisodes } from '#metrics';
import { dilemma, episode, failed, negotiation } from './episodes.ts';

const opportunity: Metric = {
  ...metrics.get('episode/length'),
  id: 'test/rate',
  measure: ({ returns }, emit) => emit(returns[0], returns[1]),
};

test('with equal weights the standard error is the sample deviation over the root of the count', () => {
  const episodes = [1, 2, 3, 4].map((value) => episode({ returns: [value, 1] }));
  // Deviations 1.5, 0.5, 0.5, 1.5: variance 5/3, standard error sqrt(5/12).
  const summary = summariseEpisodes(episodes, [opportunity]).get('test/rate')!;
  expect(summary.mean).toBe(2.5);
  expect(summary.standardError).toBeCloseTo(Math.sqrt(5 / 12), 12);
  expect(summary.count).toBe(4);
});

test('with weights the mean is the ratio of totals and the standard error that of a ratio', () => {
  // Rates 1 of 1 and 0 of 3: mean 1/4; residuals w(v - m): 3/4 and -3/4; 2/1 * (9/16 + 9/16) / 16.
  const episodes = [episode({ returns: [1, 1] }), episode({ returns: [0, 3] })];
  const summary = summariseEpisodes(episodes, [opportunity]).get('test/rate')!;
  expect(summary.mean).toBe(1 / 4);
  expect(summary.standardError).toBeCloseTo(Math.sqrt((2 * (9 / 8)) / 16), 12);
});

test('an episode without opportunities says nothing', () => {
  const episodes = [episode({ returns: [1, 0] }), episode({ returns: [0.5, 2] })];
  expect(summariseEpisodes(episodes, [opportunity]).get('test/rate')).toEqual({
    mean: 0.5,
    standardError: null,
    count: 1,
  });
});

test('names come in the order of the registry, members sorted, the world’s own last', () => {
  const first = { ...dilemma(['CD', 'DC', 'DD']), metrics: { zebra: 1, apple: 2, broken: Number.NaN } };
  const names = [...summariseEpisodes([first], metrics.items).keys()];
  expect(names).toEqual([
    'episode/return',
    'episode/return/player',
    'episode/length',
    'society/returnGap',
    'society/worstReturn',
    'game/cooperationRate',
    'game/conditionalCooperation/C,D',
    'game/conditionalCooperation/D,C',
    'game/jointAction/C,C',
    'game/jointAction/C,D',
    'game/jointAction/D,C',
    'game/jointAction/D,D',
    'world/apple',
    'world/zebra',
  ]);
});

test('the order of episodes does not change the order of names', () => {
  const forward = [...summariseEpisodes([negotiation(), failed, dilemma(['CC'])], metrics.items).keys()];
  const backward = [...summariseEpisodes([dilemma(['CC']), failed, negotiation()], metrics.items).keys()];
  expect(backward).toEqual(forward);
});

test('a metric that emits something that is no number is refused by name', () => {
  const broken: Metric = { ...opportunity, id: 'test/broken', measure: (_, emit) => emit(Number.NaN) };
  expect(() => summariseEpisodes([episode()], [broken])).toThrow('metric test/broken: emitted something');
});

test('every metric is named group/name, says what it is and keeps to its range', () => {
  const groups = ['episode', 'negotiation', 'society', 'game'];
  const episodes = [negotiation(), failed, negotiation({ utilities: [2, 2] }), dilemma(['CC', 'CD', 'DD'])];
  for (const metric of metrics.items) {
    const [group, name, ...rest] = metric.id.split('/');
    expect(groups).toContain(group);
    expect(name).toMatch(/^[a-z][A-Za-z]+$/);
    expect(rest).toEqual([]);
    expect(metric.title.length * metric.description.length * metric.source.length).toBeGreaterThan(0);
    for (const { mean } of summariseEpisodes(episodes, [metric]).values()) {
      expect(mean).toBeGreaterThanOrEqual(metric.range[0]);
      expect(mean).toBeLessThanOrEqual(metric.range[1]);
    }
  }
});
