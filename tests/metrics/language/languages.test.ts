import { describe, expect, it } from 'vitest';
import type { Saying } from '#core';
import { languageMeasures, measureLanguages } from '#metrics';
import { episode } from '../episodes.ts';

const spoken = (...talk: Saying[]) => episode({ outcome: { talk } });

/** A sender that names both attributes, each at its place; the receiver does what the first symbol says. */
const dictionary = [0, 1].flatMap((a) =>
  [0, 1].map((b) => spoken({ speaker: 0, meaning: [a, b], message: [a, 2 + b], own: b, answer: a })),
);

describe('the measures of a language', () => {
  it('are perfect for a dictionary', () => {
    const found = measureLanguages(dictionary);
    expect([...found.keys()]).toEqual(languageMeasures.map(({ id }) => id));
    for (const name of ['topographicSimilarity', 'posdis', 'bosdis']) {
      expect([name, found.get(`language/${name}`)]).toEqual([name, expect.closeTo(1, 12)]);
    }
    // Half of what is said about a value is its symbol, and half of a symbol's uses are about its value.
    expect(found.get('language/contextIndependence')).toBeCloseTo(0.5 * 0.5, 12);
    expect(found.get('language/messageEntropy')).toBeCloseTo(Math.log(4), 12);
    // The message tells all of what the speaker and the listener do: one of two acts each.
    expect(found.get('language/speakerConsistency')).toBeCloseTo(Math.log(2), 12);
    expect(found.get('language/instantaneousCoordination')).toBeCloseTo(Math.log(2), 12);
    expect([found.get('language/synonymy'), found.get('language/homonymy')]).toEqual([0, 0]);
  });

  it('say what a constant language leaves open, and nothing of what it cannot have', () => {
    const constant = dictionary.map(({ outcome }) => spoken({ ...(outcome.talk?.[0] as Saying), message: [7, 7] }));
    const found = measureLanguages(constant);
    expect([found.get('language/speakerConsistency'), found.get('language/messageEntropy')]).toEqual([0, 0]);
    expect(found.get('language/homonymy')).toBeCloseTo(Math.log(4), 12);
    for (const name of ['topographicSimilarity', 'posdis', 'bosdis']) expect(found.has(`language/${name}`)).toBe(false);
  });

  it('tell speakers apart: the mean, and each by its name', () => {
    const both = dictionary.map(({ outcome }, k) =>
      spoken(outcome.talk?.[0] as Saying, { speaker: 1, meaning: [k % 2], message: [3] }),
    );
    const found = measureLanguages(both);
    expect(found.get('language/messageEntropy/player_0')).toBeCloseTo(Math.log(4), 12);
    expect(found.get('language/messageEntropy/player_1')).toBe(0);
    expect(found.get('language/messageEntropy')).toBeCloseTo(Math.log(4) / 2, 12);
    // One attribute has no second-best; who did nothing beside speaking is not consistent.
    for (const name of ['posdis', 'bosdis', 'speakerConsistency', 'instantaneousCoordination']) {
      expect(found.has(`language/${name}/player_1`)).toBe(false);
    }
  });

  it('are none where nobody spoke', () => {
    expect(measureLanguages([episode(), spoken()]).size).toBe(0);
  });
});
