import { describe, expect, it } from 'vitest';
import {
  arrowText,
  captionOf,
  countText,
  directedTitle,
  escapeHtml,
  intervalText,
  isMeasurement,
  lookOf,
  meanText,
  numberText,
  orderOf,
  parseMetricName,
  rangeOf,
  settingDifferences,
  settingsOf,
  slug,
} from '#report';

describe('numbers for reading', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.12345, '0.123'],
    [0.5, '0.5'],
    [-1.5, '−1.5'],
    [2.71428, '2.71'],
    [123.45, '123.5'],
    [1234567, '1\u202f234\u202f567'],
    [0.00123, '0.00123'],
    [0.00001234, '1.2e−5'],
    [-2.5e12, '−2.5e+12'],
  ])('%d is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it.each([
    [0.123456, 0.234567, '0.123 to 0.235', 'two digits of the half-width'],
    [-12.3, 45.6, '−12 to 46', 'whole numbers where the interval is wide'],
    [0.50001, 0.50003, '0.50001 to 0.50003', 'five decimals at most'],
    [20, 20, '20 to 20', 'no made-up decimals where there is no width'],
    [0.4064, 0.4064 + 1e-16, '0.406 to 0.406', 'nor where there is none but that of rounding'],
    [-0.001, 0.9, '0.00 to 0.90', 'no negative zero'],
  ])('the interval %d to %d is %s: %s', (low, high, text) => {
    expect(intervalText({ low, high })).toBe(text);
  });

  it('writes a mean with the decimals of its interval', () => {
    expect(meanText({ mean: 0.5, low: 0.4, high: 0.6 })).toBe('0.50');
    expect(meanText({ mean: 0.5 })).toBe('0.5');
    expect(intervalText({})).toBe('');
  });

  it('groups counts by thousands', () => {
    expect(countText(1048576)).toBe('1\u202f048\u202f576');
  });
});

describe('names of columns', () => {
  it.each([
    ['episode/return', 'episode/return', '', 'play', ''],
    ['episode/return/buyer', 'episode/return', 'buyer', 'play', ''],
    ['game/jointAction/C,D', 'game/jointAction', 'C,D', 'play', ''],
    ['vs/boulware/return', 'return', '', 'versus', 'boulware'],
    ['vs/boulware/opponentReturn', 'opponentReturn', '', 'versus', 'boulware'],
    ['vs/results/x/seed-1/episode/return', 'episode/return', '', 'versus', 'results/x/seed-1'],
    ['baseline/random/negotiation/agreementRate', 'negotiation/agreementRate', '', 'baseline', 'random'],
    ['vs/random/world/landmarksCovered', 'world/landmarksCovered', '', 'versus', 'random'],
  ])('%s is metric %s, member "%s", %s "%s"', (key, id, member, setting, policy) => {
    expect(parseMetricName(key)).toEqual({ key, id, member, setting, policy });
  });

  it('tells measurements from errors, the clock and counters', () => {
    const keys = ['episode/return', 'episode/return/standardError', 'time/elapsedSeconds', 'update'];
    expect(keys.filter(isMeasurement)).toEqual(['episode/return']);
  });

  it('gives registered metrics their own words, and the others what is known of them', () => {
    expect(lookOf('negotiation/agreementRate')).toMatchObject({ title: 'Agreement rate', range: [0, 1] });
    expect(lookOf('world/landmarksCovered').title).toBe('Landmarks covered');
    expect(lookOf('return').title).toBe('Learner’s return');
    expect(lookOf('policy/entropy').title).toBe('Policy entropy');
    expect(lookOf('loss/somethingNew')).toMatchObject({ title: 'loss/somethingNew', description: '' });
    expect(lookOf('constructor').title).toBe('constructor');
    expect(rangeOf('vs/random/negotiation/agreementRate')).toEqual([0, 1]);
  });

  it('puts the learner’s own return first, registered metrics in their order, then the world’s, then the others', () => {
    const ids = ['other/x', 'world/y', 'negotiation/agreementRate', 'episode/return', 'opponentReturn', 'return'];
    expect([...ids].sort((a, b) => orderOf(a) - orderOf(b))).toEqual([...ids].reverse());
  });
});

describe('text in pages', () => {
  it('cannot become markup', () => {
    expect(escapeHtml(`<a href="x">'&'</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
  });

  it('becomes an id of small letters, digits and dashes', () => {
    expect(slug('Final values, by role!')).toBe('final-values-by-role');
  });
});

describe('settings', () => {
  it('are the leaves of a configuration, arrays and empty objects among them', () => {
    expect(settingsOf({ b: { y: [1, 2], x: {} }, a: 'text', c: null, gone: undefined })).toEqual([
      { path: 'a', value: 'text' },
      { path: 'b.x', value: '{}' },
      { path: 'b.y', value: '[1,2]' },
      { path: 'c', value: 'null' },
    ]);
  });

  it('differ where a value is another one, or missing', () => {
    expect(
      settingDifferences([
        { a: 1, b: { c: 2 } },
        { a: 1, b: { c: 3 }, d: true },
      ]),
    ).toEqual([
      { path: 'b.c', values: ['2', '3'] },
      { path: 'd', values: [null, 'true'] },
    ]);
  });
});

describe('which way is better', () => {
  it('is said where it is known, and not made up where it is not', () => {
    expect(directedTitle('Agreement rate', lookOf('negotiation/agreementRate').better)).toBe('Agreement rate\u00a0↑');
    expect(captionOf(lookOf('negotiation/paretoDistance'))).toMatch(/ Lower is better\.$/);
    for (const id of ['episode/length', 'game/cooperationRate', 'opponentReturn', 'world/anything']) {
      expect(lookOf(id).better).toBeUndefined();
      expect(captionOf(lookOf(id))).not.toContain('better');
    }
  });

  it('explains the arrows that a table has', () => {
    expect(arrowText(['higher', undefined, 'lower', 'higher'])).toBe('↑ higher is better, ↓ lower is better');
    expect(arrowText([undefined])).toBe('');
  });
});
