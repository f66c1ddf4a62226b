import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const evaluate = (...args: string[]) =>
  spawnSync(process.execPath, ['dist/src/cli/main.js', 'evaluate', ...args], { encoding: 'utf8' });

describe('polity evaluate', () => {
  it('prints one document with both orders of play, an interval for each number, and the same again for the same seed', () => {
    const args = ['boulware', 'conceder', '--env', 'bargaining', '--episodes', '40', '--seed', '3', '--json'];
    const first = evaluate(...args);
    const { env, episodes, seed, seatings } = JSON.parse(first.stdout);
    expect([env, episodes, seed]).toEqual(['bargaining', 40, 3]);
    expect(seatings.map(({ seats }: { seats: unknown }) => seats)).toEqual([
      { 'player[0]': 'boulware', 'player[1]': 'conceder' },
      { 'player[0]': 'conceder', 'player[1]': 'boulware' },
    ]);
    const { mean, standardError, interval } = seatings[0].metrics['episode/return/player[0]'];
    // t(0.975, 39) = 2.0227
    expect(interval[0]).toBeCloseTo(mean - 2.0227 * standardError, 3);
    expect(mean).toBeGreaterThan(seatings[0].metrics['episode/return/player[1]'].mean);
    expect(evaluate(...args).stdout).toBe(first.stdout);
  });

  it('takes parameters of the world', () => {
    const args = ['always(0)', '--env', 'matrix-game', '--param', 'game=stag-hunt', '--param', 'rounds=5'];
    const { seatings, params } = JSON.parse(evaluate(...args, '--episodes', '2', '--json').stdout);
    expect([params.game, params.rounds]).toEqual(['stag-hunt', 5]);
    expect(seatings[0].metrics['episode/length'].mean).toBe(5);
  });

  it('writes the episodes of each line-up, and never over something else', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'polity-')), 'replays');
    const args = ['fair', 'greedy', '--env', 'bargaining', '--episodes', '3', '--replays', folder];
    expect(evaluate(...args).status).toBe(0);
    expect(readdirSync(folder)).toEqual(['line-up-1.jsonl', 'line-up-2.jsonl']);
    const lines = readFileSync(join(folder, 'line-up-2.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).seats['player[0]'])).toEqual(['greedy', 'greedy', 'greedy']);
    const again = evaluate(...args);
    expect(again.stderr).toContain('exists already');
    expect(again.status).toBe(2);
  });

  it.each([
    ['no world', ['boulware'], '--env bargaining'],
    ['an unknown world', ['boulware', '--env', 'bargianing'], 'Did you mean "bargaining"?'],
    ['an unknown policy', ['bulware', '--env', 'bargaining'], 'Did you mean "boulware"?'],
    ['a policy of another world', ['grim', '--env', 'bargaining'], 'cannot play this role'],
    ['too many policies', ['fair', 'fair', 'fair', '--env', 'bargaining'], 'at most 2 player'],
    ['an unknown parameter', ['fair', '--env', 'bargaining', '--param', 'maxTurn=3'], 'Did you mean "maxTurns"?'],
    ['a parameter without a value', ['fair', '--env', 'bargaining', '--param', 'maxTurns'], 'key=value'],
    ['no episodes', ['fair', '--env', 'bargaining', '--episodes', '0'], 'at least 1'],
  ])('refuses %s', (_, args, message) => {
    const { status, stderr, stdout } = evaluate(...args);
    expect(stderr).toContain(message);
    expect([status, stdout]).toEqual([2, '']);
  });
});
