import { expect, test, vi } from 'vitest';
import { createSchedule } from '#math';

const loads = vi.hoisted(() => ({ count: 0 }));

vi.mock('mathjs/number', (original) => {
  loads.count++;
  return original();
});

test('only formulas load the formula parser, because loading it takes a third of a second', async () => {
  expect((await createSchedule(0.1, 'key')).at(0)).toBe(0.1);
  expect(loads.count).toBe(0);
  expect((await createSchedule('0.1', 'key')).at(0)).toBe(0.1);
  expect(loads.count).toBe(1);
});
