import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { coloredTrails } from '#envs';
import { boardsOf, readBoard } from '#envs/colored-trails/boards';
import { bestScore } from '#envs/colored-trails/score';
import { handCount, tradeName, tradesOf } from '#envs/colored-trails/trades';
import { field, play, start } from './worlds.ts';

/** Two rows: A B / A B. Proposers at the top, responder bottom left, flag bottom right (a B). Hands: AA, B, AB. */
const small = { boards: ['2 2 3 ABAB AA B AB 0 1 2 3'], tradeChips: 2 };

function trade(driver: ReturnType<typeof start>, name: string): number {
  const { action } = driver.layout.roles[0];
  return action.kind === 'discrete' ? (action.labels ?? []).indexOf(name) : -1;
}

describe('trades', () => {
  it('are 93 120 with 5 colours and up to 8 chips: 1286 hands on either side, less what they have in common', () => {
    // (5 + 8 over 8) - 1.
    expect(handCount(5, 8)).toBe(1286);
    expect(tradesOf(5, 8).count).toBe(93_120);
    expect(tradesOf(5, 1).count).toBe(5 * 4);
  });

  it('come in upstream’s order: hands by spelling, each trade where it is first met', () => {
    const trades = tradesOf(3, 2);
    // Hands: A AA AB AC B BB BC C CC; AB for AC is first met as B for C.
    const first = Array.from({ length: 12 }, (_, i) => tradeName(trades, i, 3));
    expect(first).toEqual([
      'A for B',
      'A for BB',
      'A for BC',
      'A for C',
      'A for CC',
      'AA for B',
      'AA for BB',
      'AA for BC',
      'AA for C',
      'AA for CC',
      'B for A',
      'B for C',
    ]);
  });

  it('are legal where both hands can serve them; proposing nothing always is', () => {
    const driver = start(coloredTrails, small);
    const { action } = driver.layout.roles[0];
    const names = action.kind === 'discrete' ? (action.labels ?? []) : [];
    const legal = (player: number) => names.filter((_, a) => driver.maskOf(0, player)[a] === 1);
    expect(legal(0)).toEqual(['A for B', 'AA for B', 'no trade']);
    play(driver, names.length - 1, 0, 0);
    expect(legal(1)).toEqual(['B for A', 'no trade']);
  });
});

describe('the score', () => {
  const score = (chips: string) => {
    const board = readBoard(`3 3 3 ABCABCABC ${chips} A A 0 1 2 8`);
    return bestScore(board, 0, board.chips.slice(), 0);
  };

  it('is 10 a chip left less 25 a cell short of the flag', () => {
    // Four steps away from the corner; no chip takes player 0 anywhere useful.
    expect(score('CC')).toBe(2 * 10 - 4 * 25);
    // Down the first column twice: 4 - 2 cells short, no chips left.
    expect(score('AA')).toBe(-2 * 25);
    // A, A, B, C: arrives; one chip is left over.
    expect(score('AABCC')).toBe(10);
  });

  it('equals that of a search through all walks, on all shipped boards', () => {
    for (const board of boardsOf('hundred')) {
      const { size, cells, places, colors } = board;
      const flag = places[3];
      const walk = (cell: number, chips: number[]): number => {
        const [row, column] = [Math.floor(cell / size), cell % size];
        const distance = Math.abs(row - Math.floor(flag / size)) + Math.abs(column - (flag % size));
        let best = 10 * chips.reduce((sum, n) => sum + n, 0) - 25 * distance;
        if (distance === 0) return best;
        for (const [dr, dc] of [
          [-1, 0],
          [1, 0],
          [0, -1],
          [0, 1],
        ]) {
          if (row + dr < 0 || column + dc < 0 || row + dr >= size || column + dc >= size) continue;
          const next = (row + dr) * size + column + dc;
          if (chips[cells[next]] === 0) continue;
          best = Math.max(
            best,
            walk(
              next,
              chips.map((n, color) => (color === cells[next] ? n - 1 : n)),
            ),
          );
        }
        return best;
      };
      for (let p = 0; p < 3; p++) {
        const chips = board.chips.slice();
        expect(bestScore(board, p, chips, p * colors)).toBe(
          walk(places[p], [...chips.subarray(p * colors, (p + 1) * colors)]),
        );
        expect(chips).toEqual(board.chips);
      }
    }
  });
});

describe('the responder', () => {
  const played = (decision: number) => {
    const driver = start(coloredTrails, small);
    play(driver, trade(driver, 'A for B'), 0, 0);
    play(driver, 0, trade(driver, 'B for A'), 0);
    expect([...driver.acting]).toEqual([0, 0, 1]);
    play(driver, 0, 0, decision);
    return driver;
  };

  it('closes one trade, and everybody gains what it adds to their score', () => {
    // Before: player 0 (AA) walks down, one cell short with one chip: 10 - 25 = -15. Player 1 (B) walks down and is there: 0.
    // Responder (AB) steps right and is there with a chip left: 10.
    // With 0: player 0 has AB and is there: 0, gains 15. The responder has AA and stays: 20 - 25 = -5, loses 15.
    expect([...played(0).returns]).toEqual([15, 0, -15]);
    // With 1: player 1 has A, cannot use it well: 10 - 25 = -15. The responder has BB: steps right, 10.
    expect([...played(1).returns]).toEqual([0, -15, 0]);
    expect([...played(2).returns]).toEqual([0, 0, 0]);
    expect(played(2).endMetrics(0)).toMatchObject({ dealt: 0, welfare: 0 });
  });

  it('sees all chips, and the proposals when it is its turn; proposers see their own chips and the responder’s', () => {
    const driver = start(coloredTrails, small);
    const proposals = () => field(driver, 2, 'proposals').reduce((sum, bit) => sum + bit, 0);
    play(driver, trade(driver, 'A for B'), 0, 0);
    expect(proposals()).toBe(0);
    play(driver, 0, trade(driver, 'B for A'), 0);
    // Two proposals of two sides of two colours: a bit each for nothing, and one more for each of the four chips.
    expect(proposals()).toBe(8 + 4);
    const chips = (player: number) => {
      const bits = field(driver, player, 'chips');
      return Array.from({ length: 6 }, (_, i) => bits.slice(9 * i, 9 * i + 9).reduce((sum, bit) => sum + bit, 0) - 1);
    };
    expect(chips(1)).toEqual([0, 1, 0, 0, 1, 1]);
    expect(chips(2)).toEqual([2, 0, 0, 1, 1, 1]);
    const text = coloredTrails.text?.(driver.stateOf(0) as never, 2, driver.params as never);
    expect(text).toContain('Proposer 0 offers A for B; proposer 1 offers B for A.');
  });
});

describe('impossible settings are refused with the constraint named', () => {
  const cases: [object, string][] = [
    [{ boards: ['2 2 3 ABA AA B AB 0 1 2 3'] }, '2 x 2 = 4 cells, not 3'],
    [{ boards: ['2 2 3 ABAC AA B AB 0 1 2 3'] }, '2 colours, A to B'],
    [{ boards: ['2 2 3 ABAB AA B AB 0 1 2 4'] }, 'places on the board, 0..3'],
    [{ boards: ['2 2 3 ABAB AAAAAAAAA B AB 0 1 2 3'] }, 'at most 8 chips a player, not 9'],
    [{ boards: ['a board'] }, 'a board such as'],
    [{ boards: [...small.boards, '3 2 3 ABABABABA A B B 0 1 2 3'] }, 'boards of one size with as many colours each'],
    [{ boards: ['2 9 3 ABAB AA B AB 0 1 2 3'], tradeChips: 8 }, 'at most 4000000 pairs of hands'],
    [{ tradeChips: 9 }, 'colored-trails › tradeChips'],
  ];
  for (const [params, expected] of cases) {
    it(JSON.stringify(params), () => {
      expect(() => parseWith(coloredTrails.params, params, 'colored-trails')).toThrow(expected);
    });
  }
});
