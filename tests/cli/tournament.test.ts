import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tournament } from '#cli/library/tournament';
import { tournamentPage } from '#report/render-tournament';
import { polity } from './polity.ts';

const rockPaperScissors = {
  env: 'matrix-game',
  params: { game: 'rock-paper-scissors', rounds: 1 },
  episodes: 4,
};

describe('a tournament', () => {
  it('of rock, paper and scissors is all cyclic, and every share is a third', async () => {
    const result = await tournament(['always(0)', 'always(1)', 'always(2)'], rockPaperScissors);
    expect(result.payoffs).toEqual([
      [0, -1, 1],
      [1, 0, -1],
      [-1, 1, 0],
    ]);
    expect(result.standardErrors.flat()).toEqual(new Array(9).fill(0));
    for (const share of [...result.nash, ...result.alphaRank]) expect(share).toBeCloseTo(1 / 3, 9);
    expect(result.cyclicShare).toBeCloseTo(1, 12);
    for (const { rating } of result.elo) expect(rating).toBeCloseTo(0, 6);
  });

  it('of the dilemma pays what its table says, and who defects outdoes everybody', async () => {
    const params = { game: 'prisoners-dilemma', rounds: 10 };
    const result = await tournament(['always(0)', 'always(1)'], { env: 'matrix-game', params, episodes: 3 });
    const [cooperates, exploits] = [result.payoffs[0][0], result.payoffs[1][0]];
    expect(exploits).toBeGreaterThan(cooperates);
    expect(result.payoffs[1][1]).toBeLessThan(cooperates);
    expect(result.nash[1]).toBeCloseTo(1, 9);
    expect(result.cyclicShare).toBeCloseTo(0, 12);
    const [cooperator, defector] = result.elo;
    expect(defector.interval[0]).toBeGreaterThan(cooperator.interval[1]);
  });

  it('spreads the two policies of a pair over more seats than two', async () => {
    const { payoffs } = await tournament(['random', 'greedy-spread'], { env: 'simple-spread', episodes: 8 });
    expect(payoffs[1][1]).toBeGreaterThan(payoffs[0][0]);
  });

  it('is the same again for the same seed, and another for another', async () => {
    const policies = ['random', 'boulware'];
    const options = { env: 'bargaining', episodes: 10 };
    const first = await tournament(policies, options);
    expect(await tournament(policies, options)).toEqual(first);
    expect((await tournament(policies, { ...options, seed: 2 })).payoffs).not.toEqual(first.payoffs);
  });

  it.each([
    ['fewer than two policies', ['random'], 'bargaining', /at least two policies/],
    ['the same policy twice', ['random', 'random'], 'bargaining', /named twice/],
    ['a world of one agent', ['random', 'boulware'], 'sanity-bandit', /nobody to play with/],
    ['an unknown policy', ['random', 'bulware'], 'bargaining', /boulware/],
  ])('refuses %s', async (_, policies, env, message) => {
    await expect(tournament(policies, { env })).rejects.toThrow(message);
  });

  it('has a page with the best policy first', async () => {
    const result = await tournament(['always(0)', 'always(1)'], {
      env: 'matrix-game',
      params: { game: 'prisoners-dilemma', rounds: 2 },
      episodes: 2,
    });
    const { sections } = tournamentPage(result);
    const table = sections[0].blocks.find((block) => block.kind === 'table');
    expect(table?.kind === 'table' && table.table.rows.map(([cell]) => cell)).toEqual([
      { text: 'always(1)', swatch: 'series1' },
      { text: 'always(0)', swatch: 'series0' },
    ]);
  });
});

describe('polity tournament', () => {
  it('prints tables, or one document, and writes a page', () => {
    const page = join(mkdtempSync(join(tmpdir(), 'polity-')), 'page.html');
    const args = ['tournament', 'random', 'boulware', '--env', 'bargaining', '--episodes', '5'];
    const printed = polity([...args, '--out', page]);
    expect([printed.status, printed.stderr]).toEqual([0, '']);
    expect(printed.stdout).toMatch(/2 boulware/);
    expect(readFileSync(page, 'utf8')).toContain('Who receives what from whom');
    const document = JSON.parse(polity([...args, '--json']).stdout);
    expect(document.policies).toEqual(['random', 'boulware']);
    expect(document.elo[1].rating).toBeGreaterThan(document.elo[0].rating);
  });

  it('writes no page over another file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'polity-')), 'mine.html');
    writeFileSync(file, 'mine');
    const { status } = polity(['tournament', 'random', 'boulware', '--env', 'bargaining', '--out', file]);
    expect([status, readFileSync(file, 'utf8'), existsSync(file)]).toEqual([2, 'mine', true]);
  });
});
