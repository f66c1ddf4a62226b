import { z } from 'zod';
import { actionCounts, actionLabels, tableProblem } from './normal-form.ts';
import { gameNames } from './tables.ts';

const shape = z.strictObject({
  game: z.enum(gameNames).default('prisoners-dilemma').describe('A shipped game; not read when `payoffs` is given.'),
  penalty: z
    .number()
    .min(0)
    .default(0)
    .describe('The fine k of the penalty game (the literature has 0, 25, 50, 75, 100).'),
  payoffs: z
    .array(z.unknown())
    .nullable()
    .default(null)
    .describe(
      'An own payoff table, nested one level for each player (the first player’s action outermost); each cell lists one payoff a player: [[[5, 5], [0, 10]], [[10, 0], [1, 1]]].',
    ),
  actions: z
    .array(z.union([z.string(), z.array(z.string())]))
    .nullable()
    .default(null)
    .describe('Names of the actions: one list for all players, or a list of lists, one for each player.'),
  cooperate: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('The action that means cooperation, where every player has it; the shipped games know theirs.'),
  rounds: z.int().min(1).default(10).describe('Rounds of an episode; 1 is the one-shot game.'),
  endless: z
    .boolean()
    .default(false)
    .describe('The game has no last round: `rounds` only cuts an episode off (a truncation, so learners bootstrap).'),
  continuation: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('Probability that another round follows each round; below 1 the game may end before `rounds`.'),
  recall: z.int().min(0).default(1).describe('How many past joint actions are observed, newest first.'),
  view: z
    .enum(['own', 'seats'])
    .default('own')
    .describe('Order in which past actions are listed: own action first, or by seat, the same for everybody.'),
  encoding: z
    .enum(['players', 'joint'])
    .default('players')
    .describe(
      'Past actions as one one-hot a player, or one one-hot over joint actions (LOLA’s five states at recall 1).',
    ),
  reward: z
    .union([z.enum(['own', 'joint']), z.number().min(0).max(1)])
    .default('own')
    .describe(
      'What players learn from: own payoff, the mean payoff of all, or a blend (0 is own, 1 is joint); the sum over players stays the same.',
    ),
});

/** Parameters of `matrix-game`. */
export const matrixGameParams = shape.superRefine((params, context) => {
  if (params.payoffs === null) {
    if (params.actions !== null || params.cooperate !== null) {
      const path = [params.actions !== null ? 'actions' : 'cooperate'];
      context.addIssue({ code: 'custom', path, message: 'null, unless `payoffs` gives a table of your own' });
    }
    return;
  }
  const problem = tableProblem(params.payoffs);
  if (problem !== undefined) {
    context.addIssue({ code: 'custom', path: ['payoffs', ...problem.path], message: problem.expected });
    return;
  }
  const counts = actionCounts(params.payoffs);
  if (counts.length > 26) {
    context.addIssue({ code: 'custom', path: ['payoffs'], message: 'a table for at most 26 players' });
  }
  const names = namesProblem(params.actions, counts);
  if (names !== undefined) context.addIssue({ code: 'custom', ...names });
  const fewest = Math.min(...counts);
  if (params.cooperate !== null && params.cooperate >= fewest) {
    const message = `an action that every player has, 0..${fewest - 1}`;
    context.addIssue({ code: 'custom', path: ['cooperate'], message });
  }
});

export type MatrixGameParams = z.infer<typeof shape>;

/** The first fault in the names of actions: where it is and what would do. */
function namesProblem(
  actions: MatrixGameParams['actions'],
  counts: readonly number[],
): { readonly path: (string | number)[]; readonly message: string } | undefined {
  if (actions === null) return undefined;
  const shared = actions.every((name) => typeof name === 'string');
  if (!shared && (actions.length !== counts.length || actions.some((names) => typeof names === 'string'))) {
    return { path: ['actions'], message: `one list of names for all players, or ${counts.length} lists, one for each` };
  }
  for (const [player, count] of counts.entries()) {
    const path = shared ? ['actions'] : ['actions', player];
    if ((shared ? actions : actions[player]).length !== count) {
      return { path, message: `${count} names, one for each action of player ${player}` };
    }
    if (new Set(actionLabels(counts, actions)[player]).size !== count) return { path, message: 'names that differ' };
  }
  return undefined;
}
