import { z } from 'zod';
import { onceFor } from '#core/once-for';
import { type ExactRules, everybodyMoves, gameOver } from '../exact/rules.ts';

const mostActions = 100_000;

const shape = z.strictObject({
  players: z.int().min(2).max(10).default(2).describe('Players.'),
  coins: z.int().min(1).max(1000).default(10).describe('Coins that each player spreads over the fields.'),
  fields: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe('Fields; each goes to the player who put most on it, if there is one.'),
});

export const blottoParams = shape.superRefine((params, context) => {
  const ways = spreadCount(params);
  if (ways <= mostActions) return;
  const message = `fewer coins or fields: at most ${mostActions} ways to spread the coins`;
  context.addIssue({ code: 'custom', path: ['coins'], message });
});

export type BlottoParams = z.infer<typeof shape>;

/** Shapes: n players: chosen [n], the spread of each, -1 before. */
export interface BlottoState {
  readonly chosen: Int32Array;
}

/** In how many ways the coins can be spread over the fields: (coins + fields - 1 over fields - 1). */
export function spreadCount({ coins, fields }: Pick<BlottoParams, 'coins' | 'fields'>): number {
  let ways = 1;
  for (let i = 1; i < fields; i++) ways = (ways * (coins + i)) / i;
  return Math.round(ways);
}

/** The spreads under given parameters, listed once. */
export interface Spreads {
  /** In the order of the action numbers: coins on the first field change slowest. Shapes: [spreadCount, fields]. */
  readonly table: Int32Array;
  readonly names: readonly string[];
}

/** Every way to spread the coins; parameters never change during a run, so each list is made once. */
export const spreadsOf = onceFor((params: BlottoParams): Spreads => {
  const table = listSpreads(params);
  const name = (i: number) => table.subarray(i * params.fields, (i + 1) * params.fields).join(' ');
  return { table, names: Array.from({ length: spreadCount(params) }, (_, i) => name(i)) };
});

function listSpreads(params: BlottoParams): Int32Array {
  const { coins, fields } = params;
  const table = new Int32Array(spreadCount(params) * fields);
  const spread = new Int32Array(fields);
  let at = 0;
  const place = (field: number, left: number): void => {
    if (field === fields - 1) {
      spread[field] = left;
      table.set(spread, at);
      at += fields;
      return;
    }
    for (let here = 0; here <= left; here++) {
      spread[field] = here;
      place(field + 1, left - here);
    }
  };
  place(0, coins);
  return table;
}

/**
 * Everybody spreads coins over fields at once. Whoever won most fields wins; winners share 1, the others share -1; if all won
 * equally many, nobody gets anything.
 *
 * Source: Borel (1921), "La théorie du jeu et les équations intégrales à noyau symétrique"; as in open_spiel 2.0.2, games/blotto.
 */
export const blottoRules: ExactRules<BlottoParams, BlottoState> = {
  players: ({ players }) => players,
  actions: spreadCount,
  outcomes: () => 1,
  start: ({ players }) => ({ chosen: new Int32Array(players).fill(-1) }),
  turn: ({ chosen }) => (chosen[0] < 0 ? everybodyMoves : gameOver),
  legal: () => {},
  weigh: () => 0,
  draw: () => {},

  play({ chosen }, actions) {
    for (let p = 0; p < chosen.length; p++) chosen[p] = actions[p];
  },

  returns({ chosen }, out, params) {
    const { players, fields } = params;
    const { table } = spreadsOf(params);
    out.fill(0, 0, players);
    for (let field = 0; field < fields; field++) {
      const winner = fieldWinner(chosen, field, table, fields);
      if (winner >= 0) out[winner]++;
    }
    let most = 0;
    for (let p = 0; p < players; p++) most = Math.max(most, out[p]);
    let winners = 0;
    for (let p = 0; p < players; p++) if (out[p] === most) winners++;
    for (let p = 0; p < players; p++) {
      if (winners === players) out[p] = 0;
      else out[p] = out[p] === most ? 1 / winners : -1 / (players - winners);
    }
  },

  informationState: ({ chosen }) => (chosen[0] < 0 ? '' : chosen.join(' ')),
};

/** Who put most on a field; -1 where several did. */
export function fieldWinner(chosen: Int32Array, field: number, table: Int32Array, fields: number): number {
  let winner = -1;
  let most = -1;
  for (let p = 0; p < chosen.length; p++) {
    const coins = table[chosen[p] * fields + field];
    if (coins > most) {
      most = coins;
      winner = p;
    } else if (coins === most) winner = -1;
  }
  return winner;
}
