import { describe, expect, it } from 'vitest';
import { type AnyEnv, box, checkEnv, discrete } from '#core';
import { coin, tower } from '../core/worlds.ts';
import { good, tick } from './good-worlds.ts';

/** What the kit advises about a coin whose role or rules are others. */
function adviceOn(role: object, rules: Partial<AnyEnv> = {}): string[] {
  const full = { name: 'guesser', count: 1, observation: box([2], 0, 1), action: discrete(2), ...role };
  const { failures, advice } = checkEnv(
    {
      ...coin,
      observe(state: { side: number }, _agent: number, out: Float32Array) {
        out.fill(0);
        out[0] = state.side;
      },
      roles: () => [full],
      ...rules,
    } as AnyEnv,
    { advice: true, seed: 'e' },
  );
  expect(failures).toEqual([]);
  return (advice ?? []).map(({ about, message }) => `${about}: ${message}`);
}

const { POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: minusInf } = Number;

describe('advice of the conformance kit', () => {
  it('is given when it is asked for, and leaves a world as good as it is', () => {
    expect(checkEnv(tick)).toEqual({ id: 'tick', ok: true, failures: [] });
    const [advice] = checkEnv(tick, { advice: true }).advice ?? [];
    expect(checkEnv(tick, { advice: true }).ok).toBe(true);
    expect(advice).toEqual({ about: 'observation-size', message: 'bird: the observation is a single number' });
    expect(checkEnv(good, { advice: true }).advice).toEqual([]);
  });

  it('is not given about a world that cannot be played', () => {
    expect(checkEnv({ ...tower, acting: () => false } as AnyEnv, { advice: true })).toMatchObject({
      ok: false,
      advice: [],
    });
    expect(checkEnv({ ...tower, roles: () => [] }, { advice: true })).toMatchObject({ ok: false, advice: [] });
    expect(checkEnv({ id: 'nothing' } as AnyEnv, { advice: true })).toMatchObject({ ok: false, advice: [] });
  });

  it.each<[string, object, string[]]>([
    [
      'open bounds',
      { observation: box([2], 0, [1, inf]) },
      ['observation-bounds: guesser: 1 of 2 entries have no finite bounds; networks want numbers of about 1'],
    ],
    [
      'an entry that cannot differ',
      { observation: box([3], 0, [1, 1, 0]) },
      ['observation-bounds: guesser: 1 of 3 entries have one possible value and say nothing'],
    ],
    [
      'four dimensions',
      { observation: box([1, 1, 1, 2], 0, 1) },
      ['observation-size: guesser: the observation has 4 dimensions'],
    ],
    [
      'unbounded actions',
      { action: box([1], minusInf, 1) },
      ['action-bounds: guesser: actions without finite bounds are drawn from an arbitrary distribution by random play'],
    ],
    [
      'an action without a choice',
      { action: box([1], 1, 1) },
      ['action-bounds: guesser: an action with one possible value decides nothing'],
    ],
    [
      'actions of another size',
      { action: box([1], 0, 5) },
      ['action-bounds: guesser: actions are usually -1..1 or 0..1, and scaled in step'],
    ],
    ['usual actions', { action: box([2], [-1, 0], 1) }, []],
  ])('is about %s', (_, role, expected) => {
    expect(adviceOn(role)).toEqual(expected);
  });

  it('is about a limit of one step and about agents that see nothing', () => {
    const step = () => false;
    expect(adviceOn({}, { step, timeLimitSteps: () => 1 })).toEqual([
      'time-limit: the time limit is one step: end the game instead, so that it is a termination',
    ]);
    const observe = (_state: object, _agent: number, out: Float32Array) => out.fill(0) as unknown as undefined;
    expect(adviceOn({}, { observe })).toEqual([
      'observation-zeros: guesser_0: the observation is all zeros throughout an episode',
    ]);
  });
});
