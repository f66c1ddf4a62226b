import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStreams, layOutAgents, type Policy } from '#core';
import { findPolicy } from '#policies';
import { matrixGame } from '../../envs/matrix-game.ts';
import { meanReturns, play } from './play.ts';

/** What a policy chooses as `agent` before and after each round of a history of joint actions. */
function choicesOf(
  policy: Policy,
  agent: number,
  history: readonly (readonly number[])[],
  params: object = {},
): number[] {
  const parsed = matrixGame.params.parse({ rounds: history.length + 1, ...params });
  const { roles, roleOf } = layOutAgents(matrixGame, parsed);
  const role = roles[roleOf[agent]];
  const rng = createStreams('choices').stream('any');
  const state = matrixGame.init(parsed, rng);
  const actor = policy.createActor({ env: { id: 'matrix-game', params: parsed }, role, rows: 1, rng });
  const observation = new Float32Array(role.observationSize);
  const masks = new Uint8Array(role.maskSize).fill(1);
  const actions = new Float64Array(1);
  const choices: number[] = [];
  for (let round = 0; round <= history.length; round++) {
    matrixGame.observe(state, agent, observation, parsed);
    actor.act({ rows: Int32Array.of(0), count: 1, observations: observation, masks, actions });
    choices.push(actions[0]);
    if (round < history.length)
      matrixGame.step(state, Float64Array.from(history[round]), new Float64Array(2), rng, parsed);
  }
  return choices;
}

const [C, D] = [0, 1];

describe('in the prisoner’s dilemma', () => {
  // Player 0 is asked; player 1 plays C D D C C C.
  const other = [C, D, D, C, C, C];

  test('tit for tat answers each move with the same', () => {
    const history = other.map((move, round) => [[C, C, D, D, C, C][round], move]);
    expect(choicesOf(findPolicy('tit-for-tat'), 0, history)).toEqual([C, C, D, D, C, C, C]);
  });

  test('grim never forgives', () => {
    const history = other.map((move, round) => [[C, C, D, D, D, D][round], move]);
    expect(choicesOf(findPolicy('grim'), 0, history)).toEqual([C, C, D, D, D, D, D]);
  });

  test('pavlov stays after the other cooperated and shifts after it defected', () => {
    // C, other C: stay C. C, other D: shift to D. D, other D: shift to C. C, other C: stay C; so on.
    const history = other.map((move, round) => [[C, C, D, C, C, C][round], move]);
    expect(choicesOf(findPolicy('pavlov'), 0, history)).toEqual([C, C, D, C, C, C, C]);
    // It exploits one that always cooperates once it has defected by mistake.
    expect(
      choicesOf(findPolicy('pavlov'), 0, [
        [D, C],
        [D, C],
      ]),
    ).toEqual([C, D, D]);
  });

  test('payoffs of ten rounds are those of the tables', () => {
    const returns = (...ids: string[]) =>
      meanReturns(
        play(
          matrixGame,
          {},
          ids.map((id) => findPolicy(id)),
        ),
      );
    // CC pays 5 5, CD 0 10, DD 1 1: against a defector tit for tat loses the first round only.
    expect(returns('tit-for-tat', 'always(defect)')).toEqual([0 + 9, 10 + 9]);
    expect(returns('grim', 'grim')).toEqual([50, 50]);
    // Pavlov alternates C and D against a defector: five rounds at 0 and five at 1.
    expect(returns('pavlov', 'always(1)')).toEqual([5, 5 * 10 + 5]);
    expect(returns('always(Cooperate)', 'pavlov')).toEqual([50, 50]);
  });

  test('memory ends with the episode', () => {
    const games = play(matrixGame, { rounds: 2 }, [findPolicy('grim'), findPolicy('always(0)')], { episodes: 2 });
    const betrayed = play(matrixGame, { rounds: 2 }, [findPolicy('grim'), findPolicy('always(1)')], { episodes: 2 });
    expect(games.map((game) => game.turns.map(({ action }) => action[0]))).toEqual([
      [C, C, C, C],
      [C, C, C, C],
    ]);
    expect(betrayed.map((game) => game.turns.map(({ action }) => action[0]))).toEqual([
      [C, D, D, D],
      [C, D, D, D],
    ]);
  });
});

/** The strategies again, from the histories themselves: what is chosen after each prefix. */
const oracles: Record<string, (own: readonly number[], other: readonly number[]) => number> = {
  'tit-for-tat': (_own, other) => other.at(-1) ?? C,
  grim: (_own, other) => (other.includes(D) ? D : C),
  pavlov: (own, other) => (other.length === 0 ? C : other.at(-1) === C ? own[own.length - 1] : 1 - own[own.length - 1]),
};

test.each(Object.keys(oracles))('%s plays the same from either seat, however the last round is shown', (id) => {
  const history = fc.array(fc.tuple(fc.constantFrom(C, D), fc.constantFrom(C, D)), { maxLength: 8 });
  const params = fc.record({
    view: fc.constantFrom('own', 'seats'),
    encoding: fc.constantFrom('players', 'joint'),
    recall: fc.integer({ min: 1, max: 3 }),
    game: fc.constantFrom('prisoners-dilemma', 'stag-hunt'),
  });
  fc.assert(
    fc.property(history, params, fc.constantFrom(0, 1), (rounds, chosen, agent) => {
      const own = rounds.map((round) => round[agent]);
      const other = rounds.map((round) => round[1 - agent]);
      const expected = Array.from({ length: rounds.length + 1 }, (_, n) =>
        oracles[id](own.slice(0, n), other.slice(0, n)),
      );
      expect(choicesOf(findPolicy(id), agent, rounds, chosen)).toEqual(expected);
    }),
  );
});

describe('which action means cooperation', () => {
  const swerve = { game: 'chicken', view: 'own' };

  test('is told by its name in the shipped games', () => {
    // Chicken: Dare is 0, Chicken is 1 and cooperates.
    expect(choicesOf(findPolicy('tit-for-tat'), 0, [[1, 0]], swerve)).toEqual([1, 0]);
    expect(choicesOf(findPolicy('tit-for-tat'), 1, [[1, 0]], { game: 'stag-hunt' })).toEqual([0, 1]);
  });

  test('is told by the parameter of a table of one’s own', () => {
    const own = {
      payoffs: [
        [
          [1, 1],
          [9, 0],
        ],
        [
          [0, 9],
          [5, 5],
        ],
      ],
      actions: ['Take', 'Give'],
      cooperate: 1,
    };
    expect(
      choicesOf(
        findPolicy('grim'),
        0,
        [
          [1, 0],
          [0, 1],
        ],
        own,
      ),
    ).toEqual([1, 0, 0]);
  });

  test('is told by the argument before anything else', () => {
    const bach = { game: 'battle-of-the-sexes' };
    expect(choicesOf(findPolicy('tit-for-tat(stravinsky)'), 0, [[1, 0]], bach)).toEqual([1, 0]);
    expect(choicesOf(findPolicy('tit-for-tat(0)'), 0, [[0, 1]], swerve)).toEqual([0, 1]);
  });

  test('must be known, or the game is refused with the remedy', () => {
    expect(() => choicesOf(findPolicy('pavlov'), 0, [], { game: 'battle-of-the-sexes' })).toThrow(
      'pavlov › matrix-game › player: no action is known to mean cooperation: got Bach, Stravinsky',
    );
    expect(() => choicesOf(findPolicy('pavlov'), 0, [], { game: 'battle-of-the-sexes' })).toThrow(
      'Name it: pavlov(Bach)',
    );
    expect(() => choicesOf(findPolicy('grim(peace)'), 0, [])).toThrow('unknown action "peace": got Cooperate, Defect');
  });
});

describe('games that memory-one strategies are not made for', () => {
  test.each([
    [{ game: 'rock-paper-scissors' }, 'got 3 actions, expected two actions'],
    [{ recall: 0 }, 'the last round is not observed: got start'],
  ])('%o is refused', (params, message) => {
    expect(() => choicesOf(findPolicy('tit-for-tat'), 0, [], params)).toThrow(message);
  });

  test('three players are refused', () => {
    const cell = [0, 0, 0];
    const three = { payoffs: Array(2).fill(Array(2).fill([cell, cell])), cooperate: 0 };
    expect(() => choicesOf(findPolicy('grim'), 0, [], three)).toThrow('got 3 players, expected a game of two players');
  });
});
