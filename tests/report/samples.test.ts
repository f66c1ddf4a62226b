import { describe, expect, it } from 'vitest';
import { comparePage } from '#report';
import { countText } from '#report/number-text';
import { samplesToFinal } from '#report/samples-to-final';
import { run, seeds } from './runs.ts';

const metric = 'episode/return';

describe('samples to a share of the final value', () => {
  it('are those of the first evaluation that reaches it', () => {
    // The last of ten or fewer is the final value: 1. 0.95 is first reached at 3000.
    const [learner] = seeds(metric, [[0.1, 0.5, 0.9, 0.96, 0.94, 1]]);
    expect(samplesToFinal(learner, metric, 0.95)).toBe(3000);
    expect(samplesToFinal(learner, metric, 0.5)).toBe(1000);
  });

  it('are none where nothing is learned, and unknown where the end is not above zero or not measured', () => {
    const [flat, below] = seeds(metric, [
      [0.4, 0.4, 0.4],
      [-3, -2, -1],
    ]);
    expect(samplesToFinal(flat, metric, 0.95)).toBe(0);
    expect(samplesToFinal(below, metric, 0.95)).toBeUndefined();
    expect(samplesToFinal(run(), metric, 0.95)).toBeUndefined();
  });

  it('stand on the page that compares, a column a group, the median over seeds', () => {
    const rising = [0, 0.5, 1];
    const page = comparePage([
      ...seeds(metric, [rising, [0, 1, 1], rising]),
      ...seeds(metric, [[-1, -1]], { variant: 'hopeless' }),
    ]);
    const found = page.sections.find(({ id }) => id === 'samples');
    expect(found?.blocks[1]).toMatchObject({
      table: {
        rows: [[{ note: metric }, { text: countText(2000), note: `${countText(1000)}..${countText(2000)}` }, '']],
      },
    });
  });
});
