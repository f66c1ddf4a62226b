import type { ActorContext } from '#core';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';

/** What a memory-one strategy needs to know of a game: where the last round is seen, and which action is which. */
export interface TwoPlayerGame {
  readonly cooperate: number;
  readonly defect: number;
  /** Both players' last actions, or -1 before the first round. */
  lastOwn(observation: Float32Array): number;
  lastOther(observation: Float32Array): number;
}

/** Names by which an action is known as the cooperative one, where parameters do not say it. */
const cooperativeNames = ['cooperate', 'c', 'stag', 'chicken', 'swerve', 'dove', 'share'];

/**
 * Reads a two-player game of two actions from a role. The cooperative action is the one that `named` says (a label or a number),
 * else the world's parameter `cooperate`, else the action with a name that means cooperation (`Cooperate`, `Stag`, `Chicken`, ...).
 *
 * Throws: PolityError (input) when the role is not of such a game, its last round is not observed, or no action means cooperation.
 */
export function twoPlayerGame(policy: string, context: ActorContext, named?: string): TwoPlayerGame {
  const { role, env } = context;
  const { action, observation } = role;
  if (action.kind !== 'discrete' || action.n !== 2) {
    const got = action.kind === 'discrete' ? `${action.n} actions` : `a ${action.kind} action`;
    throw refusal(policy, context, { got, expected: 'two actions, one of which means cooperation' });
  }
  const seat = findField(observation, 'seat');
  const players = seat?.size ?? role.count;
  if (players !== 2) throw refusal(policy, context, { got: `${players} players`, expected: 'a game of two players' });

  const labels = action.labels ?? ['0', '1'];
  const stated = named === undefined ? statedCooperation(env.params) : undefined;
  const cooperate =
    named === undefined
      ? (stated ?? labels.findIndex((label) => cooperativeNames.includes(label.toLowerCase())))
      : actionNumber(labels, named);
  if (cooperate !== 0 && cooperate !== 1) {
    throw refusal(policy, context, {
      message: named === undefined ? 'no action is known to mean cooperation' : `unknown action "${named}"`,
      got: labels.join(', '),
      expected:
        named === undefined ? `one of them called ${cooperativeNames.join(', ')}` : 'one of them, or its number',
      remedy: `Name it: ${policy.replace(/\(.*/, '')}(${labels[0]}), or set the world's parameter cooperate`,
    });
  }
  return { cooperate, defect: 1 - cooperate, ...lastRound(policy, context, seat) };
}

/** The number of the action that a label (in any case) or a number names; -1 when there is none. */
export function actionNumber(labels: readonly string[], name: string): number {
  const byLabel = labels.findIndex((label) => label.toLowerCase() === name.toLowerCase());
  if (byLabel >= 0) return byLabel;
  return /^\d+$/.test(name) && Number(name) < labels.length ? Number(name) : -1;
}

function statedCooperation(params: unknown): number | undefined {
  const { cooperate } = (params ?? {}) as { readonly cooperate?: unknown };
  return typeof cooperate === 'number' ? cooperate : undefined;
}

/** Where the last round stands: by player, own action first or by seat, or as one joint action. */
function lastRound(
  policy: string,
  context: ActorContext,
  seat: Stretch | undefined,
): Pick<TwoPlayerGame, 'lastOwn' | 'lastOther'> {
  const { observation } = context.role;
  const field = (name: string) => findField(observation, name);
  const [own, other] = [field('last1/own'), field('last1/other1')];
  if (own !== undefined && other !== undefined) {
    return { lastOwn: (seen) => hotIndex(seen, own), lastOther: (seen) => hotIndex(seen, other) };
  }
  const [first, second] = [field('last1/player0'), field('last1/player1')];
  if (first !== undefined && second !== undefined && seat !== undefined) {
    return {
      lastOwn: (seen) => hotIndex(seen, seen[seat.at] > 0.5 ? first : second),
      lastOther: (seen) => hotIndex(seen, seen[seat.at] > 0.5 ? second : first),
    };
  }
  const joint = field('last1/joint');
  if (joint !== undefined) {
    // Joint action 2a + b; a is the own action, or that of seat 0 where the world lists actions by seat.
    const bySeat = ((context.env.params ?? {}) as { readonly view?: unknown }).view === 'seats';
    const digit = (seen: Float32Array, ownDigit: boolean) => {
      const cell = hotIndex(seen, joint);
      if (cell < 0) return -1;
      const ownFirst = !bySeat || seat === undefined || seen[seat.at] > 0.5;
      return ownFirst === ownDigit ? cell >> 1 : cell & 1;
    };
    return { lastOwn: (seen) => digit(seen, true), lastOther: (seen) => digit(seen, false) };
  }
  throw refusal(policy, context, {
    message: 'the last round is not observed',
    got: observation.fields?.map(({ name }) => name).join(', ') ?? 'an observation without names',
    expected: 'the fields last1/own and last1/other1, last1/player0 and last1/player1, or last1/joint',
    remedy: 'Set the parameter recall to at least 1',
  });
}
